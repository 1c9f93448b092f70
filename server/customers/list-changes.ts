import type { Address } from '#protocol/customers.ts'
import { padded } from '../db/padded.ts'
import type { Transaction } from './customer-store.ts'
import { listHolders } from './list-store.ts'

/** Told, in the transaction that did it, which customers have come into contact lists or gone from them. */
export type WhenListed = (
  transaction: Transaction,
  shopId: number,
  customerIds: readonly number[],
) => Promise<void>

const ADDRESSES_AT_ONCE = 128

/** Tells whose addresses came into a list or went from it. Addresses that are nobody's yet are nobody's news. */
export async function tellOfLists(
  transaction: Transaction,
  shopId: number,
  addresses: readonly Address[],
  whenListed: WhenListed,
): Promise<void> {
  const customerIds = new Set<number>()
  for (let from = 0; from < addresses.length; from += ADDRESSES_AT_ONCE) {
    const some = padded(addresses.slice(from, from + ADDRESSES_AT_ONCE))
    for (const { id, mergedInto } of await listHolders(transaction, shopId, some)) {
      customerIds.add(mergedInto ?? id)
    }
  }
  if (customerIds.size > 0) await whenListed(transaction, shopId, [...customerIds])
}
