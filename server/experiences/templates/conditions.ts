import type { PageType } from '#protocol/names.ts'
import type { Condition } from '#protocol/targeting.ts'

export const EVERYBODY: Condition = { kind: 'all', of: [] }

export const HAS_CART: Condition = { kind: 'cartQuantity', count: { op: 'atLeast', value: 1 } }

/** Who is about to pay, or has just paid, is left alone. */
export const NOT_PAYING: Condition = { kind: 'not', of: onPages('checkout', 'thank-you') }

export function onPages(...values: PageType[]): Condition {
  return { kind: 'page', field: 'type', test: { op: 'oneOf', values } }
}
