import { exponentOf } from '../../core/currencies.ts'
import type { Money } from '../../core/money.ts'
import { recordsIn, withProductKeys } from './canonical-keys.ts'
import type {
  CanonicalProduct,
  CartChange,
  Commerce,
  CommerceOrder,
  OrderStatus,
} from './commerce.ts'
import { meaningOf, type Meaning } from './meanings.ts'
import { currencyOf, identityOf, moneyOf, productOf } from './product.ts'
import { idOf, numberOf, textOf, type Properties } from './scalars.ts'
import { sumOf } from './sum-of.ts'

type Draft = { -readonly [Key in keyof Commerce]: Commerce[Key] }

const MAX_PRODUCTS = 200
const MAX_ID_CHARS = 200
/** An order's total, the most complete first. */
const TOTALS = ['total', 'revenue', 'value', 'subtotal'] as const
const AMOUNTS = ['revenue', 'subtotal', 'shipping', 'tax', 'discount'] as const

/**
 * What an event that `canonicalEvents` gave says of products, cart and order; `undefined` where its name is none of
 * e-commerce's. Amounts are in the event's currency, a product's in its own, else in `shopCurrency`.
 */
export function commerceOf(
  name: string,
  properties: Properties | null,
  shopCurrency: string,
): Commerce | undefined {
  const meaning = meaningOf(name)
  if (meaning === undefined) return undefined
  const sent = properties ?? {}
  const named = currencyOf(sent, shopCurrency)
  const currency = named !== undefined && exponentOf(named) !== undefined ? named : undefined
  const products = productsOf(meaning, sent, currency)
  const commerce: Draft = { products }
  if (meaning.interaction !== undefined) commerce.interaction = meaning.interaction
  if (currency !== undefined) commerce.currency = currency
  const value = valueOf(meaning, sent, products, currency)
  if (value !== undefined) commerce.value = value
  const cart = cartOf(meaning, sent, products)
  if (cart !== undefined) commerce.cart = cart
  const orderId = idOf(sent['order_id'], MAX_ID_CHARS)
  if (orderId !== undefined) commerce.orderId = orderId
  if (orderId !== undefined && meaning.order !== undefined) {
    commerce.order = orderOf(orderId, meaning.order, sent, { total: value, currency })
  }
  return commerce
}

function productsOf(
  { about, isRemark }: Meaning,
  sent: Properties,
  currency: string | undefined,
): readonly CanonicalProduct[] {
  if (about === 'nothing') return []
  if (about === 'product' && identityOf(sent) !== undefined) {
    const single = productOf(sent, currency, isRemark ? {} : ownOf(sent))
    return single === undefined ? [] : [single]
  }
  return (
    recordsIn(sent['products'])
      .slice(0, MAX_PRODUCTS)
      // A line of none is how some carts write what was taken out.
      .filter(({ quantity }) => numberOf(quantity) !== 0)
      .map((product) => productOf(product, currency))
      .filter((product) => product !== undefined)
  )
}

/** Where GA4 sent an item, what stands beside it is about the event. */
function ownOf(sent: Properties): Properties {
  const productId = identityOf(sent)
  const items = recordsIn(sent['items'])
  const own = items.find((item) => identityOf(withProductKeys(item)) === productId)
  return own ?? sent
}

function valueOf(
  { order, isChoice }: Meaning,
  sent: Properties,
  products: readonly CanonicalProduct[],
  currency: string | undefined,
): Money | undefined {
  const keys = order === undefined ? (['value'] as const) : TOTALS
  for (const key of keys) {
    const told = moneyOf(sent[key], currency)
    if (told !== undefined) return told
  }
  return isChoice ? sumOf(products) : undefined
}

/** A whole cart is one that came with its list; a list whose products nobody can tell apart is not an empty cart. */
function cartOf(
  { cart }: Meaning,
  sent: Properties,
  products: readonly CanonicalProduct[],
): CartChange | undefined {
  if (cart === 'add' || cart === 'remove') return products.length > 0 ? cart : undefined
  if (cart !== 'whole') return cart
  if (products.length > 0) return 'whole'
  const lines = sent['products']
  const isEmpty =
    Array.isArray(lines) && recordsIn(lines).every(({ quantity }) => numberOf(quantity) === 0)
  return isEmpty && recordsIn(lines).length === lines.length ? 'empty' : undefined
}

function orderOf(
  orderId: string,
  status: OrderStatus,
  sent: Properties,
  { total, currency }: { total: Money | undefined; currency: string | undefined },
): CommerceOrder {
  const amounts = AMOUNTS.map((key) => [key, moneyOf(sent[key], currency)] as const)
  const coupon = textOf(sent['coupon'], MAX_ID_CHARS)
  const affiliation = textOf(sent['affiliation'], MAX_ID_CHARS)
  return {
    orderId,
    status,
    ...(status === 'refunded' && isOfItems(sent) && { isPartial: true }),
    ...(total !== undefined && { total }),
    ...Object.fromEntries(amounts.filter(([, amount]) => amount !== undefined)),
    ...(coupon !== undefined && { coupon }),
    ...(affiliation !== undefined && { affiliation }),
  }
}

/** GA4 names items only where not the whole order is given back; Segment wants all products, in `products`. */
function isOfItems({ items }: Properties): boolean {
  return recordsIn(items).length > 0
}
