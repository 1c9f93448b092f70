import { recordOrder, type OrderTold, type RecordedOrder } from '../customers/service.ts'
import type { PreparedEvent } from './prepared.ts'
import type { Statements, VisitorCustomer } from './statements.ts'

interface RecordedOrders {
  readonly repeated: ReadonlySet<PreparedEvent>
  /** Orders that count from now on, or of which now a server of the shop's tells. */
  readonly completed: readonly { readonly shopId: number; readonly recorded: RecordedOrder }[]
  /** What became of each order that an event tells of. */
  readonly recorded: ReadonlyMap<PreparedEvent, RecordedOrder>
}

/**
 * Keeps the orders that events tell of. `repeated`: the events that tell of one which is known already: people reload the
 * thank-you page, and a purchase counts once.
 */
export async function recordOrders(
  { transaction }: Statements,
  events: readonly PreparedEvent[],
  customers: ReadonlyMap<number, VisitorCustomer>,
): Promise<RecordedOrders> {
  const completed: { shopId: number; recorded: RecordedOrder }[] = []
  const repeated = new Set<PreparedEvent>()
  const all = new Map<PreparedEvent, RecordedOrder>()
  for (const event of events) {
    const told = toldBy(event, customers)
    if (told === undefined) continue
    const recorded = await recordOrder(transaction, event.shopId, told)
    all.set(event, recorded)
    const { outcome } = recorded
    const isNews = outcome === 'placed' || outcome === 'replaced'
    if (isNews) completed.push({ shopId: event.shopId, recorded })
    if (outcome === 'duplicate' && told.what === 'placed') repeated.add(event)
  }
  return { repeated, completed, recorded: all }
}

function toldBy(
  {
    commerce,
    orderSource,
    isForeign,
    isVerified,
    at,
    id: eventId,
    visitorRow: sender,
  }: PreparedEvent,
  customers: ReadonlyMap<number, VisitorCustomer>,
): OrderTold | undefined {
  const { order, products = [] } = commerce ?? {}
  if (order === undefined || order.status === 'updated') return undefined
  // Part of it came back: it remains an order.
  if (order.status === 'refunded' && (order.isPartial === true || order.total !== undefined)) {
    return undefined
  }
  const { orderId, total = null } = order
  // Whoever has not the visitor's token is not the buyer.
  const visitorRow = isForeign ? null : sender
  return {
    what: order.status === 'completed' ? 'placed' : 'changed',
    status: STATUS[order.status],
    orderId,
    customerId: customers.get(visitorRow ?? 0)?.id ?? null,
    visitorId: visitorRow,
    total: total?.amount ?? null,
    currency: total?.currency ?? null,
    lines: products.map(({ productId, name, quantity, price }) => ({
      productId,
      quantity,
      ...(name !== undefined && { name }),
      ...(price !== undefined && { price }),
    })),
    source: orderSource,
    isVerified,
    at,
    eventId,
  }
}

const STATUS = { completed: 'new', refunded: 'returned', cancelled: 'cancelled' } as const
