import { COMMERCE_NAMES } from './meanings.ts'

/** The canonical name behind one that was sent. */
export interface Spelling {
  readonly name: string
  readonly vocabulary: 'segment' | 'ga4'
}

/**
 * Names that Segment made before version 2 of its specification, with the canonical one. Its documentation names them
 * as aliases, event by event.
 */
const OLDER: Readonly<Record<string, string>> = {
  'Searched Products': 'Products Searched',
  'Viewed Product Category': 'Product List Viewed',
  'Viewed Promotion': 'Promotion Viewed',
  'Clicked Promotion': 'Promotion Clicked',
  'Clicked Product': 'Product Clicked',
  'Viewed Product': 'Product Viewed',
  'Viewed Product Details': 'Product Viewed',
  'Added Product': 'Product Added',
  'Removed Product': 'Product Removed',
  'Viewed Cart': 'Cart Viewed',
  'Started Order': 'Checkout Started',
  'Order Started': 'Checkout Started',
  'Viewed Checkout Step': 'Checkout Step Viewed',
  'Completed Checkout Step': 'Checkout Step Completed',
  'Payment Info Added': 'Payment Info Entered',
  'Updated Order': 'Order Updated',
  'Completed Order': 'Order Completed',
  'Refunded Order': 'Order Refunded',
  'Cancelled Order': 'Order Cancelled',
}

/** GA4's names are exact. The last two have no e-commerce name; Segment's specification for services has one. */
const GA4: Readonly<Record<string, string>> = {
  view_item_list: 'Product List Viewed',
  select_item: 'Product Clicked',
  view_item: 'Product Viewed',
  add_to_wishlist: 'Product Added to Wishlist',
  add_to_cart: 'Product Added',
  remove_from_cart: 'Product Removed',
  view_cart: 'Cart Viewed',
  begin_checkout: 'Checkout Started',
  add_shipping_info: 'Checkout Step Completed',
  add_payment_info: 'Payment Info Entered',
  purchase: 'Order Completed',
  refund: 'Order Refunded',
  view_promotion: 'Promotion Viewed',
  select_promotion: 'Promotion Clicked',
  search: 'Products Searched',
  login: 'Signed In',
  sign_up: 'Signed Up',
}

const SPELLINGS = new Map<string, Spelling>([
  ...[...COMMERCE_NAMES.map((name) => [name, name] as const), ...Object.entries(OLDER)].flatMap(
    ([sent, name]) =>
      variantsOf(sent).map((variant) => [variant, { name, vocabulary: 'segment' }] as const),
  ),
  ...Object.entries(GA4).map(([sent, name]) => [sent, { name, vocabulary: 'ga4' }] as const),
])

/** The canonical name of an event of either vocabulary; `undefined` for all others. One look-up. */
export function spellingOf(sentName: string): Spelling | undefined {
  return SPELLINGS.get(sentName)
}

/** A canonical name and the others that shops call it by, in the case that their documentation writes them. */
export function usualSpellings(name: string): readonly string[] {
  const others = [...Object.entries(OLDER), ...Object.entries(GA4)]
  return [name, ...others.flatMap(([sent, canonical]) => (canonical === name ? [sent] : []))]
}

/** Segment's own destinations read a name in any case, its words parted by a space, an underscore or nothing. */
function variantsOf(name: string): readonly string[] {
  const words = name.split(' ')
  const lower = words.map((word) => word.toLowerCase())
  const upper = words.map((word) => word.toUpperCase())
  const camel = lower.map((word, i) =>
    i === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1),
  )
  const sentence = lower.map((word, i) =>
    i === 0 ? word.charAt(0).toUpperCase() + word.slice(1) : word,
  )
  return [words, lower, upper, camel, sentence].flatMap((spelt) =>
    [' ', '_', ''].map((between) => spelt.join(between)),
  )
}
