import { together } from '../db/together.ts'
import { firstTouch, lastTouch, touchOf, type Touch } from '../events/service.ts'
import type { IdentifiedBatch } from './prepared.ts'
import type { BegunSession, SessionRow, Statements } from './statements.ts'

/** Whose session it is; a foreign token's changes nothing but its own row. */
interface SessionOwner {
  readonly visitorRow: number
  readonly isForeign: boolean
}

/** The session that a batch belongs to, made where it is new; of several tabs' the one that was seen first. */
export async function settleSession(
  statements: Statements,
  batch: IdentifiedBatch,
  { visitorRow, isForeign }: SessionOwner,
): Promise<SessionRow | null> {
  const { shopId, identity, receivedAt, clockOffset, context, place } = batch
  const { session } = identity
  const [first] = batch.events
  // Where a session came from is told by its first event: without one it has not begun.
  if (session === null || first === undefined) return null
  const find = () => statements.findSession(shopId, visitorRow, session.id)
  const [known, touches, begun] = await together([
    find(),
    // Locks the visitor, so that two nodes do not each take their tab's session for the first.
    statements.touchesOf(shopId, visitorRow),
    isForeign ? [] : statements.sessionsBegunNear(shopId, visitorRow, session.startedAt),
  ])
  if (known !== null) return known
  const touch = touchOf(first.url, first.referrer ?? '', receivedAt)
  const same = begun.find((one) => isSameSession(one.touch, touch))
  const made = await statements.insertSession({
    shopId,
    visitorRow,
    publicId: session.id,
    sameAs: same?.row ?? null,
    startedAt: session.startedAt,
    seenAt: receivedAt,
    clockOffset,
    touch,
    device: context.device ?? null,
    context,
    place,
  })
  if (made === null) return find()
  if (same !== undefined) return same
  if (!isForeign) {
    await statements.updateTouches(shopId, visitorRow, {
      first: firstTouch(touches.first, touch),
      last: lastTouch(touches.last, touch),
    })
  }
  return made
}

/** A session of the visitor that was given up, and the winner's that it is the same as. */
interface SessionPair {
  readonly lost: BegunSession
  readonly kept: BegunSession
}

/** Which sessions of `loser` are the same as one of `winner`'s, before the two are joined. */
export async function sameSessions(
  statements: Statements,
  shopId: number,
  loser: number,
  winner: number,
): Promise<readonly SessionPair[]> {
  const pairs: SessionPair[] = []
  for (const lost of await statements.sessionsOf(shopId, loser)) {
    const near = await statements.sessionsBegunNear(shopId, winner, lost.startedAt)
    const kept = near.find((one) => isSameSession(one.touch, lost.touch))
    if (kept !== undefined) pairs.push({ lost, kept })
  }
  return pairs
}

/** A new campaign begins a new session even in the same second. */
function isSameSession(one: Touch | null, other: Touch | null): boolean {
  if (one === null || other === null) return one === other
  return (
    one.source === other.source &&
    one.medium === other.medium &&
    one.campaign === other.campaign &&
    one.clickId?.name === other.clickId?.name &&
    one.clickId?.value === other.clickId?.value
  )
}
