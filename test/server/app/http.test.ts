import { once } from 'node:events'
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { EVENTS_PATH } from '#protocol/names.ts'
import { startServer, type TestServer } from '../../support/server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.stop())

const ask = (path: string, init?: RequestInit) => fetch(`${server.url}${path}`, init)

function batch(key: string, filling = '') {
  const body = {
    key,
    sentAt: 1,
    visitor: null,
    session: null,
    consent: null,
    context: {},
    events: [],
  }
  return JSON.stringify({ ...body, filling })
}

const post = (body: string, headers: Record<string, string> = {}) =>
  ask(EVENTS_PATH, { method: 'POST', body, headers })

/** Bytes as a client without manners sends them; what came back until the server hung up. */
async function sendRaw(lines: string[]): Promise<string> {
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1')
  let answer = ''
  socket.on('data', (chunk) => {
    answer += chunk.toString()
  })
  // The server may hang up while we write: that is an answer too.
  socket.on('error', () => undefined)
  socket.write(lines.join('\r\n'))
  await once(socket, 'close')
  return answer
}

describe('every answer', () => {
  it.each([
    { what: 'health', path: '/healthz', status: 200 },
    { what: 'a page', path: '/demo/', status: 200 },
    { what: 'a redirect', path: '/examples/spa', status: 308 },
    { what: 'nothing there', path: '/nowhere', status: 404 },
    { what: 'a wrong method', path: '/healthz', method: 'DELETE', status: 405 },
    { what: 'a missing key', path: EVENTS_PATH, method: 'POST', status: 400 },
    { what: 'a preflight', path: EVENTS_PATH, method: 'OPTIONS', status: 204 },
    { what: 'a refused sign-in', path: '/api/v1/console-sessions', method: 'POST', status: 403 },
  ])('has the security headers: $what', async ({ path, method = 'GET', status }) => {
    const reply = await ask(path, { method, redirect: 'manual' })

    expect(reply.status).toBe(status)
    expect(reply.headers.get('x-content-type-options')).toBe('nosniff')
    expect(reply.headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
    expect(reply.headers.get('cross-origin-opener-policy')).toBe('same-origin')
    expect(reply.headers.get('cross-origin-resource-policy')).toMatch(/^(same|cross)-origin$/)
    expect(reply.headers.get('referrer-policy')).toBeTruthy()
    expect(reply.headers.get('strict-transport-security')).toBeNull()
  })

  it('insists on https where the public address has it', async () => {
    const secure = await startServer({ publicUrl: 'https://gp.shop.example' })

    const reply = await fetch(`${secure.url}/healthz`)

    expect(reply.headers.get('strict-transport-security')).toMatch(/max-age=\d{8}/)
    await secure.stop()
  })

  it('is well-formed even to a malformed address', async () => {
    const answer = await sendRaw(['GET /\\evil HTTP/1.1', 'Host: x', 'Connection: close', '', ''])

    expect(answer).toMatch(/^HTTP\/1\.1 400/)
    expect(answer).toContain('nosniff')
    expect(answer).toContain('"bad_request"')
  })
})

describe('an address', () => {
  it.each([
    '/examples/spa?next=//evil.example',
    '//evil.example/examples/spa',
    'http://evil.example/examples/spa',
    '/examples/spa/..//evil.example',
    '/%2f%2fevil.example/examples/spa',
    '/examples/spa%0d%0aX-Injected:%20yes',
    '/console/link?next=javascript:alert(1)',
    '//evil.example/console',
  ])('leads nobody elsewhere: %s', async (path) => {
    const answer = await sendRaw([
      `GET ${path} HTTP/1.1`,
      'Host: evil.example',
      'X-Forwarded-Host: evil.example',
      'Connection: close',
      '',
      '',
    ])

    expect(answer).toMatch(/^HTTP\/1\.1 (200|308|404)/)
    expect(answer).not.toMatch(/^x-injected/im)
    // A path of ours, or nothing: no host, and nothing that a browser takes for one.
    const [, location = '/'] = /^location: (.*)$/im.exec(answer) ?? []
    expect(location.trim()).toMatch(/^\/(?![/\\])/)
    expect(location).not.toContain('evil')
  })
})

describe('a body', () => {
  it('of just 64 KiB is read, of one byte more refused', async () => {
    const empty = batch(server.key).length
    const fits = await post(batch(server.key, 'x'.repeat(65_536 - empty)))
    const longer = await post(batch(server.key, 'x'.repeat(65_537 - empty)))

    expect(fits.status).not.toBe(413)
    expect(longer.status).toBe(413)
    expect(await longer.json()).toMatchObject({ error: { code: 'too_large', act: 'split' } })
  })

  it('is counted as it comes, when its length is not announced', async () => {
    const chunk = 'x'.repeat(0x8000)
    const answer = await sendRaw([
      `POST ${EVENTS_PATH} HTTP/1.1`,
      'Host: x',
      'Transfer-Encoding: chunked',
      'Connection: close',
      '',
      ...[1, 2, 3].flatMap(() => ['8000', chunk]),
      '0',
      '',
      '',
    ])

    expect(answer).toMatch(/^HTTP\/1\.1 413/)
  })

  it('may not be compressed', async () => {
    const reply = await post(batch(server.key), { 'content-encoding': 'gzip' })

    expect(reply.status).toBe(415)
    expect(await reply.json()).toMatchObject({ error: { code: 'unsupported_encoding' } })
  })

  it('that ends early harms nobody', async () => {
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1')
    socket.write(`POST ${EVENTS_PATH} HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{"key"`)
    await once(socket, 'ready')
    socket.destroy()
    await once(socket, 'close')

    expect((await ask('/healthz')).status).toBe(200)
  })
})

describe('an address outside of the build', () => {
  const FILES = ['etc/passwd', 'package.json', 'data/granplaza.db', 'server/main.js', '.env']
  const UPS = [
    '../',
    '..%2f',
    '%2e%2e/',
    '%2e%2e%2f',
    '..\\',
    '..%5c',
    '....//',
    '..;/',
    '%252e%252e%252f',
    '..%c0%af',
  ]
  const STARTS = [
    '/',
    '/gp/',
    '/console/',
    '/console/assets/',
    '/examples/',
    '/examples/spa/',
    '/demo/',
  ]

  it('is never answered with a file, in 1,000 ways of asking', async () => {
    const paths = STARTS.flatMap((start) =>
      UPS.flatMap((up) =>
        [1, 2, 6].flatMap((depth) => FILES.map((file) => start + up.repeat(depth) + file)),
      ),
    )
    expect(paths.length).toBeGreaterThan(1_000)
    const found: string[] = []
    for (let i = 0; i < paths.length; i += 50) {
      const some = paths.slice(i, i + 50)
      const answers = await Promise.all(some.map((path) => askRaw(path)))
      found.push(...some.filter((_, at) => !/^HTTP\/1\.1 (404|400)/.test(answers[at] ?? '')))
    }
    expect(found).toEqual([])
  })

  /** `fetch` would tidy the path up before sending it. */
  const askRaw = (path: string) =>
    sendRaw([`GET ${path} HTTP/1.1`, 'Host: x', 'Connection: close', '', ''])
})

describe('files', () => {
  it('are asked for again only when they have changed', async () => {
    const first = await ask('/examples/spa/app.js')
    const again = await ask('/examples/spa/app.js', {
      headers: { 'if-none-match': first.headers.get('etag') ?? '' },
    })

    expect(first.headers.get('content-encoding')).toBe('gzip')
    expect(again.status).toBe(304)
    expect(await again.text()).toBe('')
  })

  it('come plain to who takes nothing else', async () => {
    const reply = await ask('/examples/spa/app.js', { headers: { 'accept-encoding': 'gzip;q=0' } })

    expect(reply.headers.get('content-encoding')).toBeNull()
  })

  it.each(['/demo/', '/examples/plain-html/', '/examples/spa/', '/examples/spa/teas/assam'])(
    'of the example %s hold the shop’s key',
    async (path) => {
      const page = await (await ask(path)).text()

      expect(page).toContain(`data-shop="${server.key}"`)
      expect(page).not.toContain('SHOP_KEY')
    },
  )

  it('of the strict example carry a new nonce each time, in page and policy', async () => {
    const replies = await Promise.all([1, 2].map(() => ask('/examples/strict-csp/')))
    const nonces = await Promise.all(
      replies.map(async (reply) => {
        const policy = reply.headers.get('content-security-policy') ?? ''
        const nonce = /'nonce-([\w-]{22})' 'strict-dynamic'/.exec(policy)?.[1] ?? 'none'
        expect(await reply.text()).toContain(`nonce="${nonce}"`)
        return nonce
      }),
    )
    expect(new Set(nonces).size).toBe(2)
  })
})
