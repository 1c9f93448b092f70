import {
  and,
  count,
  eq,
  gte,
  isNotNull,
  lt,
  notInArray,
  sql as text,
  sum,
  type AnyColumn,
} from 'drizzle-orm'
import { CART_PATIENCE_MS, type Figures, type Funnel } from '#protocol/figures.ts'
import type { Transaction } from '../db/transaction.ts'
import { VOID_STATUSES } from './order-lines.ts'
import type { Span } from './range.ts'
import { pieceTable, SPAN, spanTable } from './spans.ts'

export type Handle = Pick<Transaction, 'sql' | 't'>

interface Asked {
  readonly spans: readonly Span[]
  readonly now: number
}

/** What came of each span, in their order. */
export async function figuresOf(
  handle: Handle,
  shopId: number,
  asked: Asked,
): Promise<readonly { readonly figures: Figures; readonly funnel: Funnel }[]> {
  const [visitors, sessions, orders, carts] = await Promise.all([
    countVisitors(handle, shopId, asked),
    sumSessions(handle, shopId, asked),
    sumOrders(handle, shopId, asked),
    countCartsLeft(handle, shopId, asked),
  ])
  return asked.spans.map((_, i) => {
    const { ordered, ...funnel } = sessions.get(i) ?? NO_SESSIONS
    const figures = {
      visitors: visitors.get(i) ?? 0,
      sessions: funnel.sessions,
      ordered,
      orders: orders.get(i)?.orders ?? 0,
      revenue: orders.get(i)?.revenue ?? {},
      cartsLeft: carts.get(i) ?? 0,
    }
    return { figures, funnel }
  })
}

const NO_SESSIONS = { sessions: 0, product: 0, cart: 0, checkout: 0, order: 0, ordered: 0 }

/** Sessions with none of the same visitor's before in the same span: as many as there are visitors. */
async function countVisitors(
  { sql, t: { sessionFigures: facts } }: Handle,
  shopId: number,
  { spans }: Asked,
): Promise<ReadonlyMap<number, number>> {
  const rows = await sql
    .select({ i: SPAN.i, visitors: count() })
    .from(spanTable(spans))
    .innerJoin(
      facts,
      and(
        eq(facts.shopId, shopId),
        gte(facts.beganAt, SPAN.start),
        lt(facts.beganAt, SPAN.end),
        text`(${facts.previousAt} is null or ${facts.previousAt} < ${SPAN.start})`,
      ),
    )
    .groupBy(SPAN.i)
  return new Map(rows.map(({ i, visitors }) => [i, visitors]))
}

async function sumSessions(
  { sql, t: { sessionSums: sums } }: Handle,
  shopId: number,
  { spans }: Asked,
): Promise<ReadonlyMap<number, Funnel & { readonly ordered: number }>> {
  const rows = await sql
    .select({
      i: SPAN.i,
      sessions: sum(sums.sessions).mapWith(Number),
      product: sum(sums.product).mapWith(Number),
      cart: sum(sums.cart).mapWith(Number),
      checkout: sum(sums.checkout).mapWith(Number),
      order: sum(sums.toOrder).mapWith(Number),
      ordered: sum(sums.ordered).mapWith(Number),
    })
    .from(pieceTable(spans))
    .innerJoin(
      sums,
      and(
        eq(sums.shopId, shopId),
        eq(sums.dimension, 'all'),
        eq(sums.grain, SPAN.grain),
        gte(sums.startAt, SPAN.start),
        lt(sums.startAt, SPAN.end),
      ),
    )
    .groupBy(SPAN.i)
  return new Map(rows.map(({ i, ...row }) => [i, row]))
}

interface OrderSum {
  orders: number
  readonly revenue: Record<string, number>
}

/** Of orders as they stand now: nothing of them is rolled up. */
async function sumOrders(
  { sql, t: { orders } }: Handle,
  shopId: number,
  { spans }: Asked,
): Promise<ReadonlyMap<number, OrderSum>> {
  const rows = await sql
    .select({ i: SPAN.i, currency: orders.currency, orders: count(), amount: asReal(orders.total) })
    .from(spanTable(spans))
    .innerJoin(
      orders,
      and(
        eq(orders.shopId, shopId),
        isNotNull(orders.eventId),
        notInArray(orders.status, [...VOID_STATUSES]),
        gte(orders.at, SPAN.start),
        lt(orders.at, SPAN.end),
      ),
    )
    .groupBy(SPAN.i, orders.currency)
  const found = new Map<number, OrderSum>()
  for (const { i, currency, orders: placed, amount } of rows) {
    const known = found.get(i) ?? { orders: 0, revenue: {} }
    found.set(i, known)
    known.orders += placed
    if (currency !== null && amount !== null) known.revenue[currency] = amount
  }
  return found
}

/** Whole numbers of SQLite overflow, and then there is no answer at all. */
export function asReal(amount: AnyColumn) {
  return text<number | null>`sum(cast(${amount} as double precision))`.mapWith((value: unknown) =>
    value === null ? null : Number(value),
  )
}

/** Carts by when something was first put in, as far as they are old enough to be left. */
async function countCartsLeft(
  { sql, t: { sessionFigures: facts, orders } }: Handle,
  shopId: number,
  { spans, now }: Asked,
): Promise<ReadonlyMap<number, number>> {
  const rows = await sql
    .select({ i: SPAN.i, left: count() })
    .from(spanTable(spans))
    .innerJoin(
      facts,
      and(
        eq(facts.shopId, shopId),
        isNotNull(facts.cartAt),
        gte(facts.cartAt, SPAN.start),
        lt(facts.cartAt, SPAN.end),
        lt(facts.cartAt, now - CART_PATIENCE_MS),
        text`not exists (select 1 from ${orders} where ${orders.shopId} = ${facts.shopId}
          and ${orders.visitorId} = ${facts.visitorId} and ${orders.at} >= ${facts.cartAt}
          and ${orders.at} <= ${facts.cartAt} + ${text.raw(String(CART_PATIENCE_MS))})`,
      ),
    )
    .groupBy(SPAN.i)
  return new Map(rows.map(({ i, left }) => [i, left]))
}
