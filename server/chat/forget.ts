import { and, eq } from 'drizzle-orm'
import type { Handle } from './log-store.ts'

/** A visitor is erased: so is all that they said here; their files go with the next look for those that nobody shows. */
export async function forgetConversations(
  { sql, t: { conversations } }: Handle,
  shopId: number,
  visitor: number,
): Promise<void> {
  await sql
    .delete(conversations)
    .where(and(eq(conversations.shopId, shopId), eq(conversations.visitorId, visitor)))
}
