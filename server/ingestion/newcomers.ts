import { touchOf } from '../events/service.ts'
import type { Owner } from './identify.ts'
import type { IdentifiedBatch } from './prepared.ts'
import type { Known, Newcomer, Statements } from './statements.ts'

/**
 * Writes the visitors that nobody knows, each with its token and its session, in one statement: one by one they would
 * cost a dozen round trips each, within the commit that all others wait for. Left out, to be settled alone: later
 * batches of the same visitor, those that bring more than that, and whom another node was faster to make.
 */
export async function ownersOfNewcomers(
  statements: Statements,
  batches: readonly IdentifiedBatch[],
  known: readonly (Known | null)[],
): Promise<Map<IdentifiedBatch, Owner>> {
  const newcomers = new Map<string, IdentifiedBatch>()
  for (const [i, batch] of batches.entries()) {
    const { visitorId, nextTokenHash, formerly } = batch.identity
    const name = `${batch.shopId} ${visitorId.toString('latin1')}`
    const isPlain = nextTokenHash === null && formerly === null
    if (known[i] === null && isPlain && !newcomers.has(name)) newcomers.set(name, batch)
  }
  const owners = new Map<IdentifiedBatch, Owner>()
  if (newcomers.size === 0) return owners
  const first = [...newcomers.values()]
  const made = await statements.insertNewcomers(first.map(newcomerOf))
  for (const [i, batch] of first.entries()) {
    const rows = made[i]
    if (rows) owners.set(batch, ownerOf(batch, rows.visitorRow, rows.sessionRow))
  }
  return owners
}

function newcomerOf({
  shopId,
  identity,
  consent,
  context,
  place,
  clockOffset,
  receivedAt,
  events: [first],
}: IdentifiedBatch): Newcomer {
  const { visitorId: publicId, tokenHash } = identity
  const newcomer = { shopId, publicId, tokenHash, consent, seenAt: receivedAt }
  if (identity.session === null || first === undefined) return { ...newcomer, session: null }
  const { id, startedAt } = identity.session
  const touch = touchOf(first.url, first.referrer ?? '', receivedAt)
  const device = context.device ?? null
  return {
    ...newcomer,
    session: { publicId: id, startedAt, clockOffset, touch, device, context, place },
  }
}

function ownerOf(
  { identity, clockOffset, receivedAt }: IdentifiedBatch,
  visitorRow: number,
  sessionRow: number | null,
): Owner {
  return {
    visitorRow,
    visitorId: identity.visitorId,
    session: sessionRow === null ? null : { row: sessionRow, clockOffset, lastSeenAt: receivedAt },
    customer: null,
    isForeign: false,
  }
}
