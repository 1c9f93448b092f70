import { randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { createAccount } from '#server/account/service.ts'
import { openDatabase } from '#server/db/open-database.ts'
import { eachDatabase, rowsOf } from '../support/databases.ts'
import { forkServer, type ForkedServer } from '../support/forked-server.ts'
import { batchOf, BROWSER, eventOf } from '../support/ingestion.ts'
import { closeServer, listen } from '../support/listening.ts'

const IS_LONG = process.env.TEST_LONG === '1'
const ORDERS = IS_LONG ? 500 : 60
const ORDERS_BETWEEN_KILLS = 12

eachDatabase('a server killed while it tells of orders', (fresh) => {
  it(`tells of each of ${ORDERS} acknowledged orders, under one id however often`, async () => {
    const database = await fresh()
    const { url, file } = database.address
    // Secrets are read with the key in it, so that all nodes share it.
    const folder = file === undefined ? await mkdtemp(join(tmpdir(), 'granplaza-')) : dirname(file)
    const environment = { DATA_DIR: folder, ...(url !== undefined && { DATABASE_URL: url }) }
    const ids = new Map<string, Set<string>>()
    const receiver = createServer((request, response) => {
      void text(request).then((body) => {
        const { data } = JSON.parse(body) as { data: { orderId: string } }
        const known = ids.get(data.orderId) ?? new Set()
        ids.set(data.orderId, known.add(String(request.headers['webhook-id'])))
        response.end()
      })
    })
    const hook = `http://127.0.0.1:${await listen(receiver)}/`
    let server: ForkedServer | undefined
    const acknowledged: string[] = []
    let kills = 0
    try {
      server = await forkServer(environment)
      await listenAt(server, hook, database.address)
      while (acknowledged.length < ORDERS) {
        const orderId = randomUUID()
        if (await order(server, orderId)) acknowledged.push(orderId)
        if (acknowledged.length % ORDERS_BETWEEN_KILLS !== 0) continue
        await server.end('SIGKILL')
        kills += 1
        server = await forkServer(environment)
      }
      // What PostgreSQL keeps for another node is taken up when its lease is over, half a minute later.
      while (!acknowledged.every((orderId) => ids.has(orderId))) await wait(20)

      expect([...ids.values()].filter((one) => one.size !== 1)).toEqual([])
      process.stdout.write(`${kills} kills, ${ORDERS} orders acknowledged, each told of\n`)
    } finally {
      await server?.end('SIGKILL')
      await closeServer(receiver)
      await database.remove()
      await rm(folder, { recursive: true, force: true })
    }
  })
})

/** Makes a webhook for all orders. */
async function listenAt(
  { port }: ForkedServer,
  url: string,
  address: { readonly url?: string | undefined; readonly file?: string },
): Promise<void> {
  const db = await openDatabase({ ...address, role: 'command' })
  const [shop] = await rowsOf<{ id: number }>(db, 'SELECT id FROM shops')
  const account = createAccount({ db, now: Date.now })
  const key = await account.createSecretKey(shop?.id ?? 0, ['webhooks:write'])
  await db.close()
  const reply = await fetch(`http://localhost:${port}/api/v1/webhooks`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}` },
    body: JSON.stringify({ url, events: ['order.completed'] }),
  })
  expect(reply.status).toBe(201)
}

/** Whether it was acknowledged. */
async function order({ port, key }: ForkedServer, orderId: string): Promise<boolean> {
  const now = Date.now()
  const event = eventOf({ name: 'Order Completed', at: now, properties: { order_id: orderId } })
  const reply = await fetch(`http://localhost:${port}/v1/events`, {
    method: 'POST',
    headers: { 'user-agent': BROWSER },
    body: JSON.stringify({ ...batchOf([event]), key, sentAt: now }),
  })
  return reply.ok
}
