import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import type { WireEvent } from '#protocol/events.ts'
import type { Database } from '#server/db/database.ts'
import { profilePart } from '#server/events/service.ts'
import { eachDatabase, rowsOf, type FreshDatabase } from '../../support/databases.ts'
import {
  batchOf,
  eventOf,
  newToken,
  newVisitor,
  NOW,
  startIngestion,
  storedEvents,
  type TestIngestion,
} from '../../support/ingestion.ts'
import { countsOf, profileOf, visitorsOf } from '../../support/stored-people.ts'

eachDatabase('orders that events tell of', (fresh) => {
  let database: FreshDatabase
  let db: Database
  let test: TestIngestion
  let visitor: Visitor

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
    visitor = newVisitor()
  })

  type Visitor = ReturnType<typeof newVisitor>
  const send = (who: Visitor, ...events: WireEvent[]) =>
    test.send(batchOf(events, { visitor: who }))
  const sendSecretly = (...events: WireEvent[]) =>
    test.send(batchOf(events, { visitor: null, session: null }), { isVerified: true })
  const orders = () =>
    rowsOf<{ order_id: string; total: number | null; currency: string | null; status: string }>(
      db,
      'SELECT order_id, total, currency, status FROM orders WHERE shop_id = $1 ORDER BY order_id',
      [test.shopId],
    )
  /** What counts of a profile's orders, of the first visitor unless a customer is named. */
  async function purchases(customerId?: number | null) {
    const [first] = await visitorsOf(db, test.shopId)
    const document =
      customerId === undefined
        ? await profileOf(db, 'visitor', first?.id)
        : await profileOf(db, 'customer', customerId)
    if (document === undefined) throw new Error('There is no profile')
    return { ...profilePart(document, null).purchases, events: countsOf(document) }
  }

  it('count once, however often the thank-you page is reloaded', async () => {
    const first = await send(visitor, ordered('A-1', 49.9))
    const reloaded = await send(visitor, ordered('A-1', 49.9), page())
    const together = await send(visitor, ordered('A-2', 1), ordered('A-2', 1))

    expect(first.results).toEqual([{ result: 'ok' }])
    expect(reloaded.results).toEqual([{ result: 'duplicate' }, { result: 'ok' }])
    expect(together.results).toEqual([{ result: 'ok' }, { result: 'duplicate' }])
    expect(await orders()).toMatchObject([
      { order_id: 'A-1', total: 4_990 },
      { order_id: 'A-2', total: 100 },
    ])
    const { orders: counted, events } = await purchases()
    expect(counted).toHaveLength(2)
    expect(events).toEqual({ 'Order Completed': 2, 'Page Viewed': 1 })
  })

  it('are one whether Segment’s words or GA4’s told of them', async () => {
    const ga4 = eventOf({
      name: 'purchase',
      properties: {
        transaction_id: 'A-1',
        value: 49.9,
        currency: 'EUR',
        items: [{ item_id: 's' }],
      },
    })
    const { results } = await send(visitor, ordered('A-1', 49.9), ga4)

    expect(results).toEqual([{ result: 'ok' }, { result: 'duplicate' }])
    expect(await storedEvents(db, test.shopId)).toHaveLength(1)
  })

  it('told by the shop’s own server take the place of a browser’s, and no browser’s takes theirs', async () => {
    await send(visitor, identify('42'), ordered('A-1', 0.01))
    const verified = await sendSecretly({ ...ordered('A-1', 49.9), userId: '42' })
    const late = await send(visitor, ordered('A-1', 0.02))

    expect(verified.results).toEqual([{ result: 'ok' }])
    expect(late.results).toEqual([{ result: 'duplicate' }])
    expect(await orders()).toMatchObject([{ order_id: 'A-1', total: 4_990 }])
    const [{ customerId } = { customerId: null }] = await visitorsOf(db, test.shopId)
    expect(await purchases(customerId)).toMatchObject({
      orders: [{ id: 'A-1', total: { amount: 4_990 }, isVerified: true }],
    })
  })

  it('stay cancelled or returned when that arrives before they do', async () => {
    await send(visitor, changed('Order Refunded', 'A-1', NOW))
    await send(visitor, ordered('A-1', 49.9, NOW - 1_000))

    expect(await orders()).toMatchObject([{ total: 4_990, status: 'returned' }])
    expect(await purchases()).toMatchObject({ orders: [] })
  })

  it('are cancelled by nobody else’s browser', async () => {
    await send(visitor, ordered('A-1', 49.9))
    await send(newVisitor(), changed('Order Cancelled', 'A-1'))
    await send({ ...visitor, token: newToken() }, changed('Order Refunded', 'A-1'))

    expect(await orders()).toMatchObject([{ status: 'new' }])
    await send(visitor, changed('Order Cancelled', 'A-1'))
    expect(await orders()).toMatchObject([{ status: 'cancelled' }])
  })

  it('are not cancelled by a browser before the shop’s own server has told of them', async () => {
    await send(newVisitor(), changed('Order Cancelled', 'A-1', NOW - 1_000))
    await sendSecretly({ ...ordered('A-1', 49.9), userId: '42' })

    expect(await orders()).toMatchObject([{ total: 4_990, status: 'new' }])
  })

  it('verified are cancelled by no browser at all', async () => {
    await send(visitor, identify('42'))
    await sendSecretly({ ...ordered('A-1', 49.9), userId: '42' })
    await send(visitor, changed('Order Cancelled', 'A-1'))

    const [{ customerId } = { customerId: null }] = await visitorsOf(db, test.shopId)
    expect(await orders()).toMatchObject([{ status: 'new' }])
    expect((await purchases(customerId)).orders).toHaveLength(1)
  })

  it('in several currencies are never added together', async () => {
    await send(
      visitor,
      ordered('A-1', 10, NOW, 'EUR'),
      ordered('A-2', 20, NOW, 'USD'),
      ordered('A-3', 3_000, NOW, 'CLP'),
    )

    const document = await profileOf(db, 'visitor', (await visitorsOf(db, test.shopId))[0]?.id)
    const { amounts } = document?.activity.events['Order Completed'] ?? {}
    expect(amounts).toMatchObject({ EUR: { sum: 1_000 }, USD: { sum: 2_000 }, CLP: { sum: 3_000 } })
    const { orders: counted } = await purchases()
    expect(counted.map(({ total }) => total.currency).toSorted()).toEqual(['CLP', 'EUR', 'USD'])
  })

  it('are not lost to who guessed the event’s id and sent it first', async () => {
    const real = { ...ordered('A-1', 49.9), id: 'order-A-1', userId: '42' }
    await send(visitor, { ...eventOf({ name: 'Nothing' }), id: 'order-A-1' })
    const first = await sendSecretly(real)
    const again = await sendSecretly(real)

    expect(first.results).toEqual([{ result: 'ok' }])
    expect(again.results).toEqual([{ result: 'duplicate' }])
    expect(await orders()).toMatchObject([{ order_id: 'A-1', total: 4_990 }])
    const stored = await storedEvents(db, test.shopId)
    expect(stored.map(({ name }) => name)).toEqual(['Nothing', 'Order Completed'])
  })
})

function ordered(orderId: string, total: number, at = NOW, currency = 'EUR'): WireEvent {
  const properties = { order_id: orderId, total, currency }
  return eventOf({ name: 'Order Completed', at, ageMs: NOW - at, properties })
}

function changed(name: string, orderId: string, at = NOW): WireEvent {
  return eventOf({ name, at, ageMs: NOW - at, properties: { order_id: orderId } })
}

function identify(userId: string): WireEvent {
  const { name: _none, ...event } = eventOf({ type: 'identify', userId })
  return event
}

function page(): WireEvent {
  const { name: _none, ...event } = eventOf({ type: 'page' })
  return event
}
