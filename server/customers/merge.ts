import {
  changeOf,
  lockCustomer,
  pointTo,
  updateCustomer,
  type CustomerRow,
  type Transaction,
} from './customer-store.ts'
import { moveOrders } from './order-store.ts'
import { joinTraits } from './trait-state.ts'

/** Two rows that are one customer now. What others keep by customer (visitors, profiles) moves in the same transaction. */
export interface Merged {
  readonly from: number
  readonly into: number
}

/**
 * Makes one customer of two: the newest trait wins, the earlier beginning holds, orders move, lists are those of both.
 * `from` leaves a pointer, so that what still arrives under its user id follows. Undefined where they are one already,
 * or one of them is gone. For callers with a secret key only.
 */
export async function mergeCustomers(
  transaction: Transaction,
  shopId: number,
  { from, into }: Merged,
): Promise<Merged | undefined> {
  // In one order on every node, so that two merges seldom wait for one another.
  const locked = new Map<number, CustomerRow | undefined>()
  for (const id of [from, into].toSorted((a, b) => a - b)) {
    locked.set(id, await lockCustomer(transaction, shopId, id))
  }
  const [loser, winner] = [locked.get(from), locked.get(into)]
  if (loser === undefined || winner === undefined || loser.id === winner.id) return undefined
  return absorb(transaction, shopId, loser, winner)
}

/** The same for two rows that are locked, neither of which has become another. */
export async function absorb(
  transaction: Transaction,
  shopId: number,
  loser: CustomerRow,
  winner: CustomerRow,
): Promise<Merged> {
  const [lost, kept] = [changeOf(loser), changeOf(winner)]
  await updateCustomer(transaction, shopId, winner.id, {
    traits: joinTraits(lost.traits, kept.traits),
    isVerified: lost.isVerified || kept.isVerified,
    createdAt: Math.min(lost.createdAt, kept.createdAt),
    updatedAt: Math.max(lost.updatedAt, kept.updatedAt),
  })
  await pointTo(transaction, shopId, loser.id, winner.id)
  await moveOrders(transaction, shopId, loser.id, winner.id)
  return { from: loser.id, into: winner.id }
}
