import type { PurchasePart } from '../profile-shape.ts'

/** Minor units by ISO code, over all orders that count. */
export function spentOf({ orders, older }: PurchasePart): Record<string, number> {
  const spent = new Map(Object.entries(older.amounts))
  for (const { total } of orders) {
    spent.set(total.currency, (spent.get(total.currency) ?? 0) + total.amount)
  }
  return Object.fromEntries(spent)
}
