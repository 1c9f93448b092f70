import { afterAll, beforeAll, expect, it } from 'vitest'
import { EVENTS_PATH } from '#protocol/names.ts'
import { startServer, type TestServer } from '../../support/server.ts'
import { BROWSER, batchOf, eventOf } from '../../support/ingestion.ts'

let server: TestServer
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.stop())

function send(
  origin: string | undefined,
  batch = batchOf([eventOf()], { visitor: { cookie: true } }),
  cookie = '',
): Promise<Response> {
  return fetch(`${server.url}${EVENTS_PATH}`, {
    method: 'POST',
    body: JSON.stringify({ ...batch, key: server.key }),
    headers: { 'user-agent': BROWSER, cookie, ...(origin !== undefined && { origin }) },
  })
}

it.each(['https://evil.example', 'null', undefined])(
  'is set or read for no page of %s while the shop lists no origin',
  async (origin) => {
    const reply = await send(origin)

    expect(await reply.json()).toMatchObject({ results: [{ result: 'ok' }] })
    expect(reply.headers.get('set-cookie')).toBeNull()
  },
)

it('is set for the server’s own pages, and for those that the shop lists', async () => {
  await server.account.addOrigin(server.shop.id, 'https://shop.example')

  for (const origin of [server.url, 'https://shop.example']) {
    expect((await send(origin)).headers.get('set-cookie')).toMatch(/^gp_visitor=.*; HttpOnly/)
  }
})

it.each(['anonymous', 'off'] as const)('ends with consent in mode %s', async (mode) => {
  await server.account.setConsentMode(server.shop.id, mode)
  const set = (await send(server.url)).headers.get('set-cookie') ?? ''
  const consent = { statistics: false, personalisation: false, marketing: false }
  const farewell = batchOf([], { visitor: { cookie: true }, consent })

  const reply = await send(server.url, farewell, set.split(';')[0])

  expect(reply.status).toBe(200)
  expect(reply.headers.get('set-cookie')).toMatch(/^gp_visitor=;.*Max-Age=0/)
})
