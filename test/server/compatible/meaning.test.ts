import { createHash, randomUUID } from 'node:crypto'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { EVENTS_PATH } from '#protocol/names.ts'
import { batchOf, BROWSER, eventOf, NOW } from '../../support/ingestion.ts'
import { startCompatibleServer, type CompatibleServer } from './support/compatible-server.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const iso = (at: number) => new Date(at).toISOString()

let server: CompatibleServer
beforeAll(async () => {
  server = await startCompatibleServer()
  return () => server.stop()
})
beforeEach(() => server.openShop())

/** Sends one event and returns what is stored of it. */
async function store(path: string, event: Record<string, unknown>, init?: RequestInit) {
  const reply = await server.post(path, event, init)
  expect(reply.status).toBe(200)
  return server.rows().at(-1)
}

const track = (changes: object = {}) =>
  store('/v1/track', { anonymousId: 'a-1', event: 'Clicked', ...changes })

describe('the time of an event', () => {
  const HAPPENED = NOW - 5 * HOUR

  it.each([
    {
      what: 'as said, by a clock that is right',
      times: { timestamp: iso(HAPPENED), sentAt: iso(NOW) },
    },
    {
      what: 'put right, by a clock that is a day ahead',
      times: {
        timestamp: iso(HAPPENED + DAY),
        sentAt: iso(NOW + DAY),
      },
    },
    {
      what: 'put right, by a clock that is years behind',
      times: {
        timestamp: iso(HAPPENED - 3_000 * DAY),
        sentAt: iso(NOW - 3_000 * DAY),
      },
    },
    { what: 'as numbers', times: { timestamp: HAPPENED, sentAt: NOW } },
    { what: 'as seconds', times: { timestamp: HAPPENED / 1000, sentAt: NOW / 1000 } },
    { what: 'as digits', times: { timestamp: String(HAPPENED), sentAt: String(NOW) } },
    {
      what: 'with an offset',
      times: { timestamp: '2026-11-22T09:00:00.000+02:00', sentAt: iso(NOW) },
    },
    {
      what: 'with microseconds',
      times: { timestamp: '2026-11-22T07:00:00.000123Z', sentAt: iso(NOW) },
    },
    {
      what: 'without a zone, which is UTC',
      times: { timestamp: '2026-11-22 07:00:00', sentAt: iso(NOW) },
    },
    { what: 'as said, where nothing says when it was sent', times: { timestamp: iso(HAPPENED) } },
    {
      what: 'under RudderStack’s name',
      times: { originalTimestamp: iso(HAPPENED), sentAt: iso(NOW) },
    },
    {
      what: 'as the shop’s own code said, where the client adds its own',
      times: {
        timestamp: iso(HAPPENED),
        originalTimestamp: iso(NOW),
        sentAt: iso(NOW),
      },
    },
    {
      what: 'as said, where the sending makes no sense',
      times: { timestamp: HAPPENED, sentAt: 'soon' },
    },
  ])('is $what', async ({ times }) => {
    expect(await track(times)).toMatchObject({ at: HAPPENED })
  })

  it.each([
    { what: 'missing', times: {} },
    { what: 'no time', times: { timestamp: 'yesterday', sentAt: iso(NOW) } },
    { what: 'an object', times: { timestamp: { toString: 1 } } },
    { what: 'far in the future', times: { timestamp: iso(NOW + 2 * DAY), sentAt: iso(NOW) } },
  ])('is now where it is $what', async ({ times }) => {
    expect(await track(times)).toMatchObject({ at: NOW })
  })

  it('in the future is remarked on', async () => {
    await track({ timestamp: iso(NOW + 2 * DAY), sentAt: iso(NOW) })

    expect(server.leftOut()).toEqual({ future_time: 1 })
  })

  it('of sending may stand beside the batch, or in RudderStack’s header', async () => {
    const sentAt = iso(NOW + DAY)
    const event = { type: 'track', anonymousId: 'a-1', event: 'Clicked' }
    const said = { ...event, timestamp: iso(HAPPENED + DAY) }

    const first = await store('/v1/batch', { batch: [said], sentAt })
    const second = await store('/v1/track', said, { headers: { sentat: sentAt } })

    expect([first?.at, second?.at]).toEqual([HAPPENED, HAPPENED])
  })
})

describe('an id', () => {
  it('of a message makes it stored once, however often it comes, in a batch and after it', async () => {
    const event = { type: 'track', anonymousId: 'a-1', event: 'Clicked', messageId: 'm-1' }

    await store('/v1/batch', { batch: [event, event] })
    await store('/v1/track', event)

    expect(server.rows()).toHaveLength(1)
  })

  it('of a message may be missing: each event counts then', async () => {
    await track()
    await track()

    expect(server.rows()).toHaveLength(2)
  })

  it('of a person may be a number', async () => {
    expect(await track({ userId: 42 })).toMatchObject({ userId: '42' })
  })

  it.each(['null', 'undefined', '[object Object]', 'Guest', 0])(
    'of a person that stands for nobody is refused (%s)',
    async (userId) => {
      await server.post('/v1/identify', { anonymousId: 'a-1', userId })

      expect(server.rows()).toEqual([])
      expect(server.leftOut()).toEqual({ bad_user_id: 1 })
    },
  )

  it('of a browser that stands for nobody joins nobody', async () => {
    await server.post('/v1/track', { anonymousId: 'undefined', event: 'Clicked' })
    const row = await track({ anonymousId: 'null', userId: 'u-1' })
    const alone = await track({ anonymousId: undefined, userId: 'u-1' })

    expect(row?.visitorId).toBe(alone?.visitorId)
    expect(server.rows()).toHaveLength(2)
    expect(server.leftOut()).toEqual({ invalid: 1 })
  })
})

describe('a visitor', () => {
  it('is the same under the same anonymous id, and another under another', async () => {
    const batch = ['a-1', 'a-2', 'a-1', 'a-3', 'a-2'].map((anonymousId, i) => ({
      type: 'track',
      anonymousId,
      event: `Event ${i}`,
    }))
    await server.post('/v1/batch', { batch })
    await server.post('/v1/track', { anonymousId: 'a-3', event: 'Event 5' })

    const byName = new Map(server.rows().map(({ name, visitorId }) => [name, visitorId]))
    const [first, second, third] = ['Event 0', 'Event 1', 'Event 3'].map((it) => byName.get(it))
    expect(byName.get('Event 2')).toBe(first)
    expect(byName.get('Event 4')).toBe(second)
    expect(byName.get('Event 5')).toBe(third)
    expect(new Set([first, second, third]).size).toBe(3)
  })

  it('keeps the order of the request', async () => {
    const batch = Array.from({ length: 250 }, (_, i) => ({
      type: 'track',
      anonymousId: 'a-1',
      event: `Event ${i}`,
      // A part of the session changes now and then.
      context: { locale: i % 90 < 45 ? 'es' : 'de' },
    }))
    await server.post('/v1/batch', { batch })

    expect(server.rows().map(({ name }) => name)).toEqual(batch.map(({ event }) => event))
  })

  it('of a server is who it says, and the id stays on the event', async () => {
    const one = await track({ anonymousId: undefined, userId: 'u-1' })
    const two = await track({ anonymousId: '', userId: 'u-1' })

    expect(one?.visitorId).not.toBeNull()
    expect(two).toMatchObject({ visitorId: one?.visitorId, userId: 'u-1' })
  })

  it('that a page only claims to be is not the one that the shop’s own server means', async () => {
    const writeKey = await server.account.createSecretKey(server.shop().id, ['events:write'])
    await server.account.setIdentityRule(server.shop().id, 'required')
    const meant = { type: 'identify', userId: 'u-1', traits: { plan: 'gold' } }
    await server.post('/v1/batch', { batch: [meant], writeKey })
    const ordered = { event: 'Order Completed', properties: { order_id: 'x', total: 99_999 } }
    const claimed = await track({ anonymousId: undefined, userId: 'u-1', ...ordered })

    const [known] = server.rows()
    expect(known?.visitorId).not.toBeNull()
    expect(claimed?.visitorId).not.toBe(known?.visitorId)
    expect(server.customersOf(claimed?.visitorId ?? null)).toEqual([null])
  })

  it('without any id is none: the event is left out and counted, and others are not', async () => {
    const batch = [{ type: 'track', event: 'Clicked' }, { type: 'page', userId: 'u-1' }, 7, null]

    const reply = await server.post('/v1/batch', { batch })

    expect(reply.status).toBe(200)
    expect(server.rows()).toHaveLength(1)
    expect(server.leftOut()).toEqual({ invalid: 3 })
  })

  it('can be claimed by nobody through the native route, before or after', async () => {
    const guesses = (key: string) =>
      ['', 'user:', 'granplaza: the visitor of a compatible client\nuser:'].map((prefix) =>
        createHash('sha256').update(`${prefix}${key}`).digest().subarray(0, 16),
      )
    const claim = async () => {
      for (const guess of guesses('u-1')) {
        const visitor = { id: guess.toString('base64url'), token: 't'.repeat(43) }
        const batch = batchOf([eventOf()], { key: server.shop().key, visitor })
        await fetch(server.url + EVENTS_PATH, { method: 'POST', body: JSON.stringify(batch) })
      }
    }
    await claim()
    const claimed = server.rows().map(({ visitorId }) => visitorId)
    const known = await track({ anonymousId: undefined, userId: 'u-1' })
    await claim()

    expect(claimed).not.toContain(known?.visitorId)
    expect(server.rows().filter(({ visitorId }) => visitorId === known?.visitorId)).toHaveLength(1)
    // What makes it impossible: the tag's ids have 16 bytes.
    expect(server.visitorIds().filter((id) => id.length !== 16)).toHaveLength(1)
  })
})

describe('consent', () => {
  const send = async (mode: 'off' | 'anonymous' | 'full', writeKey?: string) => {
    await server.account.setConsentMode(server.shop().id, mode)
    const common = { anonymousId: 'a-1', userId: 'u-1' }
    const batch = [
      { ...common, type: 'track', event: 'Clicked' },
      { ...common, type: 'identify', traits: { email: 'ana@shop.example' } },
    ]
    await server.post('/v1/batch', { batch, ...(writeKey !== undefined && { writeKey }) })
    return server.rows().map(({ type, visitorId, userId }) => [type, visitorId !== null, userId])
  }

  it('that the shop asks for first: nothing is kept', async () => {
    expect(await send('off')).toEqual([])
    expect(server.leftOut()).toEqual({ no_consent: 2 })
    expect(server.visitorIds()).toEqual([])
  })

  it('that is not given: events are kept that lead to nobody', async () => {
    expect(await send('anonymous')).toEqual([['track', false, null]])
    expect(server.leftOut()).toEqual({ no_consent: 1, stripped_visitor: 1 })
    expect(server.visitorIds()).toEqual([])
  })

  it('that the shop need not ask for: all is kept', async () => {
    expect(await send('full')).toEqual([
      ['track', true, 'u-1'],
      ['identify', true, 'u-1'],
    ])
  })

  it('is the business of the shop’s own server, which has a secret key', async () => {
    const secret = await server.account.createSecretKey(server.shop().id, ['events:write'])

    expect(await send('off', secret)).toHaveLength(2)
  })
})

describe('a bot', () => {
  const BOT = 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)'

  it.each([
    { what: 'by its request', event: {}, userAgent: BOT },
    { what: 'by what its page says', event: { context: { userAgent: BOT } }, userAgent: BROWSER },
  ])('is left out, known $what', async ({ event, userAgent }) => {
    await server.post(
      '/v1/track',
      { anonymousId: 'a-1', event: 'Clicked', ...event },
      { headers: { 'user-agent': userAgent } },
    )

    expect(server.rows()).toEqual([])
    expect(server.leftOut()).toEqual({ bot: 1 })
  })

  it.each(['analytics-node-next/latest', 'axios/1.18.1', 'python-requests/2.32', 'curl/8.1'])(
    'is no server’s library (%s)',
    async (userAgent) => {
      const row = await track()
      await server.post(
        '/v1/track',
        { anonymousId: 'a-1', event: 'Clicked' },
        { headers: { 'user-agent': userAgent } },
      )

      expect(row).toBeDefined()
      expect(server.rows()).toHaveLength(2)
    },
  )
})

describe('what an event says', () => {
  const PAGE = {
    url: 'https://shop.example/lamps?email=ana@shop.example&utm_source=letter',
    path: '/lamps',
    search: '?email=ana@shop.example&utm_source=letter',
    referrer: 'https://mail.example/?token=abcdefghijklmnopqrstuvwxyz0123456789',
    title: 'Lamps',
  }

  it('is kept: name, properties, and the page without what is private', async () => {
    const row = await store('/v1/page', {
      anonymousId: 'a-1',
      name: 'Catalogue',
      category: 'Shop',
      properties: { ...PAGE, shelf: 3 },
    })

    expect(row).toMatchObject({
      type: 'page',
      name: 'Catalogue',
      url: 'https://shop.example/lamps?utm_source=letter',
      referrer: 'https://mail.example/',
      title: 'Lamps',
      properties: {
        category: 'Shop',
        shelf: 3,
        url: 'https://shop.example/lamps?utm_source=letter',
        search: '?utm_source=letter',
        path: '/lamps',
        title: 'Lamps',
      },
    })
    expect(JSON.stringify(row)).not.toContain('ana@')
  })

  it('comes from the page in its context where it is no page view', async () => {
    const row = await track({ context: { page: PAGE }, properties: { price: 9.5 } })

    expect(row).toMatchObject({
      url: 'https://shop.example/lamps?utm_source=letter',
      title: 'Lamps',
      properties: { price: 9.5 },
    })
  })

  it('of a campaign is put into the address, where attribution looks for it', async () => {
    const campaign = { name: 'spring', source: 'letter', medium: 'email', term: '' }
    const context = { campaign, page: { url: 'https://shop.example/lamps?utm_source=post' } }

    expect(await track({ context })).toMatchObject({
      url: 'https://shop.example/lamps?utm_source=post&utm_medium=email&utm_campaign=spring',
    })
  })

  it('holds for all events of a batch where it stands beside them', async () => {
    const context = { page: { url: 'https://shop.example/a', title: 'A' }, locale: 'es' }
    const event = { type: 'track', anonymousId: 'a-1', event: 'Clicked' }

    await store('/v1/batch', { context, batch: [event, { ...event, context: { page: {} } }] })

    expect(server.rows().map(({ url }) => url)).toEqual(['https://shop.example/a', ''])
  })

  it('of a person is joined from both places where clients put it', async () => {
    const row = await store('/v1/identify', {
      anonymousId: 'a-1',
      userId: 'u-1',
      traits: { plan: 'gold' },
      context: { traits: { plan: 'silver', email: 'ana@shop.example' } },
    })

    expect(row).toMatchObject({
      userId: 'u-1',
      traits: { plan: 'gold', email: 'ana@shop.example' },
    })
  })

  it('of an alias is who it was before', async () => {
    const row = await store('/v1/alias', { userId: 'u-1', previousId: 'a-1' })
    const before = await track()

    expect(row).toMatchObject({ userId: 'u-1', properties: { previousId: 'a-1' } })
    expect(row?.visitorId).toBe(before?.visitorId)
  })

  it('begins a session where the client knows of one', async () => {
    const context = { sessionId: NOW - HOUR, sessionStart: true, userAgent: BROWSER }

    const first = await track({ context })
    const second = await track({ context: { ...context, sessionStart: false } })
    const other = await track({ context: { ...context, sessionId: NOW } })

    expect(first).toMatchObject({ device: 'desktop' })
    expect(second?.sessionId).toBe(first?.sessionId)
    expect(other?.sessionId).not.toBe(first?.sessionId)
    expect(other?.sessionId).not.toBeNull()
  })

  it('may be odd: what is not understood costs the event nothing but itself', async () => {
    const row = await track({
      messageId: randomUUID(),
      properties: 'none',
      context: { page: 'home', screen: { width: 'wide' }, locale: 7, device: [], campaign: null },
      integrations: { All: true },
      _metadata: { bundled: ['Segment.io'] },
      traits: [],
    })

    expect(row).toMatchObject({ name: 'Clicked', url: '', properties: null })
  })

  it('beyond the bounds is left out, with its reason', async () => {
    const common = { type: 'track', anonymousId: 'a-1' }
    const batch = [
      { ...common, event: 'x'.repeat(201) },
      { ...common, event: '' },
      { ...common, event: 'Clicked', properties: { text: 'x'.repeat(8_193) } },
      {
        ...common,
        event: 'Clicked',
        properties: Object.fromEntries(
          Array(5)
            .fill(0)
            .map((_, i) => [i, 'x'.repeat(8_000)]),
        ),
      },
      { ...common, event: 'Clicked', messageId: 'x'.repeat(201) },
      { ...common, type: 'merge' },
    ]
    await server.post('/v1/batch', { batch })

    expect(server.rows()).toEqual([])
    expect(server.leftOut()).toEqual({ invalid: 5, too_large: 1 })
  })
})
