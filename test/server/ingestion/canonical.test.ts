import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import type { WireEvent } from '#protocol/events.ts'
import type { Database } from '#server/db/database.ts'
import { eachDatabase, type FreshDatabase } from '../../support/databases.ts'
import {
  batchOf,
  eventOf,
  newVisitor,
  startIngestion,
  storedEvents,
  type TestIngestion,
} from '../../support/ingestion.ts'

const ITEMS = [
  { item_id: 'shoe', item_name: 'Shoe', price: 10, quantity: 2 },
  { item_id: 'hat', item_brand: 'Acme', price: 5 },
  { item_id: 'sock', price: 1.1, quantity: 3 },
]

eachDatabase('a shop’s own words', (fresh) => {
  let database: FreshDatabase
  let db: Database
  let test: TestIngestion

  beforeAll(async () => {
    database = await fresh()
    db = await database.open()
  })
  afterAll(async () => {
    await db.close()
    await database.remove()
  })
  beforeEach(async () => {
    test = await startIngestion(db)
  })

  const send = (...events: WireEvent[]) => test.send(batchOf(events, { visitor: newVisitor() }))
  async function stored() {
    const rows = await storedEvents(db, test.shopId)
    return rows.map(({ id, name, properties }) => ({
      id: id.toString('hex'),
      name,
      properties: propertiesIn(properties),
    }))
  }

  it.each([
    ['view_item', 'Product Viewed'],
    ['Viewed Product', 'Product Viewed'],
    ['Product Viewed', 'Product Viewed'],
    ['add_to_cart', 'Product Added'],
    ['remove_from_cart', 'Product Removed'],
    ['view_cart', 'Cart Viewed'],
    ['begin_checkout', 'Checkout Started'],
    ['add_payment_info', 'Payment Info Entered'],
    ['purchase', 'Order Completed'],
    ['Completed Order', 'Order Completed'],
    ['refund', 'Order Refunded'],
    ['view_item_list', 'Product List Viewed'],
    ['select_item', 'Product Clicked'],
    ['view_promotion', 'Promotion Viewed'],
    ['search', 'Products Searched'],
    ['Our own', 'Our own'],
  ])('%s are kept as %s', async (sent, canonical) => {
    await send(eventOf({ name: sent, properties: { items: [ITEMS[0]] } }))

    expect(await stored()).toMatchObject([{ name: canonical }])
  })

  it('are kept as sent, beside the canonical ones', async () => {
    const properties = {
      transaction_id: 'A-1',
      value: 29.99,
      currency: 'EUR',
      items: [ITEMS[0]],
      ours: { deep: [1] },
    }
    await send(eventOf({ name: 'purchase', properties }))

    const [event] = await stored()
    expect(event?.properties).toMatchObject({
      ...properties,
      order_id: 'A-1',
      revenue: 29.99,
      products: [{ product_id: 'shoe', name: 'Shoe', price: 10, quantity: 2 }],
    })
  })

  it('about several items become an event each, and none again when they are sent again', async () => {
    const properties = { currency: 'EUR', value: 28.3, items: ITEMS }
    const event = eventOf({ name: 'add_to_cart', properties })
    const visitor = newVisitor()
    const first = await test.send(batchOf([event, eventOf({ name: 'Ours' })], { visitor }))
    const before = await stored()
    const again = await test.send(batchOf([event], { visitor }))

    expect(first.results).toEqual([{ result: 'ok' }, { result: 'ok' }])
    expect(again.results).toEqual([{ result: 'duplicate' }])
    expect(before.map(({ name }) => name)).toEqual([
      'Product Added',
      'Product Added',
      'Product Added',
      'Ours',
    ])
    expect(before.slice(0, 3)).toMatchObject([
      { properties: { product_id: 'shoe', value: 20, currency: 'EUR' } },
      { properties: { product_id: 'hat', brand: 'Acme', value: 5, currency: 'EUR' } },
      { properties: { product_id: 'sock', value: 3.3, currency: 'EUR' } },
    ])
    expect(before[0]?.id).toBe(event.id.replaceAll('-', ''))
    expect(await stored()).toEqual(before)
  })

  it('about several items get the same ids each time, wherever they are sent', async () => {
    const event = eventOf({ name: 'add_to_cart', properties: { items: ITEMS } })
    await send(event)
    const other = await startIngestion(db)
    await other.send(batchOf([event]))

    const ids = (await storedEvents(db, other.shopId)).map(({ id }) => id.toString('hex'))
    expect(ids).toEqual((await stored()).map(({ id }) => id))
    expect(new Set(ids).size).toBe(3)
  })
})

function propertiesIn(kept: unknown): Record<string, unknown> | null {
  return (typeof kept === 'string' ? JSON.parse(kept) : kept) as Record<string, unknown> | null
}
