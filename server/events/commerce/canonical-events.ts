import type { EventType } from '#protocol/names.ts'
import {
  completedBy,
  recordsIn,
  underProductKeys,
  withEventKeys,
  withProductKeys,
  withPromotionKeys,
} from './canonical-keys.ts'
import { spellingOf, type Spelling } from './event-names.ts'
import { meaningOf, type Subject } from './meanings.ts'
import { identityOf } from './product.ts'
import { amountOf, isMissing, isRecord, type Properties } from './scalars.ts'

/** What is read of an event. */
export interface SentEvent {
  readonly type: EventType
  readonly name: string | null
  readonly properties: Properties | null
}

export interface CanonicalEvent {
  readonly name: string | null
  /** As the shop called it, where that is another name. */
  readonly sentName?: string
  readonly properties: Properties | null
  /**
   * Of the second and later events of one that was sent: appended to the sent id it makes theirs, the same each time
   * the event is sent again.
   */
  readonly idSuffix?: string
  /** On the first event: how many of a list's items were beyond the limit and are not kept. */
  readonly itemsDropped?: number
}

/** GA4's own limit. */
export const MAX_ITEMS = 200

/** Of a GA4 event with several items, what holds for each of them. */
const SHARED_KEYS = ['currency', 'coupon', 'affiliation', 'list_id', 'item_list_name', 'cart_id']
const MAX_SHARED_CHARS = 200

/**
 * An event under its canonical name, with the canonical keys added to what was sent. An event that is none of
 * e-commerce's comes back as it is. A GA4 event about a product becomes one per item: the first keeps what was sent,
 * the others hold their own item. Applied to its own outcome it changes nothing.
 */
export function canonicalEvents(event: SentEvent): readonly CanonicalEvent[] {
  const { type, name, properties } = event
  const spelling = type === 'track' && name !== null ? spellingOf(name) : undefined
  if (spelling === undefined) return [{ name, properties }]
  const named =
    name === null || name === spelling.name
      ? { name: spelling.name }
      : { name: spelling.name, sentName: name }
  if (properties === null) return [{ ...named, properties }]
  const { kept, itemsDropped } = withinLimit(properties)
  const said = itemsDropped > 0 ? { ...named, itemsDropped } : named
  const subject = meaningOf(spelling.name)?.about ?? 'nothing'
  const items = spelling.vocabulary === 'ga4' ? recordsIn(kept['items']) : []
  if (subject === 'product' && items.length > 0) {
    return eventsOfItems(kept, items).map((each, i) => ({ ...(i === 0 ? said : named), ...each }))
  }
  const known = withKeysOf(subject, spelling, kept)
  // Most are: in one literal, since spreads cost more than all of the above.
  return said === named && name === spelling.name
    ? [{ name: spelling.name, properties: known }]
    : [{ ...said, properties: known }]
}

function withKeysOf(
  subject: Subject,
  { name, vocabulary }: Spelling,
  sent: Properties,
): Properties {
  const properties = withEventKeys(sent)
  if (subject === 'product') return withProductKeys(properties)
  if (subject === 'promotion') return withPromotion(properties)
  if (subject !== 'products') return properties
  const { value, revenue } = properties
  // GA4's value is Segment's revenue: products without shipping and tax.
  const isOrder = vocabulary === 'ga4' && meaningOf(name)?.order !== undefined
  const told = isOrder && isMissing(revenue) && !isMissing(value) ? { revenue: value } : {}
  return withProducts(completedBy(properties, told))
}

/** GA4 tells of a promotion beside its items or in them. */
function withPromotion(properties: Properties): Properties {
  const { promotion_id, promotion_name, creative_name, creative_slot } =
    recordsIn(properties['items'])[0] ?? {}
  const told = { promotion_id, promotion_name, creative_name, creative_slot }
  return withProducts(withPromotionKeys(completedBy(properties, told)))
}

function withProducts(properties: Properties): Properties {
  const { products } = properties
  if (Array.isArray(products)) {
    const named = products.map((product: unknown) =>
      isRecord(product) ? withProductKeys(product) : product,
    )
    const isSame = named.every((product, i) => product === products[i])
    return isSame ? properties : { ...properties, products: named }
  }
  if (!Array.isArray(properties['items'])) return properties
  const items = recordsIn(properties['items'])
  const listId = items.find((item) => !isMissing(item['item_list_id']))?.['item_list_id']
  return completedBy(properties, { products: items.map(underProductKeys), list_id: listId })
}

/** An event of each item that says which product it is; of none, one event. */
function eventsOfItems(
  sent: Properties,
  items: readonly Properties[],
): readonly Pick<CanonicalEvent, 'properties' | 'idSuffix'>[] {
  const identified = items.map(underProductKeys).filter((item) => identityOf(item) !== undefined)
  const [first = {}, ...others] = identified
  const properties = withProductKeys(withEventKeys(completedBy(sent, first)))
  if (others.length === 0) return [{ properties }]
  const values = valuesOf(identified, sent['value'])
  const shared = sharedOf(properties)
  return [
    { properties: withValue(properties, values[0]) },
    ...others.map((item, i) => ({
      properties: withValue(withEventKeys(completedBy(item, shared)), values[i + 1]),
      // The first keeps the sent id; so the second is number 2.
      idSuffix: `#${i + 2}`,
    })),
  ]
}

/** Each item's part of the value of all: its own price where all have one, else all of it falls to the first. */
function valuesOf(items: readonly Properties[], value: unknown): readonly unknown[] {
  const own = items.map(({ price, quantity }) => {
    const amount = amountOf(price)
    // To the millionth, for 3 × 1.1 is 3.3000000000000003.
    return amount === undefined
      ? undefined
      : Math.round(amount * (amountOf(quantity) ?? 1) * 1e6) / 1e6
  })
  if (!own.includes(undefined)) return own
  // Nothing at all would have the others valued by their own prices, on top of the whole.
  return isMissing(value) ? [] : items.map((_, i) => (i === 0 ? value : 0))
}

function withValue(properties: Properties, value: unknown): Properties {
  const { value: _ofAll, ...rest } = properties
  return value === undefined ? rest : { ...rest, value }
}

/** Scalars only, and short ones, for they are repeated with every item. */
function sharedOf(properties: Properties): Properties {
  const pairs = SHARED_KEYS.map((key) => [key, properties[key]] as const)
  return Object.fromEntries(
    pairs.filter(
      ([, value]) =>
        typeof value === 'number' ||
        (typeof value === 'string' && value.length <= MAX_SHARED_CHARS),
    ),
  )
}

function withinLimit(properties: Properties): { kept: Properties; itemsDropped: number } {
  let kept = properties
  let itemsDropped = 0
  for (const key of ['items', 'products'] as const) {
    const list = properties[key]
    if (!Array.isArray(list) || list.length <= MAX_ITEMS) continue
    kept = { ...kept, [key]: list.slice(0, MAX_ITEMS) }
    itemsDropped = Math.max(itemsDropped, list.length - MAX_ITEMS)
  }
  return { kept, itemsDropped }
}
