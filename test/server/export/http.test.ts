import { afterAll, beforeAll, expect, it } from 'vitest'
import { bringIn, setUpOwner, type ConsoleClient } from '../../support/console-client.ts'
import { startServer, type TestServer } from '../../support/server.ts'

const MINUTE = 60_000

let server: TestServer
let owner: ConsoleClient
let now = Date.parse('2026-11-22T12:00:00Z')
beforeAll(async () => {
  server = await startServer({ now: () => now })
  owner = await setUpOwner(server)
})
afterAll(() => server.stop())

const exported = (headers: Record<string, string> = {}) =>
  fetch(`${server.url}/api/v1/shop/export?shop=${server.key}`, {
    headers: { cookie: owner.cookie ?? '', 'sec-fetch-site': 'same-origin', ...headers },
  })

it('is a file that a link of the console opens, zipped on the way', async () => {
  const reply = await exported()
  const lines = (await reply.text()).trimEnd().split('\n')

  expect(reply.status).toBe(200)
  expect(Object.fromEntries(reply.headers)).toMatchObject({
    'content-type': 'application/x-ndjson',
    'content-encoding': 'gzip',
    'content-disposition': 'attachment; filename="granplaza-2026-11-22.ndjson"',
    'cache-control': 'no-store',
  })
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({
    granplaza: { shop: server.shop.name, at: now },
  })
  expect(JSON.parse(lines.at(-1) ?? '')).toHaveProperty('end.rows')
})

it('is not zipped for who does not read that', async () => {
  const reply = await exported({ 'accept-encoding': 'gzip;q=0' })

  expect(reply.headers.get('content-encoding')).toBeNull()
  expect(await reply.text()).toContain('"granplaza"')
})

it('begins nothing when only the headers are asked for', async () => {
  const heads = [await owner.ask('HEAD', '/shop/export'), await owner.ask('HEAD', '/shop/export')]

  expect(heads.map(({ status }) => status)).toEqual([200, 200])
  expect((await exported()).status).toBe(200)
})

it('is for those whose roles allow it', async () => {
  const who = { email: 'luis@shop.example', roles: ['operator'] } as const
  const operator = await bringIn(server, owner, who)

  expect(await operator.ask('GET', '/shop/export')).toMatchObject({ status: 403 })
})

it('asks once more for the password when the sign-in is a while ago', async () => {
  now += 16 * MINUTE
  const reply = await exported()

  expect(await reply.json()).toMatchObject({ error: { code: 'sign_in_again' } })
})
