import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startServer } from '../../support/server.ts'
import { startCompatibleServer, type CompatibleServer } from './support/compatible-server.ts'

let server: CompatibleServer
beforeAll(async () => {
  server = await startCompatibleServer()
})
afterAll(() => server.stop())

let made = 0
/** An event that no other test sends. */
function eventOf(changes: object = {}) {
  made += 1
  const name = `Event ${made}`
  return { messageId: `message-${made}`, anonymousId: 'a-1', event: name, name, ...changes }
}

/** What is stored under the event's name. */
const storedOf = ({ event }: { event: string }) =>
  server.rows().filter(({ name }) => name === event)

const NAMES = ['track', 'page', 'screen', 'identify', 'group', 'alias']

describe('an event', () => {
  const paths = NAMES.flatMap((type) => [
    { path: `/v1/${type}`, type },
    { path: `/v1/${type}/`, type },
    { path: `/v1/${type.charAt(0)}`, type },
    { path: `/api/s/${type}`, type },
    { path: `/api/s/s2s/${type}`, type },
  ])

  it.each(paths)('is taken at $path as what the address says', async ({ path, type }) => {
    const before = server.rows().length

    const reply = await server.post(path, eventOf({ userId: 'u-1', groupId: 'g-1' }))

    expect(reply.status).toBe(200)
    expect(await reply.json()).toEqual({ success: true })
    const stored = server.rows().slice(before)
    expect(stored.map((row) => row.type)).toEqual([type === 'screen' ? 'page' : type])
  })

  it.each([
    '/v1/batch',
    '/v1/import',
    '/v1/b',
    '/v1/batch/b',
    '/batch',
    '/b',
    '/b/',
    '/beacon/v1/batch',
  ])('is taken at %s among others, as what it says itself', async (path) => {
    const before = server.rows().length
    const batch = NAMES.map((type) => eventOf({ type, userId: 'u-1', groupId: 'g-1' }))

    const reply = await server.post(path, { batch })

    expect(await reply.json()).toEqual({ success: true })
    const types = server
      .rows()
      .slice(before)
      .map(({ type }) => type)
    expect(types).toEqual(['track', 'page', 'page', 'identify', 'group', 'alias'])
  })
})

describe('a body', () => {
  const form = (text: string) => `data=${encodeURIComponent(text)}`
  const base64 = (text: string) => Buffer.from(text).toString('base64')

  it.each([
    { what: 'JSON under any name', of: (text: string) => text, type: 'image/png' },
    { what: 'JSON after a byte order mark', of: (text: string) => `\uFEFF${text}` },
    { what: 'gzip that no header tells of', of: (text: string) => gzipSync(text) },
    {
      what: 'gzip as RudderStack labels it',
      of: (text: string) => gzipSync(text),
      encoding: 'gzip',
    },
    { what: 'a form with JSON', of: form },
    { what: 'a form with base64', of: (text: string) => form(base64(text)) },
    { what: 'a form with bare base64', of: (text: string) => `data=${base64(text)}&ip=1` },
  ])('may be $what', async ({ of, type = 'text/plain', encoding }) => {
    const event = eventOf()
    const body = of(
      JSON.stringify({ ...event, writeKey: server.shop().key, properties: { a: 'ñ+ü &' } }),
    )

    const reply = await server.post('/v1/track', body, {
      headers: {
        'content-type': type,
        ...(encoding !== undefined && { 'content-encoding': encoding }),
      },
    })

    expect(reply.status).toBe(200)
    expect(storedOf(event)).toMatchObject([{ properties: { a: 'ñ+ü &' } }])
  })

  const huge = 'x'.repeat(600_000)
  it.each([
    { what: 'no JSON', body: '{' },
    { what: 'nothing', body: '' },
    { what: 'a list', body: '[]' },
    { what: 'neither batch nor event', body: '{"events":[]}', path: '/v1/batch' },
    { what: 'half of a gzip', body: gzipSync(huge).subarray(0, 100) },
    { what: 'longer than it may be', body: JSON.stringify({ huge }) },
    { what: 'longer than it may be, once inflated', body: gzipSync(JSON.stringify({ huge })) },
    { what: 'nested without end', body: '['.repeat(100_000) },
    { what: 'a form that is none', body: 'data=%zz' },
    { what: 'too many events', body: JSON.stringify({ batch: Array(2_501).fill({}) }) },
  ])('that is $what is refused with 400', async ({ body, path = '/v1/track' }) => {
    const reply = await server.post(path, body)

    expect(reply.status).toBe(400)
    expect(await reply.json()).toMatchObject({ error: { code: 'bad_request' } })
  })
})

describe('a key', () => {
  const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`

  it.each([
    {
      what: 'as a name without a password',
      of: (key: string) => ({ authorization: basic(`${key}:`) }),
    },
    { what: 'as a name without a colon', of: (key: string) => ({ authorization: basic(key) }) },
    { what: 'as a bearer’s', of: (key: string) => ({ authorization: `Bearer ${key}` }) },
    { what: 'in x-write-key', of: (key: string) => ({ 'x-write-key': key }) },
    {
      what: 'in x-write-key with a secret',
      of: (key: string) => ({ 'x-write-key': `${key}:abc` }),
    },
  ])('is taken $what', async ({ of }) => {
    const event = eventOf()

    const reply = await server.post('/v1/track', JSON.stringify(event), {
      headers: of(server.shop().key),
    })

    expect(reply.status).toBe(200)
    expect(storedOf(event)).toHaveLength(1)
  })

  it.each([
    { what: 'in the address', path: (key: string) => `/v1/batch?writeKey=${key}` },
    { what: 'in the body', body: (key: string) => ({ writeKey: key }) },
    { what: 'in the body, as others call it', body: (key: string) => ({ api_key: key }) },
    { what: 'in the first event', inEvent: (key: string) => ({ writeKey: key }) },
    { what: 'with half of it hidden', body: (key: string) => ({ writeKey: `${key}:***` }) },
  ])('is taken $what', async ({ path, body, inEvent }) => {
    const { key } = server.shop()
    const event = eventOf({ type: 'track', ...inEvent?.(key) })

    const text = JSON.stringify({ ...body?.(key), batch: [event] })
    const reply = await server.post(path?.(key) ?? '/v1/batch', text)

    expect(reply.status).toBe(200)
    expect(storedOf(event)).toHaveLength(1)
  })

  it.each([`pub_${'x'.repeat(22)}`, `sec_${'x'.repeat(43)}`, 'nonsense', 'k'.repeat(5_000)])(
    'that no shop has is refused with 401 (%s)',
    async (writeKey) => {
      const reply = await server.post('/v1/track', { ...eventOf(), writeKey })

      expect(reply.status).toBe(401)
    },
  )

  it('that is missing is refused with 400', async () => {
    expect((await server.post('/v1/track', JSON.stringify(eventOf()))).status).toBe(400)
  })

  it('that is secret makes events verified, if it is for events', async () => {
    const secret = await server.account.createSecretKey(server.shop().id, ['events:write'])
    const other = await server.account.createSecretKey(server.shop().id, [])
    const event = eventOf()

    const reply = await server.post('/v1/track', { ...event, writeKey: secret })
    const refused = await server.post('/v1/track', { ...eventOf(), writeKey: other })

    expect([reply.status, refused.status]).toEqual([200, 403])
    expect(storedOf(event)).toMatchObject([{ verified: true }])
  })

  it('that is secret is refused in an address, where others read it', async () => {
    const secret = await server.account.createSecretKey(server.shop().id, ['events:write'])
    const event = eventOf()
    const encoded = Buffer.from(JSON.stringify({ ...event, writeKey: secret })).toString('base64')

    const replies = await Promise.all([
      server.post(`/v1/track?writeKey=${secret}`, event),
      server.post(`/v1/track?writeKey=${server.shop().key}%3A${secret}`, event),
      server.get(`/v1/projects/${secret}/settings`),
      server.get(`/pixel/v1/track?data=${encodeURIComponent(encoded)}`),
    ])

    expect(replies.map(({ status }) => status)).toEqual([403, 403, 403, 403])
    expect(storedOf(event)).toEqual([])
  })
})

describe('a pixel', () => {
  const GIF = 'GIF89a'

  it('stores the event in its address and is an image', async () => {
    const event = eventOf({ properties: { letter: 7 } })
    const data = encodeURIComponent(Buffer.from(JSON.stringify(event)).toString('base64'))

    const reply = await server.get(`/pixel/v1/track?data=${data}&writeKey=${server.shop().key}`)

    expect(reply.status).toBe(200)
    expect(reply.headers.get('content-type')).toBe('image/gif')
    expect(reply.headers.get('cross-origin-resource-policy')).toBe('cross-origin')
    expect(Buffer.from(await reply.arrayBuffer()).toString('latin1')).toMatch(GIF)
    expect(storedOf(event)).toMatchObject([{ type: 'track', properties: { letter: 7 } }])
  })

  it('may say it in plain words too', async () => {
    const reply = await server.get(
      `/pixel/v1/page/?name=Letter&userId=u-9&writeKey=${server.shop().key}`,
    )

    expect(reply.status).toBe(200)
    expect(server.rows().at(-1)).toMatchObject({ type: 'page', name: 'Letter', userId: 'u-9' })
  })
})

describe('what clients ask before they send', () => {
  it.each([
    '/v1/projects/KEY/settings',
    '/v1/projects/projects/KEY/settings',
    '/projects/KEY/settings/',
  ])('is answered at %s: Segment’s client then sends to us, and to nobody else', async (path) => {
    const reply = await server.get(path.replace('KEY', server.shop().key))

    const settings = (await reply.json()) as { integrations: object }
    expect(settings.integrations).toEqual({
      'Segment.io': {
        apiKey: server.shop().key,
        apiHost: `${new URL(server.url).host}/v1`,
        protocol: 'http',
        unbundledIntegrations: [],
        addBundledMetadata: true,
      },
    })
    expect(settings).toMatchObject({ metrics: { sampleRate: 0 }, remotePlugins: [] })
  })

  it('is answered to RudderStack’s: a source that sends to nobody else', async () => {
    const authorization = `Basic ${Buffer.from(`${server.shop().key}:`).toString('base64')}`

    const reply = await server.get('/sourceConfig/?p=npm&v=3.34.1', { authorization })

    const { source } = (await reply.json()) as { source: object }
    expect(source).toMatchObject({ enabled: true, writeKey: server.shop().key, destinations: [] })
  })

  it('is refused for a key that no shop has', async () => {
    expect((await server.get('/v1/projects/nonsense/settings')).status).toBe(401)
    expect((await server.get('/sourceConfig/?writeKey=nonsense')).status).toBe(401)
  })

  it('is a figure about the client itself, which is taken from anyone and not kept', async () => {
    const before = server.rows().length

    const reply = await fetch(`${server.url}/v1/m`, { method: 'POST', body: '{"series":[]}' })

    expect(await reply.json()).toEqual({ success: true })
    expect(server.rows()).toHaveLength(before)
  })
})

describe('a page of another origin', () => {
  const origin = 'https://shop.example'
  const preflight = (path: string) =>
    fetch(`${server.url}${path}`, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'anonymousid,authorization,sentat,x-retry-count',
      },
    })

  it('may send the headers that its client chose', async () => {
    const reply = await preflight('/v1/track')

    expect(reply.status).toBe(204)
    expect(reply.headers.get('access-control-allow-origin')).toBe('*')
    expect(reply.headers.get('access-control-allow-headers')).toBe(
      'anonymousid,authorization,sentat,x-retry-count',
    )
    expect(reply.headers.get('access-control-max-age')).toBe('86400')
  })

  it('may not do so on the native route, where the tag needs none', async () => {
    const reply = await preflight('/v1/events')

    expect(reply.headers.get('access-control-allow-headers')).toBe('content-type')
  })

  it('is let in while the shop lists none, and then only if it is listed', async () => {
    const listing = await startCompatibleServer()
    const send = (from: string) =>
      listing.post('/v1/track', eventOf(), { headers: { origin: from } })

    const before = await send(origin)
    await listing.account.addOrigin(listing.shop().id, origin)
    const listed = await send(origin)
    const foreign = await send('https://evil.example')
    await listing.stop()

    expect([before.status, listed.status, foreign.status]).toEqual([200, 200, 403])
    expect(before.headers.get('access-control-allow-origin')).toBe('*')
    expect(before.headers.get('access-control-allow-credentials')).toBeNull()
    expect(listed.headers.get('access-control-allow-origin')).toBe(origin)
    expect(listed.headers.get('access-control-allow-credentials')).toBe('true')
    expect(foreign.headers.get('access-control-allow-credentials')).toBeNull()
  })
})

describe('a flood', () => {
  const wide = { burst: 1e6, perSecond: 1e6 }
  const limits = { address: { burst: 20, perSecond: 0.1 }, key: wide, visitor: wide, signIn: wide }
  const filler = 'x'.repeat(400_000)
  const batch = eventsOf(200, () => ({ anonymousId: 'a-1' }))
  const named = eventsOf(10, (i) => ({ userId: `u-${i}` }))

  it.each([
    { what: 'bytes', body: { batch: [], filler }, taken: 2 },
    { what: 'events', body: { batch }, taken: 2 },
    { what: 'people', body: { batch: named }, taken: 1 },
  ])('is told when to come back, earlier the more $what it sends at once', async (flood) => {
    const { body, taken } = flood
    const limited = await startServer({ limits })
    const text = JSON.stringify({ writeKey: limited.key, ...body })
    const replies: Response[] = []
    for (let i = 0; i < 5; i += 1) {
      replies.push(await fetch(`${limited.url}/v1/batch`, { method: 'POST', body: text }))
    }
    await limited.stop()

    expect(replies.filter(({ status }) => status === 200)).toHaveLength(taken)
    expect(replies.filter(({ status }) => status === 429)).toHaveLength(5 - taken)
    expect(Number(replies.at(-1)?.headers.get('retry-after'))).toBeGreaterThan(0)
  })

  it('is none where the shop’s own server, with a secret key, brings many events', async () => {
    const limited = await startServer({ limits })
    const writeKey = await limited.account.createSecretKey(limited.shop.id, ['events:write'])
    const text = JSON.stringify({ writeKey, batch })
    const statuses: number[] = []
    for (let i = 0; i < 5; i += 1) {
      const reply = await fetch(`${limited.url}/v1/batch`, { method: 'POST', body: text })
      statuses.push(reply.status)
    }
    await limited.stop()

    expect(statuses).toEqual([200, 200, 200, 200, 200])
  })
})

function eventsOf(length: number, person: (i: number) => object): object[] {
  return Array.from({ length }, (_, i) => ({ type: 'track', event: 'A', ...person(i) }))
}
