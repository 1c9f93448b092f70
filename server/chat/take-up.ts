import { and, desc, eq, inArray, isNull, ne, notExists, or, sql as expression } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { Refusal } from '../core/errors.ts'
import { errorKind } from '../db/error-kind.ts'
import type { Handle } from './log-store.ts'
import {
  isOfCustomer,
  provenCustomer,
  provenCustomers,
  type VisitorProof,
} from './seen-by-visitor.ts'

/** The customer that a visitor has proven to be, by its row. */
export async function findProvenCustomer(
  handle: Handle,
  shopId: number,
  visitor: VisitorProof,
): Promise<number | null> {
  const [found] = await provenCustomer(handle, shopId, visitor)
  return found === undefined ? null : Number(found.id)
}

/**
 * Makes the newest of a customer's that runs in the channel theirs by name, unless one is: what was begun before they
 * signed in, or as a customer that has become another. So the database holds them to one, on whatever devices they begin.
 */
export async function takeUpRunning(
  handle: Handle,
  shopId: number,
  of: {
    readonly channelId: number
    readonly customerId: number
    readonly visitor: VisitorProof
    /** This one rather than the newest, whether it runs or not. */
    readonly conversationId?: number
  },
): Promise<void> {
  const { sql, t } = handle
  const { conversations } = t
  const { channelId, customerId, visitor, conversationId } = of
  const other = alias(conversations, 'other_conversation')
  const named = sql
    .select({ id: other.id })
    .from(other)
    .where(
      and(
        eq(other.shopId, shopId),
        eq(other.channelId, channelId),
        eq(other.customerId, customerId),
        isNull(other.closedAt),
      ),
    )
  const newest = sql
    .select({ id: conversations.id })
    .from(conversations)
    .where(
      and(
        eq(conversations.shopId, shopId),
        eq(conversations.channelId, channelId),
        conversationId === undefined
          ? isNull(conversations.closedAt)
          : eq(conversations.id, conversationId),
        or(isNull(conversations.customerId), ne(conversations.customerId, customerId)),
        isOfCustomer(handle, shopId, provenCustomers(handle, shopId, visitor)),
        notExists(named),
      ),
    )
    .orderBy(desc(conversations.id))
    .limit(1)
  try {
    await sql
      .update(conversations)
      .set({ customerId, revision: expression`${conversations.revision} + 1` })
      .where(and(eq(conversations.shopId, shopId), inArray(conversations.id, newest)))
  } catch (error) {
    // Another of theirs was opened again at the same moment; and the refusal undoes the transaction.
    if (errorKind(error) !== 'unique') throw error
    throw new Refusal('unavailable', 'Send it again')
  }
}
