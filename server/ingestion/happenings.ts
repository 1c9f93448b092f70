import { subjectOf, type Happening } from '../experiences/service.ts'
import type { PreparedEvent } from './prepared.ts'
import type { VisitorCustomer } from './statements.ts'

interface Surroundings {
  readonly shopId: number
  readonly customers: ReadonlyMap<number, VisitorCustomer>
}

/** Those events of a shop that were stored for the first time and whose name `concerns` experiences. */
export function happeningsOf(
  stored: Iterable<PreparedEvent>,
  { shopId, customers }: Surroundings,
  concerns: (name: string) => boolean,
): Happening[] {
  const happenings: Happening[] = []
  for (const event of stored) {
    const { type, name } = event
    if (event.shopId !== shopId || type !== 'track' || name === null || !concerns(name)) continue
    happenings.push(happeningOf(event, name, customers))
  }
  return happenings
}

function happeningOf(
  { shopId, id, at, properties, isVerified, isForeign, commerce, ...event }: PreparedEvent,
  name: string,
  customers: Surroundings['customers'],
): Happening {
  // Whoever has not the visitor's token is not this visitor.
  const visitorRow = isForeign ? null : event.visitorRow
  const customer = customers.get(visitorRow ?? 0) ?? null
  const { orderId, status, total } = commerce?.order ?? {}
  const order = { ...(orderId !== undefined && { orderId }), ...(total !== undefined && { total }) }
  const isPurchase = status === 'completed' && orderId !== undefined
  // Part of it came back: it remains an order.
  const isWhole = commerce?.order?.isPartial !== true && total === undefined
  const isVoid = status === 'cancelled' || (status === 'refunded' && isWhole)
  return {
    shopId,
    id,
    name,
    at,
    properties,
    isVerified,
    subject: subjectOf({ shopId, visitorRow, customer }),
    sessionRow: isForeign ? null : event.sessionRow,
    ...(isPurchase && { order: { ...order, orderId } }),
    ...(isVoid && orderId !== undefined && { voided: orderId }),
  }
}
