import {
  and,
  count,
  desc,
  eq,
  gte,
  inArray,
  isNotNull,
  lt,
  notInArray,
  sql as text,
  sum,
} from 'drizzle-orm'
import type {
  ExperienceFigures,
  ProductFigures,
  SessionDimension,
  SessionGroup,
} from '#protocol/figures.ts'
import { inGroups } from '../db/padded.ts'
import { asReal, type Handle } from './figures-store.ts'
import { VOID_STATUSES } from './order-lines.ts'
import type { Range, Span } from './range.ts'
import { pieceTable, SPAN } from './spans.ts'

/** Sessions by what they have in common, the most first. */
export async function listSessionGroups(
  handle: Handle,
  shopId: number,
  { dimension, span, limit }: { dimension: SessionDimension; span: Span; limit: number },
): Promise<SessionGroup[]> {
  const { sql, t } = handle
  const { sessionSums: sums } = t
  const sessions = sum(sums.sessions).mapWith(Number)
  const rows = await sql
    .select({
      name: sums.name,
      sessions,
      product: sum(sums.product).mapWith(Number),
      cart: sum(sums.cart).mapWith(Number),
      checkout: sum(sums.checkout).mapWith(Number),
      order: sum(sums.toOrder).mapWith(Number),
      ordered: sum(sums.ordered).mapWith(Number),
    })
    .from(pieceTable([span]))
    .innerJoin(
      sums,
      and(
        eq(sums.shopId, shopId),
        eq(sums.dimension, dimension),
        eq(sums.grain, SPAN.grain),
        gte(sums.startAt, SPAN.start),
        lt(sums.startAt, SPAN.end),
      ),
    )
    .groupBy(sums.name)
    .having(text`sum(${sums.sessions}) > 0`)
    .orderBy(desc(sum(sums.sessions)), sums.name)
    .limit(limit)
  const bought = await ordersBy(handle, shopId, dimension, span)
  return rows.map((row) => ({ ...row, ...(bought.get(row.name) ?? { orders: 0, revenue: {} }) }))
}

interface Bought {
  orders: number
  readonly revenue: Record<string, number>
}

/** Orders by the session in which their visitor came last before, in this one or an earlier one. */
async function ordersBy(
  { sql, t: { orders, sessionFigures: facts } }: Handle,
  shopId: number,
  dimension: SessionDimension,
  { start, end }: Span,
): Promise<ReadonlyMap<string, Bought>> {
  const column = facts[dimension]
  const name = text<string | null>`(select coalesce(${column}, '') from ${facts}
    where ${facts.shopId} = ${orders}.shop_id and ${facts.visitorId} = ${orders}.visitor_id
      and ${facts.beganAt} <= ${orders}.at order by ${facts.beganAt} desc, ${facts.sessionId} desc limit 1)`
  const placed = sql
    .select({
      name: name.as('group_name'),
      currency: text<string | null>`${orders}.currency`.as('order_currency'),
      total: text<number | null>`${orders}.total`.as('order_total'),
    })
    .from(orders)
    .where(
      and(
        eq(orders.shopId, shopId),
        isNotNull(orders.eventId),
        isNotNull(orders.visitorId),
        notInArray(orders.status, [...VOID_STATUSES]),
        gte(orders.at, start),
        lt(orders.at, end),
      ),
    )
    .as('placed')
  const rows = await sql
    .select({
      name: placed.name,
      currency: placed.currency,
      orders: count(),
      amount: text<number | null>`sum(cast(${placed.total} as double precision))`,
    })
    .from(placed)
    .groupBy(placed.name, placed.currency)
  const found = new Map<string, Bought>()
  for (const row of rows) {
    if (row.name === null) continue
    const known = found.get(row.name) ?? { orders: 0, revenue: {} }
    found.set(row.name, known)
    known.orders += row.orders
    if (row.currency !== null && row.amount !== null) {
      known.revenue[row.currency] = Number(row.amount)
    }
  }
  return found
}

/** Those most bought, then those most looked at. */
export async function listProductFigures(
  handle: Handle,
  shopId: number,
  { span, limit }: { readonly span: Span; readonly limit: number },
): Promise<ProductFigures[]> {
  const found = new Map<string, { -readonly [Key in keyof ProductFigures]: ProductFigures[Key] }>()
  const of = (productId: string) => {
    const one = found.get(productId) ?? { productId, name: null, ...NOTHING, revenue: {} }
    found.set(productId, one)
    return one
  }
  for (const { productId, viewed, added } of await seenIn(handle, shopId, span)) {
    Object.assign(of(productId), { viewed, added })
  }
  for (const { productId, currency, pieces, amount } of await soldIn(handle, shopId, span)) {
    const one = of(productId)
    one.bought += pieces
    if (currency !== null && amount !== null) one.revenue = { ...one.revenue, [currency]: amount }
  }
  const shown = [...found.values()]
    .toSorted(
      (a, b) =>
        b.bought - a.bought ||
        b.viewed - a.viewed ||
        b.added - a.added ||
        (a.productId < b.productId ? -1 : 1),
    )
    .slice(0, limit)
  const names = await namesOf(handle, shopId, shown)
  return shown.map((one) => ({ ...one, name: names.get(one.productId) ?? null }))
}

/** The ids of products that were viewed, or bought, in the span. */
export async function activeProducts(
  handle: Handle,
  shopId: number,
  { what, span }: { readonly what: 'viewed' | 'bought'; readonly span: Span },
): Promise<ReadonlySet<string>> {
  if (what === 'bought') {
    const sold = await soldIn(handle, shopId, span)
    return new Set(sold.map(({ productId }) => productId))
  }
  const seen = await seenIn(handle, shopId, span)
  return new Set(seen.filter(({ viewed }) => viewed > 0).map(({ productId }) => productId))
}

const NOTHING = { viewed: 0, added: 0, bought: 0 }

function seenIn({ sql, t: { productSums: sums } }: Handle, shopId: number, span: Span) {
  return sql
    .select({
      productId: sums.productId,
      viewed: sum(sums.viewed).mapWith(Number),
      added: sum(sums.added).mapWith(Number),
    })
    .from(pieceTable([span]))
    .innerJoin(
      sums,
      and(
        eq(sums.shopId, shopId),
        eq(sums.grain, SPAN.grain),
        gte(sums.startAt, SPAN.start),
        lt(sums.startAt, SPAN.end),
      ),
    )
    .groupBy(sums.productId)
    .having(text`sum(${sums.viewed}) > 0 or sum(${sums.added}) > 0`)
}

function soldIn({ sql, t: { orderLines: lines } }: Handle, shopId: number, { start, end }: Span) {
  return sql
    .select({
      productId: lines.productId,
      currency: lines.currency,
      pieces: sum(lines.quantity).mapWith(Number),
      amount: asReal(lines.amount),
    })
    .from(lines)
    .where(and(eq(lines.shopId, shopId), gte(lines.at, start), lt(lines.at, end)))
    .groupBy(lines.productId, lines.currency)
}

async function namesOf(
  { sql, t: { products } }: Handle,
  shopId: number,
  shown: readonly Pick<ProductFigures, 'productId'>[],
): Promise<ReadonlyMap<string, string>> {
  const names = new Map<string, string>()
  for (const group of inGroups(shown)) {
    const ids = group.map(({ productId }) => productId)
    const rows = await sql
      .select({ productId: products.productId, name: products.name })
      .from(products)
      .where(and(eq(products.shopId, shopId), inArray(products.productId, ids)))
    for (const { productId, name } of rows) names.set(productId, name)
  }
  return names
}

/** Of experiences that were seen in these days, the most seen first; the slice's own figures. */
export async function listExperienceFigures(
  { sql, t: { experiences, experienceDays: days, conversions } }: Handle,
  shopId: number,
  { from, to, now }: Pick<Range, 'from' | 'to' | 'now'>,
  limit: number,
): Promise<ExperienceFigures[]> {
  const [rows, amounts] = await Promise.all([
    sql
      .select({
        id: experiences.id,
        name: experiences.name,
        state: experiences.state,
        impressions: sum(days.impressions).mapWith(Number),
        clicks: sum(days.clicks).mapWith(Number),
        submissions: sum(days.submissions).mapWith(Number),
        conversions: sum(days.conversions).mapWith(Number),
      })
      .from(experiences)
      .innerJoin(days, and(eq(days.shopId, shopId), eq(days.experienceId, experiences.id)))
      .where(
        and(eq(experiences.shopId, shopId), gte(days.dayOn, from), text`${days.dayOn} <= ${to}`),
      )
      .groupBy(experiences.id, experiences.name, experiences.state)
      .orderBy(desc(sum(days.impressions)), experiences.id)
      .limit(limit),
    sql
      .select({
        id: conversions.experienceId,
        currency: conversions.currency,
        amount: asReal(conversions.amount),
      })
      .from(conversions)
      .where(
        and(
          eq(conversions.shopId, shopId),
          gte(conversions.at, now.start),
          lt(conversions.at, now.end),
        ),
      )
      .groupBy(conversions.experienceId, conversions.currency),
  ])
  return rows.map(({ id, ...row }) => ({
    ...row,
    id: String(id),
    revenue: Object.fromEntries(
      amounts.flatMap((one) =>
        one.id === id && one.currency !== null && one.amount !== null
          ? [[one.currency, one.amount]]
          : [],
      ),
    ),
  }))
}
