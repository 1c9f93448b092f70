import { and, desc, eq, isNull, sql as expression } from 'drizzle-orm'
import { keptFor } from '../db/kept-query.ts'
import { placesOf } from '../db/places.ts'
import { lockCustomer, type Transaction } from './customer-store.ts'
import {
  changeOrder,
  orderOf,
  type Order,
  type OrderOutcome,
  type OrderTold,
} from './order-change.ts'

export interface RecordedOrder {
  readonly outcome: OrderOutcome
  readonly order: Order
  /** As it was known before, where it was: its visitor's and customer's figures may change. */
  readonly earlier?: Order
}

/**
 * Keeps an order, once by shop and order id. Right with any number of nodes: the unique index lets one of them insert
 * it, and the others change the row that they have locked.
 */
export async function recordOrder(
  transaction: Transaction,
  shopId: number,
  sent: OrderTold,
): Promise<RecordedOrder> {
  const told = { ...sent, customerId: await finalCustomer(transaction, shopId, sent.customerId) }
  const made = await insertOrder(transaction, shopId, orderOf(told))
  if (made) return { outcome: told.what === 'placed' ? 'placed' : 'changed', order: orderOf(told) }
  const earlier = await lockOrder(transaction, shopId, told.orderId)
  if (earlier === undefined) throw new Error('An order was neither found nor made')
  const { outcome, order } = changeOrder(earlier, told)
  if (order !== earlier) await updateOrder(transaction, shopId, order)
  return { outcome, order, earlier }
}

/** Locked, so that no merge moves the orders of this customer just before there is one more. */
async function finalCustomer(
  transaction: Transaction,
  shopId: number,
  customerId: number | null,
): Promise<number | null> {
  if (customerId === null) return null
  return (await lockCustomer(transaction, shopId, customerId))?.id ?? null
}

async function insertOrder(of: Transaction, shopId: number, order: Order): Promise<boolean> {
  const { query, places } = insertOrderQuery(of)
  const made = await query.execute(places.of({ ...order, shopId }))
  return made.length > 0
}

/** Commits ask for it. */
const insertOrderQuery = keptFor(({ sql, t: { orders } }: Transaction) => {
  const places = placesOf(orders, [...ORDER_COLUMNS, 'shopId'])
  const query = sql
    .insert(orders)
    .values(places.at)
    .onConflictDoNothing({ target: [orders.shopId, orders.orderId] })
    .returning({ id: orders.id })
    .prepare('customers_insert_order')
  return { places, query }
})

/** See `lock` in customer-store.ts. */
async function lockOrder(
  { sql, t }: Transaction,
  shopId: number,
  orderId: string,
): Promise<Order | undefined> {
  const [locked] = await sql
    .update(t.orders)
    .set({ isVerified: expression`${t.orders.isVerified}` })
    .where(and(eq(t.orders.shopId, shopId), eq(t.orders.orderId, orderId)))
    .returning(orderColumns(t))
  return locked
}

async function updateOrder({ sql, t }: Transaction, shopId: number, order: Order): Promise<void> {
  await sql
    .update(t.orders)
    .set(order)
    .where(and(eq(t.orders.shopId, shopId), eq(t.orders.orderId, order.orderId)))
}

/** With what its customer is called outside. */
export async function findOrder(
  { sql, t }: Transaction,
  shopId: number,
  orderId: string,
): Promise<{ readonly order: Order; readonly customerPublicId: Buffer | null } | undefined> {
  const [found] = await sql
    .select({ order: orderColumns(t), customerPublicId: t.customers.publicId })
    .from(t.orders)
    .leftJoin(t.customers, eq(t.customers.id, t.orders.customerId))
    .where(and(eq(t.orders.shopId, shopId), eq(t.orders.orderId, orderId)))
  return found
}

/** Newest first. */
export async function listOrders(
  { sql, t }: Transaction,
  shopId: number,
  customerId: number,
  limit: number,
): Promise<Order[]> {
  return sql
    .select(orderColumns(t))
    .from(t.orders)
    .where(and(eq(t.orders.shopId, shopId), eq(t.orders.customerId, customerId)))
    .orderBy(desc(t.orders.at), desc(t.orders.id))
    .limit(limit)
}

export async function moveOrders(
  { sql, t }: Transaction,
  shopId: number,
  from: number,
  into: number,
): Promise<void> {
  await sql
    .update(t.orders)
    .set({ customerId: into })
    .where(and(eq(t.orders.shopId, shopId), eq(t.orders.customerId, from)))
}

/** What a visitor ordered before anybody knew who it was. */
export async function adoptOrders(
  { sql, t }: Transaction,
  shopId: number,
  visitorId: number,
  customerId: number,
): Promise<void> {
  const { orders } = t
  await sql
    .update(orders)
    .set({ customerId })
    .where(
      and(eq(orders.shopId, shopId), eq(orders.visitorId, visitorId), isNull(orders.customerId)),
    )
}

/** The visitor turned out to be another, and that one to be this customer, where it is known. */
export async function moveVisitorOrders(
  transaction: Transaction,
  shopId: number,
  { from, to, customerId }: { from: number; to: number; customerId: number | null },
): Promise<void> {
  const { sql, t } = transaction
  await sql
    .update(t.orders)
    .set({ visitorId: to })
    .where(and(eq(t.orders.shopId, shopId), eq(t.orders.visitorId, from)))
  if (customerId !== null) await adoptOrders(transaction, shopId, to, customerId)
}

const ORDER_COLUMNS = [
  ...(['orderId', 'customerId', 'visitorId', 'total', 'currency', 'lines', 'status'] as const),
  ...(['statusTimes', 'source', 'isVerified', 'at', 'eventId'] as const),
] as const

function orderColumns({ orders }: Transaction['t']) {
  return {
    orderId: orders.orderId,
    customerId: orders.customerId,
    visitorId: orders.visitorId,
    total: orders.total,
    currency: orders.currency,
    lines: orders.lines,
    status: orders.status,
    statusTimes: orders.statusTimes,
    source: orders.source,
    isVerified: orders.isVerified,
    at: orders.at,
    eventId: orders.eventId,
  }
}
