import { once } from 'node:events'
import { connect as connectTcp } from 'node:net'
import { io, Manager, type Socket } from 'socket.io-client'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { CONSOLE_SESSION_PATH, EVENTS_PATH, LIVE_NAMESPACE, SOCKET_PATH } from '#protocol/names.ts'
import type { LiveCounts, LiveEvent, LiveStart } from '#protocol/sockets.ts'
import { startServer, type TestServer } from '../../support/server.ts'

const BROWSER =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36'

let server: TestServer
const sockets: Socket[] = []
beforeEach(async () => {
  server = await startServer()
})
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.disconnect()
  await server.stop()
})

async function signIn(): Promise<string> {
  const reply = await fetch(`${server.url}${CONSOLE_SESSION_PATH}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token: await server.account.createOneTimeLink(server.shop.id) }),
  })
  return reply.headers.get('set-cookie')?.split(';')[0] ?? ''
}

function watch(headers: Record<string, string>, namespace = LIVE_NAMESPACE, on = server): Socket {
  const socket = io(`${on.url}${namespace}`, {
    path: SOCKET_PATH,
    transports: ['websocket'],
    extraHeaders: headers,
    forceNew: true,
    reconnectionDelay: 50,
  })
  sockets.push(socket)
  return socket
}

function heard<T>(socket: Socket, name: string): Promise<T> {
  return new Promise((resolve) => socket.once(name, resolve))
}

async function send(name: string, userAgent = BROWSER): Promise<void> {
  const event = {
    id: crypto.randomUUID(),
    type: 'track',
    name,
    properties: { price: 1 },
    at: Date.now(),
    ageMs: 0,
    seq: 1,
    page: { url: 'https://shop.example/tea', referrer: '', title: '' },
  }
  await fetch(`${server.url}${EVENTS_PATH}`, {
    method: 'POST',
    headers: { 'user-agent': userAgent },
    body: JSON.stringify({
      key: server.key,
      sentAt: Date.now(),
      visitor: null,
      session: null,
      consent: null,
      context: {},
      events: [event],
    }),
  })
}

describe('the live view', () => {
  it('begins with what was stored, and goes on with what is', async () => {
    await send('Before')
    const socket = watch({ cookie: await signIn(), origin: server.url })
    const start = await heard<LiveStart>(socket, 'live:start')
    const [events, counts] = await Promise.all([
      heard<LiveEvent[]>(socket, 'live:events'),
      heard<LiveCounts>(socket, 'live:counts'),
      send('After'),
    ])

    expect(start).toMatchObject({
      shopName: 'My shop',
      events: [{ name: 'Before', url: 'https://shop.example/tea', properties: { price: 1 } }],
      counts: { storedToday: 1, onNow: 0 },
    })
    expect(events).toMatchObject([{ name: 'After' }])
    expect(counts.storedToday).toBe(2)
  })

  it('counts what was left out, by reason', async () => {
    const socket = watch({ cookie: await signIn(), origin: server.url })
    await heard(socket, 'live:start')

    const [counts] = await Promise.all([
      heard<LiveCounts>(socket, 'live:counts'),
      send('Crawled', 'Googlebot/2.1 (+http://www.google.com/bot.html)'),
    ])

    expect(counts).toMatchObject({ storedToday: 0, leftOut: { bot: 1 } })
  })

  it.each([
    { what: 'no cookie', cookie: '' },
    { what: 'a made-up cookie', cookie: `gp_console=${'x'.repeat(43)}` },
    { what: 'an empty cookie', cookie: 'gp_console=' },
  ])('is closed to who has $what', async ({ cookie }) => {
    const socket = watch({ cookie, origin: server.url })

    const error = await heard<Error>(socket, 'connect_error')

    expect(error.message).toBe('sign_in')
  })

  it.each(['https://evil.example', 'null', ''])(
    'is closed to pages of %s, whatever cookie they carry',
    async (origin) => {
      const socket = watch({ cookie: await signIn(), ...(origin !== '' && { origin }) })

      await heard(socket, 'connect_error')

      expect(socket.connected).toBe(false)
    },
  )

  it('has no long polling: that path is answered like any unknown one', async () => {
    const reply = await fetch(`${server.url}${SOCKET_PATH}/?EIO=4&transport=polling`)

    expect(reply.status).toBe(404)
    expect(reply.headers.get('x-content-type-options')).toBe('nosniff')
  })

  it('hangs up on who floods it', async () => {
    const socket = watch({ cookie: await signIn(), origin: server.url })
    await heard(socket, 'live:start')

    for (let i = 0; i < 50; i += 1) socket.emit('anything', i)

    expect(await heard(socket, 'disconnect')).toBe('transport close')
  })
})

describe('a socket without a session', () => {
  it.each(['/', '/console', '/anything'])('joins nothing at %s', async (namespace) => {
    const socket = watch({ origin: server.url }, namespace)

    await heard(socket, 'connect_error')

    expect(socket.connected).toBe(false)
  })

  it('is hung up on when it goes on asking', async () => {
    // Without the client's own manners, which leaves after the first refusal.
    const manager = new Manager(server.url, {
      path: SOCKET_PATH,
      transports: ['websocket'],
      extraHeaders: { origin: server.url, cookie: 'gp_console=x' },
      reconnection: false,
    })
    const closed = new Promise((resolve) => manager.once('close', resolve))
    manager.once('open', () => {
      // Each costs a look-up of the session.
      for (let i = 0; i < 50; i += 1) manager.engine.write(`0${LIVE_NAMESPACE},`)
    })

    expect(await closed).toBe('transport close')
  })

  it('can’t be opened over and over from one address', async () => {
    const wide = { burst: 1e6, perSecond: 1e6 }
    const address = { burst: 3, perSecond: 0.1 }
    const strict = await startServer({
      limits: { address, key: wide, visitor: wide, signIn: wide },
    })
    const said: string[] = []
    for (let i = 0; i < 6; i += 1) {
      const socket = watch({ origin: strict.url }, LIVE_NAMESPACE, strict)
      said.push((await heard<Error>(socket, 'connect_error')).message)
      socket.disconnect()
    }

    expect(said.filter((message) => message === 'sign_in')).toHaveLength(3)
    expect(said.slice(3)).not.toContain('sign_in')
    await strict.stop()
  })
})

describe('a server that stops', () => {
  it('tells its pages, so that they come back by themselves', async () => {
    const socket = watch({ cookie: await signIn(), origin: server.url })
    await heard(socket, 'live:start')

    const [, reason] = await Promise.all([
      heard(socket, 'server:restarting'),
      heard<string>(socket, 'disconnect'),
      server.stop(),
    ])

    expect(reason).toBe('transport close')
    expect(socket.active).toBe(true)
  })

  it('finishes what it has begun, and stores it', async () => {
    const port = Number(new URL(server.url).port)
    const body = JSON.stringify({
      key: server.key,
      sentAt: 1,
      visitor: null,
      session: null,
      consent: null,
      context: {},
      events: [],
    })
    const request = connectTcp(port, '127.0.0.1')
    let answer = ''
    request.on('data', (chunk) => {
      answer += chunk.toString()
    })
    request.write(
      `POST ${EVENTS_PATH} HTTP/1.1\r\nHost: x\r\nContent-Length: ${body.length}\r\n\r\n${body.slice(0, 10)}`,
    )
    await once(request, 'ready')
    // Answered only once the server has seen the request before it, on the same port.
    await fetch(`${server.url}/healthz`)

    const stopped = server.stop()
    request.write(body.slice(10))
    await Promise.all([once(request, 'close'), stopped])

    expect(answer).toMatch(/^HTTP\/1\.1 200/)
    await expect(fetch(`${server.url}/healthz`)).rejects.toThrow()
    server = await startServer()
  })
})
