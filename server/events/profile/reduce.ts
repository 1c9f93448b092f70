import type { FactKey } from '../profile-shape.ts'
import { addToActivity, dropOldDaysOf, mergeActivity } from './activity.ts'
import { addCartStep, mergeCart } from './cart.ts'
import type { DocumentDraft, ProfileDocument } from './document.ts'
import type { ProfileEvent } from './profile-event.ts'
import { addOrder, mergePurchases } from './purchases.ts'
import { dayNumber, dropOldDays } from './tally.ts'
import { addVisit, mergeVisits } from './visits.ts'

/**
 * Brings a profile up to date by events that it has not seen; each event must come once. What results depends on the
 * set of events only, not on their order or batches. Writes into `draft` and answers what conditions may read anew.
 */
export function reduce(draft: DocumentDraft, events: readonly ProfileEvent[]): Set<FactKey> {
  const changed = new Set<FactKey>()
  moveOn(draft, Math.max(...events.map(({ at }) => at)))
  for (const event of events) addEvent(draft, event, changed)
  return changed
}

function addEvent(draft: DocumentDraft, event: ProfileEvent, changed: Set<FactKey>): void {
  const isOfEvent = event.session !== undefined && addVisit(draft, event.session, event.at, changed)
  const { activity: all, newestDay } = draft
  const session = draft.session && { activity: draft.session.activity, isOfEvent }
  addToActivity({ all, session }, event, newestDay, changed)
  if (event.commerce !== undefined) addCommerce(draft, event, changed)
}

function addCommerce(draft: DocumentDraft, event: ProfileEvent, changed: Set<FactKey>): void {
  const { commerce, at, isVerified } = event
  if (commerce === undefined) return
  if (addCartStep(draft, event, commerce)) changed.add('cart')
  if (commerce.order === undefined) return
  addOrder(draft.purchases, commerce.order, { at, isVerified })
  changed.add('orders')
}

/** What two profiles know together, as if one had seen all events. */
export function mergeProfiles(into: DocumentDraft, other: ProfileDocument): void {
  moveOn(into, other.lastAt)
  // What the other did is not this session's, so that they no longer have entries together.
  if (into.session !== undefined) into.session.activity = structuredClone(into.session.activity)
  mergeActivity(into.activity, other.activity, into.newestDay)
  mergeVisits(into, other)
  mergePurchases(into.purchases, other.purchases)
  mergeCart(into, other.cartSteps)
}

/** Days are kept relative to the newest event, in all tallies alike, so that batches leave no trace. */
function moveOn(draft: DocumentDraft, at: number): void {
  draft.lastAt = Math.max(draft.lastAt, at)
  const day = dayNumber(draft.lastAt)
  if (day === draft.newestDay) return
  draft.newestDay = day
  dropOldDaysOf(draft.activity, day)
  if (draft.session !== undefined) dropOldDaysOf(draft.session.activity, day)
  dropOldDays(draft.visits.days, day)
}
