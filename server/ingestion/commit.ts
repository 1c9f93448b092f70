import { eventTime } from './event-time.ts'
import { claimOf, settledOwner, settleOwner, type Owner } from './identify.ts'
import { ownersOfNewcomers } from './newcomers.ts'
import { countsOf, outcomeOf, type BatchOutcome } from './outcome.ts'
import type { IdentifiedBatch, PreparedBatch, PreparedEvent } from './prepared.ts'
import type { SessionUse, Statements } from './statements.ts'

/** How long a session may go on before that is written down: every batch would cost an update. */
const SEEN_STEP_MS = 10_000

/**
 * Writes several batches with the statements of one transaction: who sent them, their events, what was left out.
 * Returns what became of each, in order. May run again from the start.
 */
export async function commitBatches(
  statements: Statements,
  batches: readonly PreparedBatch[],
): Promise<readonly BatchOutcome[]> {
  const owners = await ownersOf(statements, batches)
  const events = batches.flatMap((batch) => placeEvents(batch, owners.get(batch)))
  const wasStored = events.length === 0 ? [] : await statements.storeEvents(events)
  let from = 0
  const outcomes = batches.map((batch) => {
    const to = from + batch.events.length
    const isForeign = owners.get(batch)?.isForeign ?? false
    const outcome = outcomeOf(batch, wasStored.slice(from, to), isForeign)
    from = to
    return outcome
  })
  const uses = batches.flatMap((batch) => sessionUseOf(batch, owners.get(batch)))
  if (uses.length > 0) await statements.touchSessions(uses)
  const counts = countsOf(outcomes)
  if (counts.length > 0) await statements.addCounts(counts)
  return outcomes
}

async function ownersOf(
  statements: Statements,
  batches: readonly PreparedBatch[],
): Promise<Map<PreparedBatch, Owner>> {
  const identified = batches.filter((it): it is IdentifiedBatch => it.identity !== null)
  const owners = new Map<PreparedBatch, Owner>()
  if (identified.length === 0) return owners
  const known = await statements.known(identified.map(claimOf))
  const newcomers = await ownersOfNewcomers(statements, identified, known)
  const unsettled: IdentifiedBatch[] = []
  for (const [i, batch] of identified.entries()) {
    const owner = newcomers.get(batch) ?? settledOwner(batch, known[i] ?? null)
    if (owner === undefined) unsettled.push(batch)
    else owners.set(batch, owner)
  }
  // In one order on every node, so that two of them seldom wait for one another.
  unsettled.sort(
    (a, b) => a.shopId - b.shopId || a.identity.visitorId.compare(b.identity.visitorId),
  )
  for (const batch of unsettled) owners.set(batch, await settleOwner(statements, batch))
  if (unsettled.some(({ identity }) => identity.formerly !== null)) {
    await ownAgain(statements, identified, owners)
  }
  return owners
}

/** A visitor may have been joined to another after its owner was looked up. */
async function ownAgain(
  statements: Statements,
  batches: readonly IdentifiedBatch[],
  owners: Map<PreparedBatch, Owner>,
): Promise<void> {
  const known = await statements.known(batches.map(claimOf))
  for (const [i, batch] of batches.entries()) {
    const now = known[i]
    const owner = owners.get(batch)
    if (!now || owner === undefined) continue
    const { visitor, session } = now
    owners.set(batch, {
      ...owner,
      visitorRow: visitor.joinedTo ?? visitor.row,
      visitorId: visitor.publicId,
      session,
    })
  }
}

/** Gives a batch's events their owner and their time. */
function placeEvents(
  { events, clockOffset, receivedAt }: PreparedBatch,
  owner: Owner | undefined,
): readonly PreparedEvent[] {
  const least = Math.min(clockOffset, owner?.session?.clockOffset ?? clockOffset)
  for (const event of events) {
    const { at, isFuture } = eventTime(event.times, least, receivedAt)
    event.at = at
    event.isFuture = isFuture
    event.visitorId = owner?.visitorId ?? null
    event.visitorRow = owner?.visitorRow ?? null
    event.sessionRow = owner?.session?.row ?? null
  }
  return events
}

function sessionUseOf(
  { shopId, clockOffset, receivedAt }: PreparedBatch,
  owner: Owner | undefined,
): SessionUse[] {
  const session = owner?.session
  if (owner === undefined || !session || owner.isForeign) return []
  const isNews =
    clockOffset < session.clockOffset || receivedAt - session.lastSeenAt >= SEEN_STEP_MS
  if (!isNews) return []
  const { visitorRow } = owner
  return [{ shopId, visitorRow, sessionRow: session.row, clockOffset, seenAt: receivedAt }]
}
