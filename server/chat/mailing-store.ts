import { and, eq, sql as expression } from 'drizzle-orm'
import type { ConversationRow } from './conversation-store.ts'
import type { Handle } from './log-store.ts'

/** False: the address had its mail of that day. */
export async function insertMailing(
  { sql, t: { chatMailings } }: Handle,
  shopId: number,
  mailing: { readonly addressHash: Buffer; readonly dayOn: string },
): Promise<boolean> {
  const made = await sql
    .insert(chatMailings)
    .values({ ...mailing, shopId })
    .onConflictDoNothing()
    .returning({ dayOn: chatMailings.dayOn })
  return made.length > 0
}

/** It is the address of the customer whom the visitor proved to be. */
export async function isOwnAddress(
  { sql, t: { customers } }: Handle,
  { shopId, customerId }: ConversationRow,
  address: string,
): Promise<boolean> {
  if (customerId === null) return false
  const [found] = await sql
    .select({ id: customers.id })
    .from(customers)
    .where(
      and(
        eq(customers.shopId, shopId),
        eq(customers.id, customerId),
        expression`lower(${customers.email}) = ${address}`,
      ),
    )
  return found !== undefined
}
