import { listReached, orderKey, updateAmounts } from './conversion-store.ts'
import type { Happening, Recording } from './happening.ts'

export const ORDER_COMPLETED = 'Order Completed'
/** After which an order may be worth nothing. */
export const VOIDING: ReadonlySet<string> = new Set(['Order Cancelled', 'Order Refunded'])

interface Correction {
  readonly reachedKey: string
  readonly worth: { readonly amount: number; readonly currency?: string }
}

/**
 * What the shop's own server says an order is worth stands in the place of what a browser said, whoever that was; one that
 * came to nothing is worth nothing.
 */
export async function correctOrders(
  { transaction, running, shopId }: Pick<Recording, 'transaction' | 'running' | 'shopId'>,
  happenings: readonly Happening[],
): Promise<void> {
  const corrections = happenings.filter(({ isVerified }) => isVerified).flatMap(correctionOf)
  const experienceIds = (running.byGoal.get(ORDER_COMPLETED) ?? []).map(({ id }) => id)
  if (corrections.length === 0 || experienceIds.length === 0) return
  const reachedKeys = [...new Set(corrections.map(({ reachedKey }) => reachedKey))]
  const reached = await listReached(transaction, shopId, { experienceIds, reachedKeys })
  for (const { reachedKey, worth } of corrections) {
    if (!reached.has(reachedKey)) continue
    await updateAmounts(transaction, shopId, { experienceIds, reachedKey }, worth)
  }
}

function correctionOf({ order, voided }: Happening): Correction[] {
  if (voided !== undefined) return [{ reachedKey: orderKey(voided), worth: { amount: 0 } }]
  if (order?.total === undefined) return []
  return [{ reachedKey: orderKey(order.orderId), worth: order.total }]
}
