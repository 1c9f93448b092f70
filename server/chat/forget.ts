import { and, eq, inArray, type SQL } from 'drizzle-orm'
import { padded } from '../db/padded.ts'
import { forgetAddresses } from './code-store.ts'
import type { Handle } from './log-store.ts'

/** A visitor is erased: so is all that they said here; their files go with the next look for those that nobody shows. */
export async function forgetConversations(
  handle: Handle,
  shopId: number,
  visitor: number,
): Promise<void> {
  await forgetWhere(handle, shopId, eq(handle.t.conversations.visitorId, visitor))
}

/** The same for customers: what they said in browsers that are known no more. */
export async function forgetConversationsOf(
  handle: Handle,
  shopId: number,
  customerIds: readonly number[],
): Promise<void> {
  const { conversations } = handle.t
  await forgetWhere(handle, shopId, inArray(conversations.customerId, padded(customerIds)))
}

async function forgetWhere(handle: Handle, shopId: number, isTheirs: SQL): Promise<void> {
  const { sql, t } = handle
  const { conversations } = t
  // While their conversations still say which.
  await forgetAddresses(handle, shopId, isTheirs)
  await sql.delete(conversations).where(and(eq(conversations.shopId, shopId), isTheirs))
}
