import type { Figures, Funnel } from '#protocol/figures.ts'
import type { Database } from '#server/db/database.ts'
import { rowsOf } from './databases.ts'

/** What a shop's raw rows say, one pass at a time and nothing remembered: slow, and plain to see. */
export interface NaiveFigures {
  readonly figures: (span: Span) => { readonly totals: Figures; readonly funnel: Funnel }
  readonly bySource: (span: Span) => Record<string, { sessions: number; orders: number }>
  readonly products: (span: Span) => Record<string, Product>
}

interface Span {
  readonly start: number
  readonly end: number
}

interface Product {
  viewed: number
  added: number
  bought: number
  revenue: Record<string, number>
}

interface EventRow {
  readonly session_id: number | null
  readonly visitor_id: number | null
  readonly name: string | null
  readonly at: number
  readonly properties: unknown
}

interface OrderRow {
  readonly at: number
  readonly visitor_id: number | null
  readonly total: number | null
  readonly currency: string | null
  readonly status: string
  readonly lines: unknown
  readonly event_id: Buffer | null
}

interface Line {
  readonly productId: string
  readonly quantity: number
  readonly price?: { readonly amount: number; readonly currency: string }
}

interface Touch {
  readonly source: string
  readonly medium: string
}

const CHECKOUT = ['Checkout Started', 'Checkout Step Viewed', 'Checkout Step Completed']
const HOUR_MS = 3_600_000

export async function naiveFigures(
  db: Database,
  shopId: number,
  now: number,
): Promise<NaiveFigures> {
  const events = await rowsOf<EventRow>(
    db,
    'SELECT session_id, visitor_id, name, at, properties FROM events WHERE shop_id = $1',
    [shopId],
  )
  const allOrders = await rowsOf<OrderRow>(
    db,
    `SELECT at, visitor_id, total, currency, status, lines, event_id FROM orders
      WHERE shop_id = $1`,
    [shopId],
  )
  const touches = await rowsOf<{ readonly id: number; readonly touch: unknown }>(
    db,
    'SELECT id, touch FROM sessions WHERE shop_id = $1',
    [shopId],
  )
  const orders = allOrders.filter(
    ({ event_id, status }) => event_id !== null && status !== 'cancelled' && status !== 'returned',
  )
  const sources = new Map(
    touches.map(({ id, touch }) => [Number(id), sourceOf(jsonOf<Touch>(touch))]),
  )
  const bySession = new Map<number, EventRow[]>()
  for (const event of events) {
    const id = Number(event.session_id ?? 0)
    if (id !== 0) bySession.set(id, [...(bySession.get(id) ?? []), event])
  }
  const sessions = [...bySession].map(([id, own]) => sessionOf(id, own, sources.get(id) ?? ''))

  const within = ({ start, end }: Span, at: number) => at >= start && at < end

  return {
    figures(span) {
      const begun = sessions.filter(({ beganAt }) => within(span, beganAt))
      const placed = orders.filter(({ at }) => within(span, Number(at)))
      const revenue: Record<string, number> = {}
      for (const { currency, total } of placed) {
        if (currency === null || total === null) continue
        revenue[currency] = (revenue[currency] ?? 0) + Number(total)
      }
      const reached = (...steps: (keyof Steps)[]) =>
        begun.filter((one) => steps.every((step) => one[step])).length
      const totals = {
        visitors: new Set(begun.map(({ visitorId }) => visitorId)).size,
        sessions: begun.length,
        ordered: reached('order'),
        orders: placed.length,
        revenue,
        cartsLeft: sessions.filter(
          ({ cartAt, visitorId }) =>
            cartAt !== undefined &&
            within(span, cartAt) &&
            cartAt < now - HOUR_MS &&
            !allOrders.some(
              ({ visitor_id, at }) =>
                Number(visitor_id) === visitorId &&
                Number(at) >= cartAt &&
                Number(at) <= cartAt + HOUR_MS,
            ),
        ).length,
      }
      return {
        totals,
        funnel: {
          sessions: begun.length,
          product: reached('product'),
          cart: reached('product', 'cart'),
          checkout: reached('product', 'cart', 'checkout'),
          order: reached('product', 'cart', 'checkout', 'order'),
        },
      }
    },

    bySource(span) {
      const found: Record<string, { sessions: number; orders: number }> = {}
      const of = (name: string) => (found[name] ??= { sessions: 0, orders: 0 })
      for (const { beganAt, source } of sessions)
        if (within(span, beganAt)) of(source).sessions += 1
      for (const order of orders.filter(({ at }) => within(span, Number(at)))) {
        const before = sessions
          .filter(
            ({ visitorId, beganAt }) =>
              visitorId === Number(order.visitor_id) && beganAt <= Number(order.at),
          )
          .toSorted((a, b) => b.beganAt - a.beganAt || b.id - a.id)[0]
        if (before !== undefined && before.source in found) of(before.source).orders += 1
      }
      return found
    },

    products(span) {
      const found: Record<string, Product> = {}
      const of = (id: string) => (found[id] ??= { viewed: 0, added: 0, bought: 0, revenue: {} })
      for (const { name, at, properties } of events) {
        const id = jsonOf<{ product_id?: string }>(properties)?.product_id
        if (id === undefined || !within(span, Number(at))) continue
        if (name === 'Product Viewed') of(id).viewed += 1
        if (name === 'Product Added') of(id).added += 1
      }
      for (const { lines } of orders.filter(({ at }) => within(span, Number(at)))) {
        for (const { productId, quantity, price } of jsonOf<Line[]>(lines) ?? []) {
          const one = of(productId)
          one.bought += quantity
          if (price === undefined) continue
          const { amount, currency } = price
          one.revenue[currency] = (one.revenue[currency] ?? 0) + amount * quantity
        }
      }
      return found
    },
  }
}

interface Steps {
  readonly product: boolean
  readonly cart: boolean
  readonly checkout: boolean
  readonly order: boolean
}

function sessionOf(id: number, events: readonly EventRow[], source: string) {
  const names = events.map(({ name }) => name)
  const added = events.filter(({ name }) => name === 'Product Added').map(({ at }) => Number(at))
  return {
    id,
    source,
    visitorId: Number(events[0]?.visitor_id),
    beganAt: Math.min(...events.map(({ at }) => Number(at))),
    cartAt: added.length === 0 ? undefined : Math.min(...added),
    product: names.includes('Product Viewed'),
    cart: added.length > 0,
    checkout: names.some((name) => CHECKOUT.includes(name ?? '')),
    order: names.includes('Order Completed'),
  }
}

function sourceOf(touch: Touch | undefined): string {
  return touch === undefined ? '' : `${touch.source} / ${touch.medium}`
}

/** SQLite gives the text, PostgreSQL what it says. */
function jsonOf<Value>(stored: unknown): Value | undefined {
  if (stored === null || stored === undefined) return undefined
  return (typeof stored === 'string' ? JSON.parse(stored) : stored) as Value
}
