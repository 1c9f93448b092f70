import { and, eq } from 'drizzle-orm'
import { forgetAddresses } from './code-store.ts'
import type { Handle } from './log-store.ts'

/** A visitor is erased: so is all that they said here; their files go with the next look for those that nobody shows. */
export async function forgetConversations(
  { sql, t }: Handle,
  shopId: number,
  visitor: number,
): Promise<void> {
  const { conversations } = t
  // While their conversations still say which.
  await forgetAddresses({ sql, t }, shopId, visitor)
  await sql
    .delete(conversations)
    .where(and(eq(conversations.shopId, shopId), eq(conversations.visitorId, visitor)))
}
