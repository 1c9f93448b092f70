import { recordChange } from '../audit/service.ts'
import type { Actor } from '../core/actor.ts'
import type { Transaction } from './customer-store.ts'
import type { RecordedOrder } from './order-store.ts'

/** Notes in the audit log, in the transaction that made it, that somebody changed an order's status; nothing where it is the same. */
export async function noteStatus(
  transaction: Transaction,
  shopId: number,
  change: { readonly recorded: RecordedOrder; readonly by: Actor; readonly at: number },
): Promise<void> {
  const { recorded, by, at } = change
  const { order, earlier } = recorded
  if (earlier === undefined || earlier.status === order.status) return
  await recordChange(transaction, shopId, {
    by,
    at,
    action: 'order.status_changed',
    object: { kind: 'order', id: order.orderId },
    before: { status: earlier.status },
    after: { status: order.status },
  })
}
