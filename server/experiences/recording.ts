import { EXPERIENCE_CLICKED, EXPERIENCE_CLOSED, EXPERIENCE_SHOWN } from '#protocol/names.ts'
import type { Transaction } from '../db/transaction.ts'
import type { Subject } from '../events/service.ts'
import { bytesOf } from './claim-id.ts'
import { createTally } from './day-tally.ts'
import type { Happening, Recording } from './happening.ts'
import { holdExperiences } from './hold-experiences.ts'
import { insertImpressions } from './impression-store.ts'
import type { KnownExperience, Running } from './known-experience.ts'
import { bySubject, isOfSubject } from './by-subject.ts'
import { recordGoals } from './record-goals.ts'
import { correctOrders, ORDER_COMPLETED, VOIDING } from './correct-orders.ts'
import { insertStops } from './stop-store.ts'
import { spend, type Seen } from './spend.ts'

/** Most events are nothing to experiences: their names tell. */
export function concerns({ byGoal }: Running, name: string): boolean {
  return OWN.has(name) || byGoal.has(name) || (VOIDING.has(name) && byGoal.has(ORDER_COMPLETED))
}

const OWN = new Set([EXPERIENCE_SHOWN, EXPERIENCE_CLICKED, EXPERIENCE_CLOSED])

/**
 * Counts, in the commit of the events, what became of experiences: impressions spend their claims, goals that were reached
 * become conversions, and what ends an experience for somebody is noted. The transaction holds the subjects.
 */
export async function record(
  transaction: Transaction,
  running: Running,
  happenings: readonly Happening[],
  now: number,
): Promise<void> {
  const [first] = happenings
  if (first === undefined) return
  const { shopId } = first
  const tally = createTally(running.timeZone)
  const recording = { transaction, running, shopId, tally, stops: [], now }
  await recordUses(recording, happenings)
  await correctOrders(recording, happenings)
  await recordGoals(recording, happenings)
  await insertStops(transaction, recording.stops)
  await tally.write(transaction, shopId)
}

interface Named {
  readonly event: Happening
  readonly experience: KnownExperience
}

async function recordUses(recording: Recording, happenings: readonly Happening[]): Promise<void> {
  const { transaction, running, shopId, tally, stops, now } = recording
  const named = happenings.flatMap((event) => namedBy(running, event))
  const held = await holdExperiences(transaction, shopId, idsOf(named))
  const uses = named.filter(({ experience }) => held.has(experience.id))
  for (const { event, experience } of uses) {
    const { name, subject, properties } = event
    const at = timeOf(event, experience, now)
    if (name === EXPERIENCE_CLICKED) tally.add(experience, at, 'clicks')
    if (name === EXPERIENCE_CLOSED && BY_VISITOR.has(properties?.['how'])) {
      tally.add(experience, at, 'closes')
      stops.push({ subject, experienceId: experience.id, reason: 'closing', at })
    }
    if (name === EXPERIENCE_SHOWN && subject === null) tally.add(experience, at, 'impressions')
  }
  const shows = uses.map(({ event, experience }) => ({ ...event, experience }))
  const seenBy = bySubject(shows.filter(isOfSubject).filter(isShow))
  for (const { subject, of } of seenBy) await recordSeen(recording, subject, of.map(seenOf(now)))
}

/** Of somebody, only what a claim was granted for is counted: whoever knows an id could tell of more. */
async function recordSeen(
  { transaction, running, tally, now }: Recording,
  subject: Subject,
  seen: readonly Seen[],
): Promise<void> {
  const counted = await spend(transaction, running, { subject, seen, now })
  for (const { experience, at } of counted) tally.add(experience, at, 'impressions')
  const impressions = counted.map(({ experience, at }) => ({ experienceId: experience.id, at }))
  await insertImpressions(transaction, subject, impressions)
}

function isShow({ name }: Pick<Happening, 'name'>): boolean {
  return name === EXPERIENCE_SHOWN
}

function seenOf(now: number) {
  return (event: Happening & { readonly experience: KnownExperience }): Seen => {
    const { experience, properties, sessionRow } = event
    const claimId = bytesOf(properties?.['claim_id'])
    return { experience, claimId, sessionRow, at: timeOf(event, experience, now) }
  }
}

/** Whoever makes up an id, or takes another shop's, names nothing. */
function namedBy({ byId }: Running, event: Happening): Named[] {
  const id = event.properties?.['experience_id']
  const experience = OWN.has(event.name) && typeof id === 'string' ? byId.get(id) : undefined
  return experience === undefined ? [] : [{ event, experience }]
}

function idsOf(named: readonly Named[]): number[] {
  return [...new Set(named.map(({ experience }) => experience.id))]
}

/** Nothing was seen before it was made: a clock that says so is wrong. */
function timeOf({ at }: Happening, { createdAt }: KnownExperience, now: number): number {
  return at < createdAt ? now : at
}

/** The page's own `gp.dismiss`, and what is no longer to be shown, say nothing of the visitor. */
const BY_VISITOR = new Set<unknown>(['button', 'escape', 'backdrop', 'action'])
