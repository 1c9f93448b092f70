import { CART_UPDATED, PRODUCT_OBSERVED } from '#protocol/names.ts'
import type { Interaction } from '../profile-shape.ts'
import type { CartChange, OrderStatus } from './commerce.ts'

/** What the properties tell of, and so which keys are read. */
export type Subject = 'product' | 'products' | 'promotion' | 'nothing'

/** What an event with a canonical name means. */
export interface Meaning {
  readonly name: string
  readonly about: Subject
  readonly interaction?: Interaction
  /** What it says of the cart; `whole` only where it came with products. */
  readonly cart?: CartChange
  readonly order?: OrderStatus
  /** Products that the visitor chose, so that their prices add up to something. */
  readonly isChoice?: true
  /** What else it tells is about what somebody said: a rating is not the product's. */
  readonly isRemark?: true
}

/** Segment's e-commerce specification, version 2, and the tag's own. */
const SEGMENT: readonly Meaning[] = [
  { name: 'Products Searched', about: 'nothing' },
  { name: 'Product List Viewed', about: 'products' },
  { name: 'Product List Filtered', about: 'products' },
  { name: 'Promotion Viewed', about: 'promotion' },
  { name: 'Promotion Clicked', about: 'promotion' },
  // A click leads to a view, so it is none itself.
  { name: 'Product Clicked', about: 'product', isChoice: true },
  { name: 'Product Viewed', about: 'product', interaction: 'viewed', isChoice: true },
  { name: 'Product Added', about: 'product', interaction: 'added', cart: 'add', isChoice: true },
  {
    name: 'Product Removed',
    about: 'product',
    interaction: 'removed',
    cart: 'remove',
    isChoice: true,
  },
  { name: 'Cart Viewed', about: 'products', cart: 'whole', isChoice: true },
  { name: 'Checkout Started', about: 'products', cart: 'whole', isChoice: true },
  { name: 'Checkout Step Viewed', about: 'products', isChoice: true },
  { name: 'Checkout Step Completed', about: 'products', isChoice: true },
  { name: 'Payment Info Entered', about: 'products', isChoice: true },
  {
    name: 'Order Completed',
    about: 'products',
    interaction: 'bought',
    cart: 'empty',
    order: 'completed',
    isChoice: true,
  },
  { name: 'Order Updated', about: 'products', order: 'updated', isChoice: true },
  // How much was given back is told or unknown: shops list all products here, or those returned.
  { name: 'Order Refunded', about: 'products', order: 'refunded' },
  { name: 'Order Cancelled', about: 'products', order: 'cancelled' },
  { name: 'Coupon Entered', about: 'nothing' },
  { name: 'Coupon Applied', about: 'nothing' },
  { name: 'Coupon Denied', about: 'nothing' },
  { name: 'Coupon Removed', about: 'nothing' },
  {
    name: 'Product Added to Wishlist',
    about: 'product',
    interaction: 'favourited',
    isChoice: true,
  },
  { name: 'Product Removed from Wishlist', about: 'product' },
  {
    name: 'Wishlist Product Added to Cart',
    about: 'product',
    interaction: 'added',
    cart: 'add',
    isChoice: true,
  },
  { name: 'Product Shared', about: 'product', isRemark: true },
  { name: 'Cart Shared', about: 'products' },
  { name: 'Product Reviewed', about: 'product', isRemark: true },
  { name: CART_UPDATED, about: 'products', cart: 'whole', isChoice: true },
  // Facts from the page's JSON-LD: nobody did anything.
  { name: PRODUCT_OBSERVED, about: 'product' },
]

const BY_NAME = new Map(SEGMENT.map((meaning) => [meaning.name, meaning]))

/** What a canonical name means; `undefined` for one that is none of e-commerce's. */
export function meaningOf(name: string): Meaning | undefined {
  return BY_NAME.get(name)
}

/** What every canonical name of e-commerce means. */
export const COMMERCE_MEANINGS: readonly Meaning[] = SEGMENT

/** Every canonical name of e-commerce. */
export const COMMERCE_NAMES: readonly string[] = SEGMENT.map(({ name }) => name)
