import type { CartItem, Interaction, Money, ProductFacts } from '../profile-shape.ts'

/** `whole`: the products are all there is; `empty`: nothing is left. */
export type CartChange = 'whole' | 'add' | 'remove' | 'empty'
export type OrderStatus = 'completed' | 'refunded' | 'cancelled' | 'updated'

/** A product as an event tells of it. */
export interface CanonicalProduct extends ProductFacts, CartItem {
  readonly sku?: string
  readonly variant?: string
}

export interface CommerceOrder {
  readonly orderId: string
  readonly status: OrderStatus
  /** A refund of the products named, not of the whole order. */
  readonly isPartial?: true
  /** What the customer pays; where only that is told, without shipping and tax. Of a refund, what is given back. */
  readonly total?: Money
  readonly revenue?: Money
  readonly subtotal?: Money
  readonly shipping?: Money
  readonly tax?: Money
  readonly discount?: Money
  readonly coupon?: string
  readonly affiliation?: string
}

/** A canonical event, read: what could not be read is missing, never `NaN`. */
export interface Commerce {
  /** What the visitor did with each of `products`. */
  readonly interaction?: Interaction
  readonly products: readonly CanonicalProduct[]
  /** What the event is worth: as sent; else the products together, where they were chosen and all have prices. */
  readonly value?: Money
  /** ISO 4217. */
  readonly currency?: string
  readonly orderId?: string
  readonly cart?: CartChange
  readonly order?: CommerceOrder
}
