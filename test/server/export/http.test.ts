import { mkdtemp, rm } from 'node:fs/promises'
import { get, type IncomingMessage } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { bringIn, setUpOwner, type ConsoleClient } from '../../support/console-client.ts'
import { openDatabase } from '#server/db/open-database.ts'
import { rowsOf } from '../../support/databases.ts'
import { startServer, type TestServer } from '../../support/server.ts'

const MINUTE = 60_000
/** Far more than what lies between a server and who takes nothing. */
const FILLED_BYTES = 24 * 1024 * 1024

let server: TestServer
let owner: ConsoleClient
let dataDir: string
let now = Date.parse('2026-11-22T12:00:00Z')
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'granplaza-'))
  server = await startServer({ dataDir, now: () => now })
  owner = await setUpOwner(server)
})
afterAll(async () => {
  await server.stop()
  await rm(dataDir, { recursive: true, force: true })
})

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
  const reply = await exported()
  await reply.text()
  expect(reply.status).toBe(200)
})

it('is for those whose roles allow it', async () => {
  const who = { email: 'luis@shop.example', roles: ['operator'] } as const
  const operator = await bringIn(server, owner, who)

  expect(await operator.ask('GET', '/shop/export')).toMatchObject({ status: 403 })
})

it('breaks off where the role is taken away meanwhile', async () => {
  const who = { email: 'eva@shop.example', roles: ['admin'] } as const
  const admin = await bringIn(server, owner, who)
  const { id } = await admin.account()
  await fillShop()
  const reply = await new Promise<IncomingMessage>((resolve, reject) => {
    const headers = { cookie: admin.cookie ?? '', 'sec-fetch-site': 'same-origin' }
    const url = `${server.url}/api/v1/shop/export?shop=${server.key}`
    get(url, { headers, agent: false }, resolve).once('error', reject)
  })
  // Little of it is taken before the role is gone.
  await owner.told('PUT', `/members/${id}/roles`, { roles: ['operator'] })
  let text = ''
  reply.setEncoding('utf8').on('data', (piece: string) => (text += piece))
  await new Promise((resolve) => reply.once('close', resolve))

  expect(reply.statusCode).toBe(200)
  expect(text.length).toBeLessThan(FILLED_BYTES)
  expect(text).not.toContain('{"end"')
  // The server is well, and whoever may gets all of it.
  expect(await (await exported()).text()).toContain('{"end"')
})

it('asks once more for the password when the sign-in is a while ago', async () => {
  now += 16 * MINUTE
  const reply = await exported()

  expect(await reply.json()).toMatchObject({ error: { code: 'sign_in_again' } })
})

async function fillShop(): Promise<void> {
  const db = await openDatabase({ file: join(dataDir, 'granplaza.db'), role: 'command' })
  const nameBytes = 8 * 1024
  await rowsOf(
    db,
    `INSERT INTO contact_lists (shop_id, public_id, name, created_at)
      WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < $1)
      SELECT $2, randomblob(16), n || hex(zeroblob($3)), 1 FROM numbers`,
    [FILLED_BYTES / nameBytes, server.shop.id, nameBytes / 2],
  )
  await db.close()
}
