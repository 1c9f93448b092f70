import { describe, expect, it } from 'vitest'
import { canonicalEvents, MAX_ITEMS } from '#server/events/commerce/canonical-events.ts'
import { commerceOf } from '#server/events/commerce/commerce-of.ts'

const track = (name: string, properties: Record<string, unknown>) =>
  canonicalEvents({ type: 'track', name, properties })
const itemsOf = (count: number) => Array.from({ length: count }, (_, i) => ({ item_id: `${i}` }))
const lengthOf = (list: unknown) => (Array.isArray(list) ? list.length : undefined)

/** Both of Segment's specification, in its order. */
const SEGMENT = [
  ['Products Searched', 'Product List Viewed', 'Product List Filtered'],
  ['Promotion Viewed', 'Promotion Clicked'],
  ['Product Clicked', 'Product Viewed', 'Product Added', 'Product Removed', 'Cart Viewed'],
  ['Checkout Started', 'Checkout Step Viewed', 'Checkout Step Completed', 'Payment Info Entered'],
  ['Order Completed', 'Order Updated', 'Order Refunded', 'Order Cancelled'],
  ['Coupon Entered', 'Coupon Applied', 'Coupon Denied', 'Coupon Removed'],
  ['Product Added to Wishlist', 'Product Removed from Wishlist', 'Wishlist Product Added to Cart'],
  ['Product Shared', 'Cart Shared', 'Product Reviewed'],
].flat()

describe('the names of events', () => {
  it.each(SEGMENT)('keep Segment’s: %s', (name) => {
    expect(track(name, {})).toEqual([{ name, properties: {} }])
    expect(commerceOf(name, {}, 'EUR')).toBeDefined()
  })

  it.each([
    { sent: 'Order Completed', is: 'Order Completed' },
    { sent: 'order completed', is: 'Order Completed' },
    { sent: 'order_completed', is: 'Order Completed' },
    { sent: 'orderCompleted', is: 'Order Completed' },
    { sent: 'OrderCompleted', is: 'Order Completed' },
    { sent: 'ORDER_COMPLETED', is: 'Order Completed' },
    { sent: 'completed_order', is: 'Order Completed' },
    { sent: 'Viewed product category', is: 'Product List Viewed' },
    { sent: 'purchase', is: 'Order Completed' },
    { sent: 'Purchase', is: 'Purchase' },
    { sent: 'Order-Completed', is: 'Order-Completed' },
    { sent: 'My Order Completed', is: 'My Order Completed' },
    { sent: '__proto__', is: '__proto__' },
    { sent: 'constructor', is: 'constructor' },
  ])('read $sent as $is', ({ sent, is }) => {
    expect(track(sent, {})[0]?.name).toBe(is)
  })

  it('tell what the shop called it, where that differs', () => {
    expect(track('purchase', {})[0]?.sentName).toBe('purchase')
    expect(track('Order Completed', {})[0]).not.toHaveProperty('sentName')
  })

  it('mean nothing on what is not tracked', () => {
    const properties = { items: itemsOf(2) }
    const events = canonicalEvents({ type: 'page', name: 'purchase', properties })

    expect(events).toEqual([{ name: 'purchase', properties }])
  })
})

describe('an event of several items', () => {
  it('is one for each, whose ids follow from the first', () => {
    const events = track('add_to_cart', { items: itemsOf(3) })

    expect(events.map(({ properties }) => properties?.['product_id'])).toEqual(['0', '1', '2'])
    expect(events.map(({ idSuffix }) => idSuffix)).toEqual([undefined, '#2', '#3'])
    expect(events.every(({ sentName }) => sentName === 'add_to_cart')).toBe(true)
  })

  it('adds up to the value that was sent', () => {
    const items = [
      { item_id: 'A', price: 1.1, quantity: 3 },
      { item_id: 'B', price: 0.7 },
    ]
    const read = track('add_to_cart', { currency: 'EUR', value: 4, items }).map((event) =>
      commerceOf(event.name ?? '', event.properties, 'EUR'),
    )

    expect(read.map((it) => it?.value?.amount)).toEqual([330, 70])
  })

  it.each(['add_to_cart', 'view_cart', 'purchase'])('keeps 200, and says so: %s', (name) => {
    const events = track(name, { items: itemsOf(MAX_ITEMS + 50) })
    const [first] = events
    const read = events.map((it) => commerceOf(it.name ?? '', it.properties, 'EUR'))

    expect(first?.itemsDropped).toBe(50)
    expect(events.slice(1).some((event) => 'itemsDropped' in event)).toBe(false)
    expect(lengthOf(first?.properties?.['items'])).toBe(MAX_ITEMS)
    expect(read.flatMap((it) => it?.products ?? [])).toHaveLength(MAX_ITEMS)
  })

  it('repeats nothing long with every item', () => {
    const note = 'x'.repeat(8_000)
    const events = track('add_to_cart', { note, coupon: note, items: itemsOf(MAX_ITEMS) })

    expect(JSON.stringify(events.slice(1)).length).toBeLessThan(40_000)
  })

  it('stays one about a cart or an order', () => {
    expect(track('purchase', { transaction_id: 'T1', items: itemsOf(3) })).toHaveLength(1)
  })
})

describe('the properties', () => {
  it('are the very same object where nothing is to be added', () => {
    const properties = { product_id: 'P1', price: 5 }
    const own = { items: itemsOf(2) }

    expect(track('Product Viewed', properties)[0]?.properties).toBe(properties)
    expect(track('Newsletter Joined', own)[0]?.properties).toBe(own)
  })

  it('keep what was sent under a canonical key', () => {
    const [event] = track('Product Viewed', { product_id: 'P1', item_id: 'A1', id: 7 })

    expect(event?.properties).toEqual({ product_id: 'P1', item_id: 'A1', id: 7 })
  })

  it('are filled where a canonical key is empty', () => {
    const [event] = track('Product Viewed', { product_id: '', name: null, item_id: 'A1' })

    expect(event?.properties).toEqual({ product_id: 'A1', name: null, item_id: 'A1' })
  })

  it('may have a key named like a prototype', () => {
    const sent: unknown = JSON.parse(
      '{"items":[{"item_id":"A1","__proto__":{"price":1},"constructor":"c"}],"__proto__":{"x":1}}',
    )
    const [event] = track('view_item', sent as Record<string, unknown>)
    const read = commerceOf('Product Viewed', event?.properties ?? null, 'EUR')

    expect(Object.keys(event?.properties ?? {})).toContain('__proto__')
    expect(Object.getPrototypeOf(event?.properties)).toBe(Object.prototype)
    expect(read?.products[0]?.price).toBeUndefined()
    expect(read?.products[0]?.attributes).toEqual({ constructor: 'c' })
  })
})
