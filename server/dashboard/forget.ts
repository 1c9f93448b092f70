import type { Transaction } from '../db/transaction.ts'
import { lastEventBut } from '../events/service.ts'
import { lockCursor, lowerCursor, type Cursor } from './cursor-store.ts'
import { deleteFactsOf, factsOfErased, findFacts, updatePrevious } from './fact-store.ts'
import { createSums } from './sums.ts'
import { eventsOfNumbers } from './told-events.ts'

type Handle = Pick<Transaction, 'sql' | 't'>

/**
 * Takes off what these events told of products, in the transaction that deletes them and before that: what is not there any
 * more can't be taken off. What they told of sessions goes with their visitor. Orders stay.
 */
export async function forgetEvents(
  handle: Handle,
  shopId: number,
  numbers: readonly number[],
): Promise<void> {
  const cursor = await lockCursor(handle, shopId)
  const told = await eventsOfNumbers(handle, shopId, numbers, cursor.seq)
  const sums = createSums()
  for (const product of told.products) sums.addProduct({ ...product, times: -1 })
  await sums.write(handle, shopId)
  await goBack(handle, shopId, cursor, numbers)
}

/** Takes a visitor's sessions off, in the transaction that deletes the visitor and before that. */
export async function forgetVisitor(
  handle: Handle,
  shopId: number,
  visitorId: number,
): Promise<void> {
  await lockCursor(handle, shopId)
  const facts = await factsOfErased(handle, shopId, visitorId)
  const sums = createSums()
  for (const fact of facts) sums.addSession(fact, -1)
  await sums.write(handle, shopId)
  await deleteFactsOf(
    handle,
    shopId,
    facts.map(({ sessionId }) => sessionId),
  )
}

/** These events go, in the same transaction, and what they were counted for stays. */
export async function releaseNumbers(
  handle: Handle,
  shopId: number,
  numbers: readonly number[],
): Promise<void> {
  await goBack(handle, shopId, await lockCursor(handle, shopId), numbers)
}

/** These sessions go, in the same transaction: their sums stay, and what is known of each does not. */
export async function forgetSessions(
  handle: Handle,
  shopId: number,
  sessionIds: readonly number[],
): Promise<void> {
  await lockCursor(handle, shopId)
  const facts = await findFacts(handle, shopId, sessionIds)
  if (facts.size === 0) return
  await deleteFactsOf(handle, shopId, [...facts.keys()])
  const visitorIds = [...new Set([...facts.values()].map(({ visitorId }) => visitorId))]
  // A visitor counts where its first session is that is still known.
  await updatePrevious(
    handle,
    shopId,
    visitorIds.toSorted((a, b) => a - b),
    0,
  )
}

/** Numbers that SQLite gives again are not counted yet. */
async function goBack(
  handle: Handle,
  shopId: number,
  { seq }: Cursor,
  going: readonly number[],
): Promise<void> {
  const last = await lastEventBut(handle, shopId, seq, going)
  if (last < seq) await lowerCursor(handle, shopId, last)
}
