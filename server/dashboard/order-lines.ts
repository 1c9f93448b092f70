import { and, eq, inArray } from 'drizzle-orm'
import { inGroups } from '../db/padded.ts'
import type { Transaction } from '../db/transaction.ts'

/** After which an order is none any more. */
export const VOID_STATUSES = ['cancelled', 'returned'] as const

/** Writes anew what these orders sold, as they stand now. */
export async function replaceLines(
  { sql, t }: Pick<Transaction, 'sql' | 't'>,
  shopId: number,
  orderIds: readonly string[],
): Promise<void> {
  const { orders, orderLines } = t
  for (const ids of inGroups(orderIds, 64)) {
    await sql
      .delete(orderLines)
      .where(and(eq(orderLines.shopId, shopId), inArray(orderLines.orderId, ids)))
    const found = await sql
      .select({
        orderId: orders.orderId,
        at: orders.at,
        lines: orders.lines,
        status: orders.status,
        eventId: orders.eventId,
      })
      .from(orders)
      .where(and(eq(orders.shopId, shopId), inArray(orders.orderId, ids)))
    const counting = found.filter(
      ({ status, eventId }) => eventId !== null && !VOID_STATUSES.some((ended) => ended === status),
    )
    const rows = counting.flatMap(({ orderId, at, lines }) =>
      lines.map(({ productId, quantity, price }, position) => ({
        shopId,
        orderId,
        position,
        at,
        productId,
        quantity: Math.round(quantity),
        amount: price === undefined ? null : amountOf(price.amount * quantity),
        currency: price?.currency ?? null,
      })),
    )
    for (const group of inGroups(rows, 64)) await sql.insert(orderLines).values(group)
  }
}

/** What no database can add up says nothing. */
function amountOf(amount: number): number | null {
  const whole = Math.round(amount)
  return Number.isSafeInteger(whole) ? whole : null
}
