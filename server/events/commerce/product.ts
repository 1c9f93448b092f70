import { money, type Money } from '../../core/money.ts'
import { PROFILE_LIMITS, type Scalar } from '../profile-shape.ts'
import type { CanonicalProduct } from './commerce.ts'
import { amountOf, idOf, textOf, urlOf, type Properties } from './scalars.ts'

type Draft = { -readonly [Key in keyof CanonicalProduct]: CanonicalProduct[Key] }

const MAX_CATEGORIES = 10
const MAX_TEXT_CHARS = PROFILE_LIMITS.propertyChars
const MAX_QUANTITY = 1_000_000

/** Keys with a place of their own; every other scalar of a product is an attribute. */
const KNOWN_KEYS = new Set(
  (
    'product_id productId item_id id sku name item_name brand item_brand category item_category item_category2 ' +
    'item_category3 item_category4 item_category5 categories variant item_variant price quantity currency value ' +
    'coupon position index url image_url imageUrl list_id item_list_id item_list_name cart_id cartId order_id orderId ' +
    'transaction_id checkout_id checkoutId wishlist_id wishlist_name affiliation discount revenue total subtotal tax shipping'
  ).split(' '),
)

/** What names a product: its id, else its stock-keeping unit, else its name, as GA4 allows. */
export function identityOf({ product_id, sku, name }: Properties): string | undefined {
  return idOf(product_id, MAX_TEXT_CHARS) ?? idOf(sku, MAX_TEXT_CHARS) ?? idOf(name, MAX_TEXT_CHARS)
}

/**
 * The product that canonical keys tell of; `undefined` where nothing names it. Amounts without a currency are in
 * `currency`; its attributes are what else stands in `own`.
 */
export function productOf(
  properties: Properties,
  currency: string | undefined,
  own: Properties = properties,
): CanonicalProduct | undefined {
  const productId = identityOf(properties)
  if (productId === undefined) return undefined
  const product: Draft = {
    productId,
    categories: categoriesOf(properties),
    quantity: quantityOf(properties['quantity']),
    attributes: attributesOf(own),
  }
  const sku = idOf(properties['sku'], MAX_TEXT_CHARS)
  if (sku !== undefined) product.sku = sku
  const name = textOf(properties['name'], MAX_TEXT_CHARS)
  if (name !== undefined) product.name = name
  const brand = textOf(properties['brand'], MAX_TEXT_CHARS)
  if (brand !== undefined) product.brand = brand
  const variant = textOf(properties['variant'], MAX_TEXT_CHARS)
  if (variant !== undefined) product.variant = variant
  const price = moneyOf(properties['price'], currencyOf(properties, currency))
  if (price !== undefined) product.price = price
  const url = urlOf(properties['url'])
  if (url !== undefined) product.url = url
  const imageUrl = urlOf(properties['image_url'])
  if (imageUrl !== undefined) product.imageUrl = imageUrl
  return product
}

/**
 * The currency that properties name, else `fallback`. One that is named but unknown is none: to take the shop's for it
 * would add up what does not belong together.
 */
export function currencyOf(
  { currency }: Properties,
  fallback: string | undefined,
): string | undefined {
  if (currency === undefined || currency === null || currency === '') return fallback
  return typeof currency === 'string' ? currency.trim().toUpperCase() : undefined
}

/** An amount that was sent, never negative. */
export function moneyOf(sent: unknown, currency: string | undefined): Money | undefined {
  const amount = amountOf(sent)
  return amount === undefined || currency === undefined ? undefined : money(amount, currency)
}

/** At least something of it: who sends nothing, or nonsense, means one. */
function quantityOf(sent: unknown): number {
  const quantity = amountOf(sent) ?? 1
  return quantity > 0 && quantity <= MAX_QUANTITY ? quantity : 1
}

function categoriesOf({ categories, category }: Properties): readonly string[] {
  const sent: unknown = Array.isArray(categories) ? categories : category
  if (!Array.isArray(sent)) {
    const only = textOf(sent, MAX_TEXT_CHARS)
    return only === undefined ? [] : [only]
  }
  const texts = sent.slice(0, MAX_CATEGORIES).map((it: unknown) => textOf(it, MAX_TEXT_CHARS))
  return [...new Set(texts.filter((it) => it !== undefined))]
}

function attributesOf(properties: Properties): Readonly<Record<string, Scalar>> {
  const attributes: [string, Scalar][] = []
  for (const key of Object.keys(properties)) {
    if (KNOWN_KEYS.has(key) || key.length > MAX_TEXT_CHARS) continue
    const scalar = scalarOf(properties[key])
    if (scalar !== undefined) attributes.push([key, scalar])
    if (attributes.length >= PROFILE_LIMITS.properties) break
  }
  // Unlike assignment, this makes even `__proto__` a key like others.
  return attributes.length === 0 ? {} : Object.fromEntries(attributes)
}

function scalarOf(value: unknown): Scalar | undefined {
  if (typeof value === 'boolean') return value
  // JSON has a -0, which equals 0 and is stored as 0.
  if (typeof value === 'number') return Number.isFinite(value) ? value + 0 : undefined
  return textOf(value, MAX_TEXT_CHARS)
}
