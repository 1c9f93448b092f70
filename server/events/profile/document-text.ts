import type { Touch } from '../attribution.ts'
import type { DevicePart, PlacePart } from '../profile-shape.ts'
import { cartOf } from './cart.ts'
import {
  newPurchases,
  type CartStep,
  type DocumentDraft,
  type ProfileDocument,
  type SessionMark,
  type StoredPurchases,
  type StoredSession,
} from './document.ts'
import type { Draft } from './draft.ts'
import { packActivity, unpackActivity, type PackedActivity } from './pack-activity.ts'
import { packSession, unpackSession, type PackedSession } from './pack-session.ts'
import { packTally, unpackTally, type PackedTally, type Since } from './pack-tally.ts'
import { hasPurchases } from './purchases.ts'
import { dayNumber } from './tally.ts'

/** Zero stands for nothing, and one for the same touch as the profile's first, two as its last. */
type PackedTouch = 0 | 1 | 2 | Touch

type PackedMark = readonly [id: string, startedAt: number, lastAt: number]

type PackedNewest = readonly [
  id: string,
  startedAt: number,
  touch: PackedTouch,
  device: DevicePart | 0,
  place: PlacePart | 0,
  activity: PackedSession,
]

type PackedDocument = readonly [
  lastAt: number,
  olderMs: number,
  visits: PackedTally,
  marks: readonly PackedMark[],
  activity: PackedActivity,
  session: PackedNewest | 0,
  firstTouch: PackedTouch,
  lastTouch: PackedTouch,
  purchases: StoredPurchases | 0,
  cartSteps: readonly CartStep[],
]

/**
 * A profile's document as the database keeps it: each commit that hears of somebody writes it anew, so it is worth a few
 * hundred bytes where plain JSON would take thousands. Names of fields are left out, times count back from the newest
 * event, and what can be worked out again is.
 */
export function documentText(document: ProfileDocument): string {
  const { lastAt, newestDay, firstTouch, lastTouch, purchases, session } = document
  const since = { lastAt, newestDay }
  const packed: PackedDocument = [
    lastAt,
    document.olderMs,
    packTally(document.visits, since),
    document.sessions.map((mark) => packMark(mark, since)),
    packActivity(document.activity, since),
    session === undefined ? 0 : packNewest(session, document, since),
    firstTouch ?? 0,
    lastTouch === firstTouch ? 1 : (lastTouch ?? 0),
    hasPurchases(purchases) ? purchases : 0,
    document.cartSteps,
  ]
  return JSON.stringify(packed)
}

function packMark({ id, startedAt, lastAt }: SessionMark, since: Since): PackedMark {
  return [id, since.lastAt - startedAt, since.lastAt - lastAt]
}

function packNewest(
  { id, startedAt, touch, device, place, activity }: StoredSession,
  { activity: all, firstTouch, lastTouch }: ProfileDocument,
  since: Since,
): PackedNewest {
  const isLast = touch === lastTouch ? 2 : (touch ?? 0)
  return [
    id,
    since.lastAt - startedAt,
    touch !== undefined && touch === firstTouch ? 1 : isLast,
    device ?? 0,
    place ?? 0,
    packSession(activity, all, since),
  ]
}

/** What `documentText` wrote, so that its type is known. */
export function documentOf(text: string): DocumentDraft {
  const packed = JSON.parse(text) as PackedDocument
  const [lastAt, olderMs, visits, marks, all, newest, first, last, purchases, steps] = packed
  const since = { lastAt, newestDay: dayNumber(lastAt) }
  const firstTouch = touchOf(first)
  const lastTouch = touchOf(last, firstTouch)
  const activity = unpackActivity(all, since)
  const session =
    newest === 0 ? undefined : unpackNewest(newest, { activity, firstTouch, lastTouch }, since)
  const cartSteps = steps as Draft<CartStep>[]
  return {
    ...since,
    activity,
    sessions: marks.map((mark) => unpackMark(mark, since)),
    visits: unpackTally(visits, since),
    olderMs,
    purchases: purchases === 0 ? newPurchases() : (purchases as Draft<StoredPurchases>),
    cartSteps,
    ...(session !== undefined && { session }),
    ...(firstTouch !== undefined && { firstTouch }),
    ...(lastTouch !== undefined && { lastTouch }),
    ...(cartSteps.length > 0 && { cart: cartOf(cartSteps) }),
  }
}

function touchOf(packed: PackedTouch, first?: Touch, last?: Touch): Touch | undefined {
  if (packed === 0) return undefined
  if (packed === 1) return first
  return packed === 2 ? last : packed
}

function unpackMark([id, startedAt, lastAt]: PackedMark, since: Since): Draft<SessionMark> {
  return { id, startedAt: since.lastAt - startedAt, lastAt: since.lastAt - lastAt }
}

interface Whole {
  readonly activity: DocumentDraft['activity']
  readonly firstTouch: Touch | undefined
  readonly lastTouch: Touch | undefined
}

function unpackNewest(
  [id, startedAt, packedTouch, device, place, packed]: PackedNewest,
  { activity, firstTouch, lastTouch }: Whole,
  since: Since,
): Draft<StoredSession> {
  const touch = touchOf(packedTouch, firstTouch, lastTouch)
  return {
    id,
    startedAt: since.lastAt - startedAt,
    activity: unpackSession(packed, activity, since),
    ...(touch !== undefined && { touch }),
    ...(device !== 0 && { device: device as Draft<DevicePart> }),
    ...(place !== 0 && { place }),
  }
}
