import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { EVENTS_PATH } from '#protocol/names.ts'
import { startServer, type TestServer } from '../../support/server.ts'

let open: TestServer
let listed: TestServer
beforeAll(async () => {
  open = await startServer()
  listed = await startServer()
  await listed.account.addOrigin(listed.shop.id, 'https://shop.example')
  await listed.account.addOrigin(listed.shop.id, 'https://*.shop.example')
})
afterAll(async () => {
  await open.stop()
  await listed.stop()
})

function send(server: TestServer, origin: string | undefined, key = server.key): Promise<Response> {
  const body = {
    key,
    sentAt: 1,
    visitor: null,
    session: null,
    consent: null,
    context: {},
    events: [],
  }
  return fetch(`${server.url}${EVENTS_PATH}`, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': 'text/plain', ...(origin !== undefined && { origin }) },
  })
}

const corsOf = ({ headers }: Response) => ({
  origin: headers.get('access-control-allow-origin'),
  credentials: headers.get('access-control-allow-credentials'),
  varies: headers.get('vary'),
})

describe('a shop that lists no origin', () => {
  it.each(['https://anything.example', 'null', undefined])(
    'takes events from %s',
    async (origin) => {
      const reply = await send(open, origin)

      expect(reply.status).toBe(200)
      expect(corsOf(reply)).toEqual({ origin: '*', credentials: null, varies: 'Origin' })
    },
  )
})

describe('a shop that lists origins', () => {
  it.each(['https://shop.example', 'https://www.shop.example'])(
    'lets %s in, by its name and with credentials',
    async (origin) => {
      const reply = await send(listed, origin)

      expect(reply.status).toBe(200)
      expect(corsOf(reply)).toEqual({ origin, credentials: 'true', varies: 'Origin' })
    },
  )

  it.each(['https://evil.example', 'https://shop.example.evil', 'http://shop.example', 'null'])(
    'refuses %s, readably and without credentials',
    async (origin) => {
      const reply = await send(listed, origin)

      expect(reply.status).toBe(403)
      expect(await reply.json()).toMatchObject({ error: { code: 'origin_not_allowed' } })
      expect(corsOf(reply)).toEqual({ origin: '*', credentials: null, varies: 'Origin' })
    },
  )

  it('lets its server in, which has no origin, and the server’s own examples', async () => {
    expect((await send(listed, undefined)).status).toBe(200)
    expect((await send(listed, listed.url)).status).toBe(200)
  })
})

describe('before the shop is known', () => {
  it('a refusal can be read by any page, so that the tag can stop', async () => {
    const reply = await send(listed, 'https://evil.example', `pub_${'x'.repeat(22)}`)

    expect(reply.status).toBe(401)
    expect(corsOf(reply)).toMatchObject({ origin: '*', credentials: null })
  })

  it('a preflight is answered, without credentials', async () => {
    const reply = await fetch(`${listed.url}${EVENTS_PATH}`, {
      method: 'OPTIONS',
      headers: { origin: 'https://shop.example', 'access-control-request-method': 'POST' },
    })

    expect(reply.status).toBe(204)
    expect(corsOf(reply)).toMatchObject({ origin: '*', credentials: null })
    expect(reply.headers.get('access-control-allow-methods')).toBe('POST')
    expect(reply.headers.get('access-control-allow-headers')).toBe('content-type')
  })
})

describe('a secret key', () => {
  const sendWith = (key: string, headers: Record<string, string>) =>
    fetch(`${open.url}${EVENTS_PATH}`, {
      method: 'POST',
      body: JSON.stringify({
        key,
        sentAt: 1,
        visitor: null,
        session: null,
        consent: null,
        context: {},
        events: [],
      }),
      headers,
    })

  it('opens the route from the header or the body, if it has the scope', async () => {
    const secret = await open.account.createSecretKey(open.shop.id, ['events:write'])
    const without = await open.account.createSecretKey(open.shop.id, [])

    const replies = await Promise.all([
      sendWith(open.key, { authorization: `Bearer ${secret}` }),
      sendWith(secret, {}),
      sendWith(open.key, { authorization: `Bearer ${without}` }),
      sendWith(open.key, { authorization: `Bearer sec_${'x'.repeat(43)}` }),
    ])

    expect(replies.map(({ status }) => status)).toEqual([200, 200, 403, 401])
  })
})

describe('a flood', () => {
  it('is held back by address, which nobody can make up, with the time to wait', async () => {
    const limits = { burst: 5, perSecond: 0.1 }
    const wide = { burst: 1e6, perSecond: 1e6 }
    const server = await startServer({
      limits: { address: limits, key: wide, visitor: wide, signIn: wide },
    })
    const replies: Response[] = []
    for (let i = 0; i < 8; i += 1) {
      replies.push(
        await fetch(`${server.url}${EVENTS_PATH}`, {
          method: 'POST',
          body: '{}',
          headers: { 'x-forwarded-for': `198.51.100.${i}`, 'x-real-ip': `198.51.100.${i}` },
        }),
      )
    }

    const held = replies.filter(({ status }) => status === 429)
    expect(held).toHaveLength(3)
    expect(Number(held[0]?.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(held[0]?.headers.get('access-control-allow-origin')).toBe('*')
    // Else the tag could not see how long.
    expect(held[0]?.headers.get('access-control-expose-headers')).toBe('Retry-After')
    await server.stop()
  })
})
