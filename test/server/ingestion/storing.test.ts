import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import type { Database } from '#server/db/database.ts'
import { createEvents } from '#server/events/service.ts'
import { eachDatabase, rowsOf, type FreshDatabase } from '../../support/databases.ts'
import {
  batchOf,
  eventOf,
  newVisitor,
  NOW,
  startIngestion,
  storedEvents,
  type TestIngestion,
} from '../../support/ingestion.ts'

eachDatabase('storing events', (fresh) => {
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

  it('answers each event in the order of the request, and keeps what was sent', async () => {
    const view = eventOf({ properties: { product_id: '7', price: 19.9, tags: ['a', 'ñ'] } })
    const nameless = { ...eventOf(), name: undefined }
    const page = eventOf({ type: 'page', name: undefined })
    const visitor = newVisitor()

    const answer = await test.send(batchOf([view, nameless, page], { visitor }))

    expect(answer).toMatchObject({
      results: [{ result: 'ok' }, { result: 'dropped', reason: 'invalid' }, { result: 'ok' }],
      decisions: { epoch: 0, active: [] },
      now: NOW,
    })
    const events = await storedEvents(db, test.shopId)
    expect(events).toHaveLength(2)
    expect(events[0]).toMatchObject({
      id: Buffer.from(view.id.replaceAll('-', ''), 'hex'),
      type: 'track',
      name: 'Product Viewed',
      at: NOW,
      client_seq: view.seq,
      url: 'https://shop.example/shoes',
      public_id: Buffer.from(visitor.id, 'base64url'),
    })
    const { properties } = events[0] ?? {}
    const kept: unknown = typeof properties === 'string' ? JSON.parse(properties) : properties
    expect(kept).toEqual(view.properties)
  })

  it('keeps an event whose page type nobody knows, without the type', async () => {
    const { page } = eventOf()

    const answer = await test.send(batchOf([{ ...eventOf(), page: { ...page, type: 'shelf' } }]))

    expect(answer).toMatchObject({ results: [{ result: 'ok' }] })
    expect(await storedEvents(db, test.shopId)).toMatchObject([{ page_type: null }])
  })

  it('tells of what was stored once it is stored, and of what was left out', async () => {
    await test.send(batchOf([eventOf(), eventOf(), { nonsense: true }]))

    expect(test.facts).toEqual({ stored: 2, leftOut: { invalid: 1 } })
    const events = createEvents({ db, now: () => NOW })
    expect(await events.storedToday(test.shopId)).toBe(2)
    expect(await events.leftOutToday(test.shopId)).toEqual({ invalid: 1 })
    expect(await events.newestEvents(test.shopId, 1)).toMatchObject([
      { type: 'track', device: 'phone', verified: false, visitor: expect.any(String) },
    ])
  })

  it('stores an event once, within a batch, between batches and at the same time', async () => {
    const twice = eventOf()
    const within = await test.send(batchOf([twice, twice]))
    const again = await test.send(batchOf([twice]))
    const racing = eventOf()
    const races = await Promise.all(Array.from({ length: 20 }, () => test.send(batchOf([racing]))))

    expect(within.results.map(({ result }) => result)).toEqual(['ok', 'duplicate'])
    expect(again.results).toEqual([{ result: 'duplicate' }])
    const won = races.filter(({ results }) => results[0]?.result === 'ok')
    expect(won).toHaveLength(1)
    expect(await storedEvents(db, test.shopId)).toHaveLength(2)
  })

  it('keeps foreign ids apart and knows them again', async () => {
    const [one, other] = [eventOf({ id: 'order-1' }), eventOf({ id: 'order-2' })]

    await test.send(batchOf([one, other]))
    const again = await test.send(batchOf([one]))

    expect(again.results).toEqual([{ result: 'duplicate' }])
    expect(await storedEvents(db, test.shopId)).toHaveLength(2)
  })

  it('lets two shops use the same event id', async () => {
    const event = eventOf()
    const neighbour = await startIngestion(db)

    await test.send(batchOf([event]))
    const answer = await neighbour.send(batchOf([event]))

    expect(answer.results).toEqual([{ result: 'ok' }])
    expect(await storedEvents(db, test.shopId)).toHaveLength(1)
    expect(await storedEvents(db, neighbour.shopId)).toHaveLength(1)
  })

  it('writes what arrives together in one commit, each answer its own', async () => {
    const batches = Array.from({ length: 64 }, () => batchOf([eventOf(), { id: 1 }]))

    const answers = await Promise.all(batches.map((batch) => test.send(batch)))

    for (const { results } of answers) {
      expect(results.map(({ result }) => result)).toEqual(['ok', 'dropped'])
    }
    expect(await storedEvents(db, test.shopId)).toHaveLength(64)
  })

  it('does not let a batch that can’t be written sink its neighbours', async () => {
    const gone = await startIngestion(db)
    await rowsOf(db, 'DELETE FROM shops WHERE id = $1', [gone.shopId])

    // Its visitor can't be made, for its shop is gone; both are committed together.
    const [orphan, neighbour] = await Promise.allSettled([
      test.ingestion.ingest(envelopeOf(), senderOf(gone.shopId)),
      test.ingestion.ingest(envelopeOf(), senderOf(test.shopId)),
    ])

    expect(orphan.status).toBe('rejected')
    expect(neighbour).toMatchObject({ value: { answer: { results: [{ result: 'ok' }] } } })
    expect(await storedEvents(db, test.shopId)).toHaveLength(1)
    expect(await storedEvents(db, gone.shopId)).toHaveLength(0)
  })

  it('keeps text that databases refuse, without what they refuse', async () => {
    const answer = await test.sendBody(
      JSON.stringify(batchOf([eventOf({ properties: { a: 'x\0y', b: '\ud83d', c: '👟' } })])),
    )

    expect(answer.answer.results).toEqual([{ result: 'ok' }])
    const [event] = await storedEvents(db, test.shopId)
    const { properties } = event ?? {}
    const kept: unknown = typeof properties === 'string' ? JSON.parse(properties) : properties
    expect(kept).toEqual({ a: 'xy', b: '\uFFFD', c: '👟' })
  })

  it.each([
    { what: 'NUL', query: '?utm_source=a%00b', kept: 'ab' },
    {
      what: 'a pair that the limit cuts in two',
      query: `?utm_source=${'a'.repeat(199)}%F0%9F%91%9F`,
      kept: `${'a'.repeat(199)}\uFFFD`,
    },
  ])('keeps where a visit came from when its address encodes $what', async ({ query, kept }) => {
    const page = { url: `https://shop.example/${query}`, referrer: '', title: '' }

    const { results } = await test.send(batchOf([eventOf({ page })]))

    expect(results).toEqual([{ result: 'ok' }])
    const [visitor] = await rowsOf<{ touch: unknown }>(
      db,
      'SELECT first_touch AS touch FROM visitors WHERE shop_id = $1',
      [test.shopId],
    )
    const touch: unknown =
      typeof visitor?.touch === 'string' ? JSON.parse(visitor.touch) : visitor?.touch
    expect(touch).toMatchObject({ source: kept })
  })

  it('takes private parts out of addresses', async () => {
    const page = {
      url: 'https://shop.example/?email=ana@example.com&color=red',
      referrer: 'https://shop.example/reset?token=abc',
      title: 'Hello ana@example.com',
    }

    await test.send(batchOf([eventOf({ page })]))

    expect(await storedEvents(db, test.shopId)).toMatchObject([
      {
        url: 'https://shop.example/?color=red',
        referrer: 'https://shop.example/reset',
        title: null,
      },
    ])
  })
})

function envelopeOf() {
  const { key: _, ...batch } = batchOf([eventOf()])
  return { ...batch, isSuspicious: false, bytes: 500 }
}

function senderOf(id: number) {
  const shop = { id, publicKey: 'pub_test', consentMode: 'full', currency: 'EUR' } as const
  return { shop, isVerified: true, userAgent: '', cookie: undefined, address: undefined }
}
