import { PROFILE_LIMITS, type OrderFacts, type PurchasePart } from '../profile-shape.ts'
import type { CommerceOrder } from '../commerce/commerce.ts'
import type { ProfileDocument, StoredPurchases } from './document.ts'
import { own, put, type Draft } from './draft.ts'

type PurchasesDraft = Draft<StoredPurchases>
type OrderDraft = Draft<OrderFacts>

/**
 * Orders that count: those cancelled or given back are left out, and of others what was given back is taken off. What
 * only a browser said changes nothing of an order that a server of the shop's has told.
 */
export function purchasePart({ orders, older, voided, refunds }: StoredPurchases): PurchasePart {
  const counted = orders.flatMap((order) => {
    const isVoid = own(voided, order.id)
    if (isVoid === true || (isVoid === false && !order.isVerified)) return []
    const refund = own(refunds, order.id)
    const back = (order.isVerified ? refund?.verified : refund?.all) ?? 0
    if (back === 0) return [order]
    const amount = order.total.amount - back
    return amount > 0 ? [{ ...order, total: { ...order.total, amount } }] : []
  })
  const firstAt = older.firstAt ?? counted.at(-1)?.at
  return {
    orders: counted,
    older: { count: older.count, amounts: older.amounts },
    ...(firstAt !== undefined && { firstAt }),
  }
}

/** Whether there is anything to keep. */
export function hasPurchases({ orders, older, voided, refunds }: StoredPurchases): boolean {
  return orders.length > 0 || older.count > 0 || !isEmpty(voided) || !isEmpty(refunds)
}

function isEmpty(record: object): boolean {
  return Object.keys(record).length === 0
}

/** How many orders count. */
export function profileOrders({ purchases }: ProfileDocument): number {
  return purchasePart(purchases).orders.length + purchases.older.count
}

/** Notes what an event says of an order, whichever of its events comes first. */
export function addOrder(
  purchases: PurchasesDraft,
  { orderId, status, total, isPartial }: CommerceOrder,
  { at, isVerified }: { at: number; isVerified: boolean },
): void {
  const isUnknown = status === 'refunded' && total === undefined
  const isAllBack = status === 'cancelled' || (isUnknown && isPartial === undefined)
  if (isAllBack) voidOrder(purchases, orderId, isVerified)
  else if (status === 'refunded') {
    const all = total?.amount ?? 0
    refund(purchases, orderId, { all, verified: isVerified ? all : 0 })
  } else if (status === 'completed' && total !== undefined) {
    keepOrder(purchases, { id: orderId, at, total: { ...total }, isVerified })
  }
}

export function mergePurchases(into: PurchasesDraft, other: StoredPurchases): void {
  for (const [orderId, verified] of Object.entries(other.voided)) {
    voidOrder(into, orderId, verified)
  }
  for (const [orderId, back] of Object.entries(other.refunds)) refund(into, orderId, back)
  for (const order of other.orders) keepOrder(into, { ...order, total: { ...order.total } })
  const { older } = into
  older.count += other.older.count
  for (const [currency, amount] of Object.entries(other.older.amounts)) {
    put(older.amounts, currency, (own(older.amounts, currency) ?? 0) + amount)
  }
  const { firstAt } = other.older
  if (firstAt !== undefined) older.firstAt = Math.min(older.firstAt ?? firstAt, firstAt)
}

function voidOrder({ voided }: PurchasesDraft, orderId: string, isVerified: boolean): void {
  const before = own(voided, orderId)
  if (before === undefined && isFull(voided)) return
  put(voided, orderId, isVerified || before === true)
}

/** Several partial refunds add up. */
function refund(
  { refunds }: PurchasesDraft,
  orderId: string,
  { all, verified }: StoredPurchases['refunds'][string],
): void {
  const before = own(refunds, orderId)
  if (before === undefined && isFull(refunds)) return
  const sum = { all: (before?.all ?? 0) + all, verified: (before?.verified ?? 0) + verified }
  put(refunds, orderId, sum)
}

function isFull(record: object): boolean {
  return Object.keys(record).length >= PROFILE_LIMITS.orders
}

/** Of one id the shop's own word stands before a browser's, else the earliest. */
function keepOrder(purchases: PurchasesDraft, order: OrderDraft): void {
  const known = purchases.orders.find(({ id }) => id === order.id)
  if (known !== undefined && !replaces(order, known)) return
  const others = purchases.orders.filter((other) => other !== known)
  const sorted = [...others, order].toSorted((a, b) => b.at - a.at || (a.id < b.id ? 1 : -1))
  purchases.orders = sorted.slice(0, PROFILE_LIMITS.orders)
  for (const { at, total } of sorted.slice(PROFILE_LIMITS.orders)) {
    const { older } = purchases
    older.count += 1
    older.firstAt = Math.min(older.firstAt ?? at, at)
    put(older.amounts, total.currency, (own(older.amounts, total.currency) ?? 0) + total.amount)
  }
}

function replaces(next: OrderFacts, known: OrderFacts): boolean {
  if (next.isVerified !== known.isVerified) return next.isVerified
  if (next.at !== known.at) return next.at < known.at
  return JSON.stringify(next.total) < JSON.stringify(known.total)
}
