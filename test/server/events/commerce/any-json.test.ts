import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalEvents, MAX_ITEMS } from '#server/events/commerce/canonical-events.ts'
import type { Commerce } from '#server/events/commerce/commerce.ts'
import { commerceOf } from '#server/events/commerce/commerce-of.ts'

const RUNS = process.env.TEST_LONG === '1' ? 50_000 : 2_000

const NAMES = [
  ['Product Viewed', 'Product Added', 'Cart Viewed', 'Cart Updated', 'Order Completed'],
  ['Product Observed', 'Promotion Viewed', 'Order Refunded', 'Products Searched', 'Viewed Product'],
  ['view_item', 'add_to_cart', 'view_cart', 'purchase', 'refund', 'select_promotion', 'search'],
  ['view_item_list', 'begin_checkout', 'login', 'Newsletter Joined'],
].flat()

const KEYS = [
  ['product_id', 'productId', 'id', 'sku', 'name', 'brand', 'category', 'categories', 'variant'],
  ['price', 'quantity', 'currency', 'value', 'revenue', 'total', 'discount', 'order_id', 'orderId'],
  ['transaction_id', 'item_id', 'item_name', 'item_brand', 'item_category', 'item_category2'],
  ['item_variant', 'index', 'item_list_id', 'promotion_id', 'promotion_name', 'search_term'],
  ['coupon', 'url', 'image_url', '__proto__', 'constructor', 'toString', 'colour'],
].flat()

const scalar = fc.oneof(
  fc.constantFrom<unknown>('A1', 'B2', 'EUR', 'usd', 'JPY', '12.50', '1.234,50', '', null, 0, 1),
  fc.double(),
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.jsonValue({ maxDepth: 2 }),
)
const flat = fc
  .array(fc.tuple(fc.constantFrom(...KEYS), scalar), { maxLength: 12 })
  // As JSON gives them: `__proto__` is a key like others.
  .map((pairs) => Object.fromEntries(pairs) as Record<string, unknown>)
const list = fc.array(fc.oneof({ weight: 5, arbitrary: flat }, scalar), { maxLength: 8 })
const properties = fc
  .tuple(flat, fc.option(list), fc.option(list))
  .map(([own, items, products]): Record<string, unknown> => ({
    ...own,
    ...(items !== null && { items }),
    ...(products !== null && { products }),
  }))
const sentEvent = fc.record({
  type: fc.constant('track' as const),
  name: fc.constantFrom(...NAMES),
  properties: fc.oneof({ weight: 9, arbitrary: properties }, fc.constant(null)),
})

describe('whatever JSON is sent', () => {
  it('is read without a fault, within bounds', () => {
    fc.assert(
      fc.property(sentEvent, (event) => {
        const before = JSON.stringify(event)
        const events = canonicalEvents(event)

        expect(JSON.stringify(event)).toBe(before)
        expect(events.length).toBeGreaterThan(0)
        expect(events.length).toBeLessThanOrEqual(MAX_ITEMS)
        for (const each of events) expectSound(commerceOf(each.name ?? '', each.properties, 'EUR'))
      }),
      { numRuns: RUNS },
    )
  })

  it('is canonical once it is canonical', () => {
    fc.assert(
      fc.property(sentEvent, ({ type, ...event }) => {
        for (const { name, properties: canonical } of canonicalEvents({ type, ...event })) {
          const again = canonicalEvents({ type, name, properties: canonical })

          expect(again).toEqual([{ name, properties: canonical }])
        }
      }),
      { numRuns: RUNS },
    )
  })

  it('gives the same ids and events each time', () => {
    fc.assert(
      fc.property(sentEvent, (event) => {
        expect(canonicalEvents(structuredClone(event))).toEqual(canonicalEvents(event))
      }),
      { numRuns: RUNS / 10 },
    )
  })
})

function expectSound(commerce: Commerce | undefined): void {
  if (commerce === undefined) return
  expect(commerce.products.length).toBeLessThanOrEqual(MAX_ITEMS)
  // JSON turns NaN and Infinity into null and drops undefined: nothing of them may be there.
  expect(JSON.parse(JSON.stringify(commerce))).toEqual(commerce)
  for (const product of commerce.products) {
    expect(product.productId.length).toBeGreaterThan(0)
    expect(product.productId.length).toBeLessThanOrEqual(200)
    expect(product.quantity).toBeGreaterThan(0)
    expect(Object.keys(product.attributes).length).toBeLessThanOrEqual(20)
    for (const value of Object.values(product.attributes)) {
      expect(String(value).length).toBeLessThanOrEqual(200)
    }
  }
  const amounts = [
    commerce.value,
    commerce.order?.total,
    ...commerce.products.map((it) => it.price),
  ]
  for (const money of amounts.filter((it) => it !== undefined)) {
    expect(Number.isSafeInteger(money.amount)).toBe(true)
    expect(money.amount).toBeGreaterThanOrEqual(0)
  }
}
