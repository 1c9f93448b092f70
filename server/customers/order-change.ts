import { ORDER_STATUSES, type OrderStatus } from '#protocol/customers.ts'
import type { OrderSource } from '#protocol/lists.ts'
import type { OrderLine } from './tables.ts'

/** What the shop knows of one order. */
export interface Order {
  readonly orderId: string
  readonly customerId: number | null
  readonly visitorId: number | null
  /** Minor units. */
  readonly total: number | null
  readonly currency: string | null
  readonly lines: readonly OrderLine[]
  readonly status: OrderStatus
  /** When each status was first told. */
  readonly statusTimes: Readonly<Partial<Record<OrderStatus, number>>>
  readonly source: OrderSource
  readonly isVerified: boolean
  readonly at: number
  /** The event that placed it; null while only a cancellation or a return has arrived. */
  readonly eventId: Buffer | null
}

/** What an event or a request tells of an order. */
export interface OrderTold extends Omit<Order, 'statusTimes' | 'eventId'> {
  /** `placed`: here is the order. `changed`: something became of it. */
  readonly what: 'placed' | 'changed'
  readonly eventId: Buffer
}

/**
 * `placed`: it counts from now on. `replaced`: a verified one took the place of a browser's. `changed`: its status, or
 * what was unknown of it. `duplicate`: nothing new (people reload the thank-you page). `ignored`: a browser may not say so.
 */
export type OrderOutcome = 'placed' | 'replaced' | 'changed' | 'duplicate' | 'ignored'

export function orderOf(told: OrderTold): Order {
  const { what, ...order } = told
  return {
    ...order,
    statusTimes: { [told.status]: told.at },
    eventId: what === 'placed' ? told.eventId : null,
  }
}

/** What becomes of a known order when it is told of again. */
export function changeOrder(
  known: Order,
  told: OrderTold,
): { readonly outcome: OrderOutcome; readonly order: Order } {
  const keep = (outcome: OrderOutcome) => ({ outcome, order: known })
  const isPlaced = known.eventId !== null
  if (told.what === 'changed') {
    if (!mayChange(known, told)) return keep('ignored')
    const order = withStatus(known, told)
    return isSameStatus(order, known) ? keep('duplicate') : { outcome: 'changed', order }
  }
  if (!isPlaced) return { outcome: 'placed', order: placed(known, told) }
  if (known.isVerified || !told.isVerified) return keep('duplicate')
  return { outcome: 'replaced', order: placed(known, told) }
}

/** Whoever knows an order's number is not yet its buyer: a browser changes its own unverified orders only. */
function mayChange(known: Order, told: OrderTold): boolean {
  if (told.isVerified) return true
  if (known.isVerified) return false
  return told.visitorId !== null && told.visitorId === known.visitorId
}

function placed(known: Order, told: OrderTold): Order {
  // What only a browser said became of it, a server of the shop's has not heard of.
  const earlier = told.isVerified && !known.isVerified ? {} : known.statusTimes
  return {
    ...withStatus(orderOf(told), { status: told.status, at: told.at }, earlier),
    ...ownersOf(known, told),
  }
}

/**
 * A browser may have claimed a number that is somebody else's order: where a verified one names another customer,
 * the browser's visitor is nobody to it.
 */
function ownersOf(known: Order, told: OrderTold): Pick<Order, 'customerId' | 'visitorId'> {
  const isOthers =
    told.customerId !== null && known.customerId !== null && told.customerId !== known.customerId
  if (isOthers) return { customerId: told.customerId, visitorId: told.visitorId }
  return {
    customerId: told.customerId ?? known.customerId,
    visitorId: told.visitorId ?? known.visitorId,
  }
}

function withStatus(
  order: Order,
  { status, at }: Pick<OrderTold, 'status' | 'at'>,
  earlier: Order['statusTimes'] = {},
): Order {
  const statusTimes: Partial<Record<OrderStatus, number>> = { ...earlier, ...order.statusTimes }
  for (const [name, time] of [...timesOf(earlier), [status, at] as const]) {
    statusTimes[name] = Math.min(time, statusTimes[name] ?? time)
  }
  // The furthest, whatever arrived last: a return that overtakes its order stays a return.
  const furthest = ORDER_STATUSES.findLast((name) => statusTimes[name] !== undefined)
  return { ...order, statusTimes, status: furthest ?? status }
}

function timesOf(times: Order['statusTimes']): [OrderStatus, number][] {
  return ORDER_STATUSES.flatMap((name) => {
    const at = times[name]
    return at === undefined ? [] : [[name, at] satisfies [OrderStatus, number]]
  })
}

function isSameStatus(one: Order, other: Order): boolean {
  return ORDER_STATUSES.every((name) => one.statusTimes[name] === other.statusTimes[name])
}
