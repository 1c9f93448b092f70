import { and, eq, inArray, sql as text } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { padded } from '../db/padded.ts'
import type { Chatters } from '../targeting/service.ts'
import type { Handle } from './log-store.ts'

/** Whose profiles these conversations tell something of: the visitors that they are by now, and the customers. */
export async function whoTalked(
  { sql, t: { conversations, visitors } }: Handle,
  shopId: number,
  conversationIds: readonly number[],
): Promise<Chatters> {
  const { joinedTo, customerId } = visitors
  // Who they are by now, where they were joined to another.
  const others = alias(visitors, 'other_visitors')
  const rows = await sql
    .select({
      visitorId: conversations.visitorId,
      joinedTo,
      ofVisitor: text<number | null>`coalesce(${others.customerId}, ${customerId})`.mapWith(Number),
      customerId: conversations.customerId,
    })
    .from(conversations)
    .leftJoin(visitors, eq(visitors.id, conversations.visitorId))
    .leftJoin(others, eq(others.id, joinedTo))
    .where(
      and(eq(conversations.shopId, shopId), inArray(conversations.id, padded(conversationIds))),
    )
  const known = (ids: readonly (number | null)[]) => [...new Set(ids.filter((id) => id !== null))]
  return {
    visitorIds: known(rows.map((row) => row.joinedTo ?? row.visitorId)),
    customerIds: known(rows.flatMap((row) => [row.customerId, row.ofVisitor])),
  }
}
