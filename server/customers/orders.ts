import { createHash } from 'node:crypto'
import type { WireEvent } from '#protocol/events.ts'
import type { OrderStatus } from '#protocol/customers.ts'
import type { OrderSource } from '#protocol/lists.ts'
import type { OrderDraft, OrderPage, WholeOrder } from '#protocol/orders.ts'
import type { Actor } from '../core/actor.ts'
import type { Clock } from '../core/clock.ts'
import { exponentOf } from '../core/currencies.ts'
import { Refusal } from '../core/errors.ts'
import { majorOf } from '../core/money.ts'
import type { Database } from '../db/database.ts'
import { userIdOf } from './customer-store.ts'
import { familyOf } from './facts.ts'
import { noteStatus } from './order-audit.ts'
import type { Order } from './order-change.ts'
import { listOrders, type JudgeBuyers, type OrderQuery } from './list-orders.ts'
import { findOrder, recordOrder } from './order-store.ts'
import { wholeOf } from './whole-order.ts'

/** Sends what the shop's own server says through ingestion, as if it had sent the events itself. */
export type TellEvents = (
  shopId: number,
  events: readonly WireEvent[],
  told?: ToldOrders,
) => Promise<void>

export interface ToldOrders {
  /** Whom the audit log names for orders whose status that changes, in the same commit; nobody: it does not. */
  readonly by?: Actor | undefined
  /** Of those that are placed by it; else `event`. */
  readonly source?: OrderSource | undefined
}

export interface Orders {
  readonly findOrder: (shopId: number, orderId: string) => Promise<WholeOrder>
  /** The newest first. */
  readonly listOrders: (shopId: number, query: OrderQuery) => Promise<OrderPage>
  /**
   * Keeps an order, which counts from now on in its customer's profile. Told again, only its status may be another:
   * other amounts are refused (`conflict`).
   */
  readonly putOrder: (
    shopId: number,
    orderId: string,
    draft: OrderDraft,
    source: OrderSource,
  ) => Promise<WholeOrder & { readonly result: OrderResult }>
  readonly changeStatus: (
    shopId: number,
    orderId: string,
    change: {
      readonly status: OrderStatus
      readonly at?: number | undefined
      readonly by: Actor
    },
  ) => Promise<WholeOrder>
}

export type OrderResult = 'created' | 'changed' | 'unchanged'

interface OrdersDeps {
  readonly db: Database
  readonly now: Clock
  readonly tellEvents: TellEvents
  readonly judgeBuyers: JudgeBuyers
}

export function createOrders({ db, now, tellEvents, judgeBuyers }: OrdersDeps): Orders {
  async function require(shopId: number, orderId: string): Promise<WholeOrder> {
    const found = await findOrder(db, shopId, orderId)
    if (found === undefined) throw new Refusal('not_found', 'There is no such order')
    return wholeOf(found)
  }

  /** What ends an order takes it out of figures, by an event; what else becomes of it is noted here. */
  async function change(
    shopId: number,
    known: Order,
    { status, at, by }: { status: OrderStatus; at: number; by?: Actor },
  ) {
    if (known.statusTimes[status] !== undefined) return
    if (status === 'cancelled' || status === 'returned') {
      const userId = await buyerOf(shopId, known)
      const event = endOf(known.orderId, status, { at, now: now() })
      await tellEvents(shopId, [{ ...event, ...(userId !== null && { userId }) }], { by })
      return
    }
    await db.transaction(async (sql) => {
      const told = { ...known, what: 'changed', status, at, isVerified: true } as const
      const eventId = known.eventId ?? Buffer.alloc(16)
      const transaction = { sql, t: db.t }
      const recorded = await recordOrder(transaction, shopId, { ...told, eventId })
      if (by !== undefined) await noteStatus(transaction, shopId, { recorded, by, at: now() })
    })
  }

  /** In whose profile the order counts. */
  async function buyerOf(shopId: number, { customerId }: Order): Promise<string | null> {
    if (customerId === null) return null
    const [buyer] = await familyOf(db, shopId, customerId)
    return buyer === undefined ? null : userIdOf(db, shopId, buyer)
  }

  async function requireRow(shopId: number, orderId: string): Promise<Order> {
    const found = await findOrder(db, shopId, orderId)
    if (found === undefined) throw new Refusal('not_found', 'There is no such order')
    return found.order
  }

  return {
    findOrder: require,

    listOrders: (shopId, query) => listOrders({ handle: db, judgeBuyers }, shopId, query),

    async putOrder(shopId, orderId, draft, source) {
      refuseCurrencies(draft)
      const before = (await findOrder(db, shopId, orderId))?.order
      const isTold = before !== undefined && before.isVerified && before.eventId !== null
      if (isTold) refuseOther(before, draft)
      else await tellEvents(shopId, [placingOf(orderId, draft, now())], { source })
      const known = await requireRow(shopId, orderId)
      const at = draft.statusAt ?? (isTold ? now() : draft.at)
      await change(shopId, known, { status: draft.status, at })
      return { ...(await require(shopId, orderId)), result: resultOf(isTold, before, draft) }
    },

    async changeStatus(shopId, orderId, { status, at, by }) {
      const known = await requireRow(shopId, orderId)
      await change(shopId, known, { status, at: at ?? now(), by })
      return require(shopId, orderId)
    },
  }
}

function resultOf(isTold: boolean, before: Order | undefined, { status }: OrderDraft): OrderResult {
  if (!isTold) return 'created'
  return before?.statusTimes[status] === undefined ? 'changed' : 'unchanged'
}

interface Times {
  readonly at: number
  readonly now: number
}

/** The same each time that it is told, so that it is stored once. */
function placingOf(orderId: string, draft: OrderDraft, now: number): WireEvent {
  const { userId, at, total, lines } = draft
  const products = lines.map(({ productId, name, quantity, price }) => ({
    product_id: productId,
    quantity,
    ...(name !== undefined && { name }),
    ...(price !== undefined && { price: majorOf(price), currency: price.currency }),
  }))
  return {
    ...eventOf(`api order ${orderId}`, 'Order Completed', { at, now }),
    ...(userId !== undefined && { userId }),
    properties: { order_id: orderId, total: majorOf(total), currency: total.currency, products },
  }
}

function endOf(orderId: string, status: 'cancelled' | 'returned', times: Times): WireEvent {
  const name = status === 'cancelled' ? 'Order Cancelled' : 'Order Refunded'
  const event = eventOf(`api order ${orderId} ${status}`, name, times)
  return { ...event, properties: { order_id: orderId } }
}

function eventOf(id: string, name: string, { at, now }: Times) {
  const ageMs = Math.max(0, now - at)
  const page = { url: '', referrer: '', title: '' }
  const hash = createHash('sha256').update(id).digest('hex')
  return { id: `api-${hash}`, type: 'track' as const, name, at, ageMs, seq: 0, page }
}

function refuseCurrencies({ total, lines }: OrderDraft): void {
  const named = [total, ...lines.flatMap(({ price }) => price ?? [])]
  const unknown = named.find(({ currency }) => exponentOf(currency) === undefined)
  if (unknown === undefined) return
  throw new Refusal('bad_request', `"${unknown.currency}" is no currency: write it like EUR`)
}

function refuseOther({ total, currency }: Order, draft: OrderDraft): void {
  if (total === draft.total.amount && currency === draft.total.currency) return
  throw new Refusal(
    'conflict',
    'This order was told with another total, which stands: tell what is given back as a refund',
  )
}
