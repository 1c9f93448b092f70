import { and, eq } from 'drizzle-orm'
import type { Transaction } from '../db/transaction.ts'
import { joinProfiles } from './profile/join-profiles.ts'

/** Two customers became one: visitors and what is known of them follow, in the transaction that made it so. */
export async function moveCustomer(
  transaction: Pick<Transaction, 'sql' | 't'>,
  shopId: number,
  { from, into }: { readonly from: number; readonly into: number },
  now: number,
): Promise<void> {
  const { sql, t } = transaction
  await sql
    .update(t.visitors)
    .set({ customerId: into })
    .where(and(eq(t.visitors.shopId, shopId), eq(t.visitors.customerId, from)))
  await joinProfiles(transaction, {
    from: { kind: 'customer', shopId, id: from },
    into: { kind: 'customer', shopId, id: into },
    endsFrom: true,
    now,
  })
}
