import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { WireEvent } from '#protocol/events.ts'
import type { Database } from '#server/db/database.ts'
import { eachDatabase, rowsOf, type FreshDatabase } from '../../support/databases.ts'
import {
  batchOf,
  DENIED,
  eventOf,
  GRANTED,
  newVisitor,
  NOW,
  startIngestion,
  type SenderOptions,
  type TestIngestion,
} from '../../support/ingestion.ts'
import { countsOf, customersOf, profileOf, visitorsOf } from '../../support/stored-people.ts'

eachDatabase('a profile', (fresh) => {
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

  async function onlyProfile() {
    const [visitor] = await visitorsOf(db, test.shopId)
    return profileOf(db, 'visitor', visitor?.id)
  }

  it('forgets the names, pages and products that are oldest when there are too many', async () => {
    const visitor = newVisitor()
    for (let from = 0; from < 600; from += 50) {
      const events = Array.from({ length: 50 }, (_, i) => eventNumber(from + i))
      await test.send(batchOf(events, { visitor }))
    }

    const { events, pages, products, occurrences } = (await onlyProfile())?.activity ?? {}
    expect(Object.keys(events ?? {})).toHaveLength(200)
    expect(Object.keys(pages ?? {})).toHaveLength(200)
    expect(Object.keys(products ?? {}).length).toBeLessThanOrEqual(500)
    expect(occurrences).toHaveLength(100)
    expect(events).toHaveProperty(['Ours 598'])
    expect(events).not.toHaveProperty(['Ours 1'])
  })

  it('counts what is called like a part of every object', async () => {
    const visitor = newVisitor()
    const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty']
    const views = names.map((product_id) => eventOf({ properties: { product_id } }))
    const ours = names.map((name) => eventOf({ name, properties: { kind: name } }))
    await test.send(batchOf(ours, { visitor }))
    await test.send(batchOf(views, { visitor }))

    const document = await onlyProfile()
    expect(new Map(Object.entries(countsOf(document)))).toEqual(
      new Map([...names.map((name) => [name, 1] as const), ['Product Viewed', 4]]),
    )
    expect(Object.keys(document?.activity.products ?? {}).toSorted()).toEqual(names.toSorted())
  })

  describe('is not there for', () => {
    const nobody: { who: string; options: SenderOptions; consent: typeof GRANTED | null }[] = [
      { who: 'a bot', options: { userAgent: 'Googlebot/2.1' }, consent: GRANTED },
      { who: 'who has not chosen', options: {}, consent: null },
      { who: 'who refused', options: {}, consent: DENIED },
      { who: 'who has not chosen, in mode off', options: { consentMode: 'off' }, consent: null },
    ]

    it.each(nobody)('$who', async ({ options, consent }) => {
      const { name: _none, ...identify } = eventOf({ type: 'identify', userId: '42' })
      const batch = batchOf([eventOf(), { ...identify, traits: { plan: 'gold' } }], { consent })
      await test.send(batch, options)

      expect(await visitorsOf(db, test.shopId)).toEqual([])
      expect(await customersOf(db, test.shopId)).toEqual([])
      expect(await profileCount()).toBe(0)
    })
  })

  it('learns nothing more once consent is withdrawn, and goes on when it is given again', async () => {
    const visitor = newVisitor()
    await test.send(batchOf([eventOf()], { visitor }))
    await test.send(batchOf([eventOf(), eventOf()], { visitor, consent: DENIED }))

    expect(countsOf(await onlyProfile())).toEqual({ 'Product Viewed': 1 })
    await test.send(batchOf([eventOf()], { visitor }))
    expect(countsOf(await onlyProfile())).toEqual({ 'Product Viewed': 2 })
  })

  it('knows the newest choice, and keeps it when the shop’s server, which tells of none, adds to it', async () => {
    const visitor = newVisitor()
    const narrower = { ...GRANTED, marketing: false }
    await test.send(batchOf([eventOf()], { visitor }))
    await test.send(batchOf([eventOf()], { visitor, consent: narrower }))
    await test.send(batchOf([eventOf()], { visitor, consent: null }), { isVerified: true })

    const [row] = await rowsOf<{ consent: unknown }>(
      db,
      'SELECT consent FROM visitor_profiles WHERE shop_id = $1',
      [test.shopId],
    )
    const consent = typeof row?.consent === 'string' ? JSON.parse(row.consent) : row?.consent
    expect(consent).toEqual(narrower)
  })

  async function profileCount(): Promise<number> {
    const rows = await rowsOf(
      db,
      `SELECT 1 FROM visitor_profiles WHERE shop_id = $1
        UNION ALL SELECT 1 FROM customer_profiles WHERE shop_id = $2`,
      [test.shopId, test.shopId],
    )
    return rows.length
  }
})

/** Every other is a page of its own; the rest have a name and a product of their own. */
function eventNumber(i: number): WireEvent {
  const at = 1_700_000_000_000 + i * 1_000
  const page = { url: `https://shop.example/p/${i}`, referrer: '', title: '' }
  const age = { at, ageMs: NOW - at, page }
  if (i % 2 === 0) return eventOf({ name: `Ours ${i}`, ...age })
  const { name: _none, ...viewed } = eventOf({ type: 'page', ...age })
  return viewed
}
