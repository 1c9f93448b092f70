import { put } from '../profile/draft.ts'
import { isMissing, isRecord, type Properties } from './scalars.ts'

/** How else canonical keys are written: for each of them its aliases, the first one that is there counts. */
type Aliases = ReadonlyMap<string, { readonly key: string; readonly rank: number }>

/** GA4's, Segment's own in camel case (its libraries read both), and `id` of its first version. */
const OF_PRODUCT = aliasesOf({
  product_id: ['item_id', 'productId', 'id'],
  name: ['item_name'],
  brand: ['item_brand'],
  category: ['item_category'],
  variant: ['item_variant'],
  position: ['index'],
  image_url: ['imageUrl'],
  list_id: ['item_list_id'],
})

const OF_EVENT = aliasesOf({
  order_id: ['transaction_id', 'orderId'],
  checkout_id: ['checkoutId'],
  cart_id: ['cartId'],
  list_id: ['item_list_id'],
  query: ['search_term'],
  shipping_method: ['shipping_tier'],
  payment_method: ['payment_type'],
})

const OF_PROMOTION = aliasesOf({
  name: ['promotion_name'],
  creative: ['creative_name'],
  position: ['creative_slot'],
})

/** GA4's levels, the outermost first, which is their order as words too. */
const CATEGORY_LEVEL = /^item_category[2-5]?$/

/** An event's properties with the canonical keys that are missing; the same object where none is. */
export function withEventKeys(properties: Properties): Properties {
  return withKeys(properties, OF_EVENT)
}

/** The same for what tells of a promotion. */
export function withPromotionKeys(properties: Properties): Properties {
  return withKeys(properties, OF_PROMOTION)
}

/** The same for what tells of a product. */
export function withProductKeys(properties: Properties): Properties {
  const named = withKeys(properties, OF_PRODUCT)
  const levels = Object.keys(named).filter((key) => isLevel(key) && !isMissing(named[key]))
  if (levels.length === 0 || !isMissing(named['categories'])) return named
  const product = copyOf(named)
  product['categories'] = levels.toSorted().map((level) => named[level])
  return product
}

/** A product under its canonical keys alone: GA4's `item_id` becomes `product_id`; what is the shop's own stays. */
export function underProductKeys(item: Properties): Properties {
  const named = withProductKeys(item)
  const product: Record<string, unknown> = {}
  for (const key of Object.keys(named)) {
    if (!OF_PRODUCT.has(key) && !isLevel(key)) put(product, key, named[key])
  }
  return product
}

function isLevel(key: string): boolean {
  return key.startsWith('item_') && CATEGORY_LEVEL.test(key)
}

/** `properties`, and of `others` what is missing there. */
export function completedBy(properties: Properties, others: Properties): Properties {
  let completed: Record<string, unknown> | undefined
  for (const key of Object.keys(others)) {
    const value = others[key]
    const isThere = Object.hasOwn(properties, key) && !isMissing(properties[key])
    if (isThere || isMissing(value)) continue
    completed ??= copyOf(properties)
    put(completed, key, value)
  }
  return completed ?? properties
}

/** The objects among what was sent as a list. */
export function recordsIn(list: unknown): readonly Properties[] {
  return Array.isArray(list) ? list.filter(isRecord) : []
}

/** Goes by the keys that are there: looking for each that might be costs ten times as much. */
function withKeys(properties: Properties, aliases: Aliases): Properties {
  let found: Map<string, { rank: number; value: unknown }> | undefined
  for (const sent of Object.keys(properties)) {
    const alias = aliases.get(sent)
    if (alias === undefined) continue
    const { key, rank } = alias
    const value = properties[sent]
    if (isMissing(value) || !isMissing(properties[key])) continue
    found ??= new Map()
    const other = found.get(key)
    if (other === undefined || other.rank > rank) found.set(key, { rank, value })
  }
  if (found === undefined) return properties
  const named = copyOf(properties)
  for (const [key, { value }] of found) named[key] = value
  return named
}

function aliasesOf(keys: Readonly<Record<string, readonly string[]>>): Aliases {
  return new Map(
    Object.entries(keys).flatMap(([key, aliases]) =>
      aliases.map((alias, rank) => [alias, { key, rank }] as const),
    ),
  )
}

/** To be added to: V8 takes ten times as long to add keys to what a spread made. */
function copyOf(properties: Properties): Record<string, unknown> {
  const copy: Record<string, unknown> = {}
  for (const key of Object.keys(properties)) put(copy, key, properties[key])
  return copy
}
