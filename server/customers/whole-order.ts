import type { WholeOrder } from '#protocol/orders.ts'
import type { Money } from '../core/money.ts'
import type { Order } from './order-change.ts'

export interface FoundOrder {
  readonly order: Omit<Order, 'eventId' | 'visitorId' | 'customerId'>
  readonly customerPublicId: Buffer | null
}

/** An order as it is told. */
export function wholeOf({ order, customerPublicId }: FoundOrder): WholeOrder {
  const { orderId, at, status, statusTimes, lines, source, isVerified } = order
  const total = moneyOf(order)
  return {
    orderId,
    customerId: customerPublicId?.toString('base64url') ?? null,
    at,
    status,
    statusTimes,
    ...(total !== undefined && { total }),
    lines,
    source,
    isVerified,
  }
}

function moneyOf({ total, currency }: Pick<Order, 'total' | 'currency'>): Money | undefined {
  return total === null || currency === null ? undefined : { amount: total, currency }
}
