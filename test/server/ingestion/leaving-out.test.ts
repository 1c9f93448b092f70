import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Consent } from '#protocol/events.ts'
import type { ConsentMode } from '#protocol/names.ts'
import type { Database } from '#server/db/database.ts'
import { freshSqlite, rowsOf, type FreshDatabase } from '../../support/databases.ts'
import {
  batchOf,
  BROWSER,
  DENIED,
  eventOf,
  GRANTED,
  NOW,
  startIngestion,
  storedEvents,
  type SenderOptions,
  type TestIngestion,
} from '../../support/ingestion.ts'

let database: FreshDatabase
let db: Database
let test: TestIngestion

beforeAll(async () => {
  database = await freshSqlite()
  db = await database.open()
})
afterAll(async () => {
  await db.close()
  await database.remove()
})
beforeEach(async () => {
  test = await startIngestion(db)
})

async function resultsOf(events: readonly unknown[], options?: SenderOptions) {
  const { results } = await test.send(batchOf(events), options)
  return results
}

describe('bots', () => {
  it.each([
    { who: 'a crawler', userAgent: 'Mozilla/5.0 (compatible; Googlebot/2.1)' },
    { who: 'a command line', userAgent: 'curl/8.5.0' },
    { who: 'nobody', userAgent: '' },
  ])('leaves out what $who sends, makes no visitor, and counts it', async ({ userAgent }) => {
    const results = await resultsOf([eventOf(), eventOf()], { userAgent })

    const bot = { result: 'dropped', reason: 'bot' }
    expect(results).toEqual([bot, bot])
    expect(await storedEvents(db, test.shopId)).toEqual([])
    expect(await rowsOf(db, 'SELECT 1 FROM visitors WHERE shop_id = $1', [test.shopId])).toEqual([])
    expect(test.facts.leftOut).toEqual({ bot: 2 })
  })

  it('takes a browser, and a server with a secret key, for none', async () => {
    expect(await resultsOf([eventOf()], { userAgent: BROWSER })).toEqual([{ result: 'ok' }])
    const options = { userAgent: 'node', isVerified: true }
    expect(await resultsOf([eventOf()], options)).toEqual([{ result: 'ok' }])
  })
})

describe('consent', () => {
  const stored = { result: 'ok' }
  const stripped = { result: 'ok', reason: 'stripped_visitor' }
  const dropped = { result: 'dropped', reason: 'no_consent' }

  it.each<{ mode: ConsentMode; consent: Consent | null; isVerified?: boolean; result: object }>([
    { mode: 'full', consent: null, result: stored },
    { mode: 'full', consent: GRANTED, result: stored },
    { mode: 'full', consent: DENIED, result: stripped },
    { mode: 'anonymous', consent: null, result: stripped },
    { mode: 'anonymous', consent: DENIED, result: stripped },
    { mode: 'anonymous', consent: GRANTED, result: stored },
    { mode: 'anonymous', consent: null, isVerified: true, result: stored },
    { mode: 'anonymous', consent: DENIED, isVerified: true, result: stripped },
    { mode: 'off', consent: null, result: dropped },
    { mode: 'off', consent: DENIED, result: dropped },
    { mode: 'off', consent: { ...GRANTED, statistics: false }, result: dropped },
    { mode: 'off', consent: { ...DENIED, statistics: true }, result: stored },
    { mode: 'off', consent: null, isVerified: true, result: stored },
  ])(
    'in mode $mode, with $consent, verified: $isVerified',
    async ({ mode, consent, isVerified = false, result }) => {
      const { results } = await test.send(batchOf([eventOf()], { consent }), {
        consentMode: mode,
        isVerified,
      })

      expect(results).toEqual([result])
      const events = await storedEvents(db, test.shopId)
      expect(events).toHaveLength(result === dropped ? 0 : 1)
      const withVisitor = events.filter(({ visitor_id: id, session_id: session }) => id ?? session)
      expect(withVisitor).toHaveLength(result === stored ? 1 : 0)
    },
  )

  it('keeps nothing that leads to somebody without consent', async () => {
    const events = [
      eventOf({ type: 'identify', userId: 'ana', traits: { email: 'ana@example.com' } }),
      eventOf({ userId: 'ana', groupId: 'the-gomez', traits: { email: 'ana@example.com' } }),
    ]
    const { results } = await test.send(batchOf(events, { consent: null, visitor: null }))

    expect(results).toEqual([{ result: 'dropped', reason: 'no_consent' }, { result: 'ok' }])
    expect(await storedEvents(db, test.shopId)).toMatchObject([
      { user_id: null, group_id: null, traits: null },
    ])
    expect(await rowsOf(db, 'SELECT 1 FROM visitors WHERE shop_id = $1', [test.shopId])).toEqual([])
  })
})

describe('events', () => {
  it.each(['', ' ', 'null', 'Undefined', '0', 'anonymous', '[object Object]', 'GUEST'])(
    'refuses %j as a user id, for it stands for nobody',
    async (userId) => {
      const results = await resultsOf([eventOf({ type: 'identify', userId }), eventOf()])

      expect(results).toMatchObject([
        { result: 'dropped', reason: 'bad_user_id' },
        { result: 'ok' },
      ])
    },
  )

  it.each([
    { what: 'a track without a name', event: { ...eventOf(), name: undefined } },
    { what: 'a name too long', event: eventOf({ name: 'n'.repeat(201) }) },
    { what: 'an alias of nobody', event: eventOf({ type: 'alias' }) },
    { what: 'a group without an id', event: eventOf({ type: 'group' }) },
    { what: 'a text', event: 'event' },
    { what: 'a list', event: [] },
    { what: 'null', event: null },
    {
      what: 'a name that poses as a text',
      event: { ...eventOf(), name: { length: { toString: 1 } } },
    },
    { what: 'deep nesting', event: eventOf({ properties: nested(40) }) },
    { what: 'a text too long', event: eventOf({ properties: { text: 'x'.repeat(8_193) } }) },
    { what: 'a key too long', event: eventOf({ properties: { ['k'.repeat(65)]: 1 } }) },
    { what: 'too many keys', event: eventOf({ properties: keys(201) }) },
    { what: 'too long a list', event: eventOf({ properties: { list: Array(1_001).fill(0) } }) },
  ])('drops $what, with a reason, and keeps its neighbours', async ({ event }) => {
    const results = await resultsOf([eventOf(), event, eventOf()])

    expect(results).toMatchObject([
      { result: 'ok' },
      { result: 'dropped', reason: 'invalid', detail: expect.any(String) },
      { result: 'ok' },
    ])
  })

  it.each([
    { what: 'nesting', properties: nested(30) },
    { what: 'text', properties: { text: 'ñ'.repeat(8_192) } },
    { what: 'key', properties: { ['k'.repeat(64)]: 1 } },
    { what: 'keys', properties: keys(200) },
    { what: 'list', properties: { items: Array(1_000).fill(0) } },
  ])('keeps the largest allowed $what', async ({ properties }) => {
    expect(await resultsOf([eventOf({ properties })])).toEqual([{ result: 'ok' }])
  })

  it('drops an event of more than 32 kB alone', async () => {
    const texts = Array.from({ length: 5 }, () => 'x'.repeat(8_000))
    const results = await resultsOf([eventOf({ properties: { texts } }), eventOf()])

    expect(results).toMatchObject([{ result: 'dropped', reason: 'too_large' }, { result: 'ok' }])
  })

  it('drops keys that name prototypes, at any depth, however they are spelled', async () => {
    const poisoned = JSON.stringify(
      batchOf([eventOf({ properties: { kept: 1, here: 2 } })]),
    ).replace(
      '"here":2',
      '"__proto__":{"x":1},"a":[{"constructor":{"prototype":{"x":1}},"\\u005f_proto__":1,"b":2}]',
    )
    await test.sendBody(poisoned)

    const [event] = await storedEvents(db, test.shopId)
    expect(event?.properties).toBe('{"kept":1,"a":[{"b":2}]}')
    expect(({} as { x?: unknown }).x).toBeUndefined()
  })
})

describe('bodies', () => {
  it.each([
    { what: 'no JSON', body: '{', code: 'bad_request' },
    { what: 'nothing', body: '', code: 'bad_request' },
    { what: 'a list', body: '[]', code: 'bad_request' },
    {
      what: 'no key',
      body: JSON.stringify({ ...batchOf([]), key: undefined }),
      code: 'bad_request',
    },
    {
      what: 'a foreign visitor id',
      body: bodyWith({ visitor: { id: '1', token: '2' } }),
      code: 'bad_request',
    },
    { what: 'endless brackets', body: '['.repeat(60_000), code: 'bad_request' },
    { what: 'deep brackets', body: '['.repeat(9_000) + ']'.repeat(9_000), code: 'bad_request' },
    { what: '101 events', body: bodyWith({ events: Array(101).fill(null) }), code: 'too_large' },
  ])('refuses $what, and stores nothing', async ({ body, code }) => {
    await expect(test.sendBody(body)).rejects.toMatchObject({ code })
    expect(await storedEvents(db, test.shopId)).toEqual([])
  })

  it('takes a batch without events', async () => {
    expect(await resultsOf([])).toEqual([])
  })
})

describe('time', () => {
  const MINUTE = 60_000
  const HOUR = 60 * MINUTE
  const DAY = 24 * HOUR

  async function storedAt(at: number, ageMs: number, sentAt: number) {
    const { results } = await test.send(batchOf([eventOf({ at, ageMs })], { sentAt }))
    const [event] = await storedEvents(db, test.shopId)
    return { at: event?.at, reason: results[0]?.reason }
  }

  it.each([
    { what: 'a right clock', at: NOW - 5_000, ageMs: 5_000, sentAt: NOW, is: NOW - 5_000 },
    {
      what: 'a clock 20 s ahead',
      at: NOW + 20_000,
      ageMs: 0,
      sentAt: NOW + 20_000,
      is: NOW + 20_000,
    },
    {
      what: 'a clock an hour ahead',
      at: NOW + HOUR - 1_000,
      ageMs: 1_000,
      sentAt: NOW + HOUR,
      is: NOW - 1_000,
    },
    { what: 'a clock years behind', at: 1_000, ageMs: 0, sentAt: 1_000, is: NOW },
    {
      what: 'a clock set back since',
      at: NOW + HOUR,
      ageMs: MINUTE,
      sentAt: NOW,
      is: NOW - MINUTE,
    },
    {
      what: 'a clock set forward since',
      at: NOW - 2 * HOUR,
      ageMs: MINUTE,
      sentAt: NOW,
      is: NOW - MINUTE,
    },
    {
      what: 'an event kept offline',
      at: NOW - 3 * DAY,
      ageMs: 3 * DAY,
      sentAt: NOW,
      is: NOW - 3 * DAY,
    },
  ])('takes $what for what it is', async ({ at, ageMs, sentAt, is }) => {
    expect(await storedAt(at, ageMs, sentAt)).toEqual({ at: is })
  })

  it('clamps and flags what claims to lie over a day in the future', async () => {
    expect(await storedAt(NOW + 2 * DAY, 0, NOW)).toEqual({ at: NOW, reason: 'future_time' })
  })

  it('corrects by the least offset of the session', async () => {
    const { visitor, session } = batchOf([])
    const behind = NOW - HOUR
    await test.send(batchOf([eventOf({ at: behind })], { visitor, session, sentAt: behind }))
    test.clock.now += 10 * MINUTE
    // Ten minutes on its way: taken alone, it would seem to have happened now.
    await test.send(batchOf([eventOf({ at: behind })], { visitor, session, sentAt: behind }))

    const events = await storedEvents(db, test.shopId)
    expect(events.map(({ at }) => at)).toEqual([NOW, NOW])
  })
})

function nested(depth: number): Record<string, unknown> {
  return depth === 0 ? {} : { deeper: nested(depth - 1) }
}

function keys(count: number): Record<string, unknown> {
  return Object.fromEntries(Array.from({ length: count }, (_, i) => [`key${i}`, i]))
}

function bodyWith(changes: object): string {
  return JSON.stringify({ ...batchOf([]), ...changes })
}
