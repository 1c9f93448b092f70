import { createHmac, randomUUID } from 'node:crypto'
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import { dirname } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import type { AuditEntry } from '#protocol/audit.ts'
import { MAX_WEBHOOKS } from '#protocol/webhooks.ts'
import type {
  Webhook,
  WebhookDelivery,
  WebhookDeliveryDetails,
  WebhookWithSecret,
} from '#protocol/webhooks.ts'
import type { Scope } from '#server/account/service.ts'
import { readRange } from '#server/core/outbound-address.ts'
import { openDatabase } from '#server/db/open-database.ts'
import { eachDatabase, rowsOf, type FreshDatabase } from '../../support/databases.ts'
import { batchOf, BROWSER, eventOf, NOW } from '../../support/ingestion.ts'
import { closeServer, listen } from '../../support/listening.ts'
import { startServer, type TestServer } from '../../support/server.ts'

const OWN_NET = ['127.0.0.0/8'].map(readRange).filter((it) => it !== undefined)
const SECOND = 1_000
const DAY = 86_400 * SECOND
const PATIENCE = { timeout: 10 * SECOND }

interface Received {
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

eachDatabase('webhooks', (fresh) => {
  let database: FreshDatabase
  let server: TestServer
  let key: string
  let receiver: Server
  let receiverUrl: string
  let clock: { now: number }
  let received: Received[] = []
  let statuses: number[] = []
  beforeAll(async () => {
    database = await fresh()
    clock = { now: NOW }
    server = await start()
    key = await newKey('webhooks:read', 'webhooks:write')
    receiver = createServer((request, response) => {
      void text(request).then((body) => {
        received.push({ headers: request.headers, body })
        response.writeHead(statuses.shift() ?? 200).end('thanks')
      })
    })
    receiverUrl = `http://127.0.0.1:${await listen(receiver)}/hook`
  })
  afterAll(async () => {
    await server.stop()
    await database.remove()
    await closeServer(receiver)
  })
  beforeEach(async () => {
    for (const { id } of await list<Webhook>('/webhooks')) {
      await ask(`/webhooks/${id}`, { method: 'DELETE' })
    }
    received = []
    statuses = []
  })

  function start() {
    const { url, file } = database.address
    return startServer({
      databaseUrl: url,
      now: () => clock.now,
      outboundAllow: OWN_NET,
      ...(file !== undefined && { dataDir: dirname(file) }),
    })
  }

  /** Another connection, beside the server's. */
  async function beside<Row>(statement: string): Promise<Row[]> {
    const db = await openDatabase({ ...database.address, role: 'command' })
    try {
      return await rowsOf<Row>(db, statement)
    } finally {
      await db.close()
    }
  }

  const newKey = (...scopes: Scope[]) => server.account.createSecretKey(server.shop.id, scopes)

  function ask(path: string, init: RequestInit = {}, as = key) {
    const headers = { authorization: `Bearer ${as}` }
    return fetch(`${server.url}/api/v1${path}`, { ...init, headers })
  }
  const post = (path: string, body: unknown = {}) =>
    ask(path, { method: 'POST', body: JSON.stringify(body) })
  async function list<Item>(path: string): Promise<readonly Item[]> {
    return ((await (await ask(path)).json()) as { items: Item[] }).items
  }
  async function create(more = {}): Promise<WebhookWithSecret> {
    const draft = { url: receiverUrl, events: ['order.completed', 'customer.created'], ...more }
    const reply = await post('/webhooks', draft)
    expect(reply.status).toBe(201)
    return (await reply.json()) as WebhookWithSecret
  }
  const deliveriesOf = ({ id }: Webhook) => list<WebhookDelivery>(`/webhooks/${id}/deliveries`)
  const detailsOf = async (id: string) =>
    (await (await ask(`/webhook-deliveries/${id}`)).json()) as WebhookDeliveryDetails

  async function order(orderId: string = randomUUID()): Promise<string> {
    const event = eventOf({
      name: 'Order Completed',
      properties: { order_id: orderId, total: 49.9, currency: 'EUR' },
    })
    await send([event])
    return orderId
  }
  async function send(events: ReturnType<typeof eventOf>[]) {
    const told = events.map((event) => ({ ...event, at: clock.now }))
    const body = JSON.stringify({ ...batchOf(told), key: server.key, sentAt: clock.now })
    const headers = { 'user-agent': BROWSER }
    const reply = await fetch(`${server.url}/v1/events`, { method: 'POST', body, headers })
    expect(JSON.stringify(await reply.json())).not.toContain('dropped')
  }

  it('tell of an order, signed as Standard Webhooks has it, the same once', async () => {
    const webhook = await create()

    const orderId = await order()
    await order(orderId)

    await expect.poll(() => received.length, PATIENCE).toBe(1)
    const [{ headers, body } = { headers: {}, body: '' }] = received
    expect(JSON.parse(body)).toMatchObject({
      type: 'order.completed',
      data: { orderId, total: { amount: 4_990, currency: 'EUR' }, isVerified: false },
    })
    expect(headers['webhook-signature']).toBe(signatureOf(webhook.secret, { headers, body }))
    expect(headers['webhook-timestamp']).toBe(String(Math.floor(clock.now / SECOND)))
    await expect
      .poll(() => deliveriesOf(webhook), PATIENCE)
      .toMatchObject([{ state: 'delivered', attempts: 1, lastStatus: 200 }])
    expect(received).toHaveLength(1)
  })

  it('tell of a new customer, and of nothing that they did not ask for', async () => {
    await create({ events: ['customer.created'] })
    const userId = randomUUID()
    const { name: _, ...identify } = eventOf({ type: 'identify', userId })

    await order()
    await send([identify])

    await expect.poll(() => received.length, PATIENCE).toBe(1)
    expect(JSON.parse(received[0]?.body ?? '')).toMatchObject({
      type: 'customer.created',
      data: { userId },
    })
  })

  it('are tried again under the same id until they are taken, and show what was answered', async () => {
    const webhook = await create()
    statuses = [500, 503]

    await order()
    await expect.poll(() => received.length, PATIENCE).toBe(1)
    for (let more = 2; more <= 3; more++) {
      await expect
        .poll(async () => (await deliveriesOf(webhook))[0]?.attempts, PATIENCE)
        .toBe(more - 1)
      const [{ nextAttemptAt } = { nextAttemptAt: null }] = await deliveriesOf(webhook)
      expect(nextAttemptAt).toBeGreaterThan(clock.now)
      clock.now += DAY
      await expect.poll(() => received.length, PATIENCE).toBe(more)
    }

    await expect
      .poll(() => deliveriesOf(webhook), PATIENCE)
      .toMatchObject([{ state: 'delivered', attempts: 3, lastError: null, nextAttemptAt: null }])
    expect(new Set(received.map(({ headers }) => headers['webhook-id']))).toHaveLength(1)
    expect(new Set(received.map(({ body }) => body))).toHaveLength(1)
    const [{ id } = { id: '' }] = await deliveriesOf(webhook)
    expect((await detailsOf(id)).log).toMatchObject([
      { status: 200, answer: 'thanks' },
      { status: 503 },
      { status: 500 },
    ])
  })

  it('are dead after three days, and can be retried', async () => {
    const webhook = await create()
    statuses = [500, 500]
    await order()
    const attempts = async () => (await deliveriesOf(webhook))[0]?.attempts
    await expect.poll(attempts, PATIENCE).toBe(1)
    // As if eight more had failed, for three days.
    const failed = () =>
      beside(`UPDATE jobs SET attempts = 9
        WHERE kind = 'webhook.deliver' AND state = 'waiting' RETURNING id`)
    await expect.poll(failed, PATIENCE).toHaveLength(1)
    clock.now += 3 * DAY
    await expect
      .poll(() => list<WebhookDelivery>(`/webhooks/${webhook.id}/deliveries?state=dead`), PATIENCE)
      .toMatchObject([{ lastError: 'It answered 500' }])

    const [{ id } = { id: '' }] = await deliveriesOf(webhook)
    expect((await post(`/webhook-deliveries/${id}/retry`)).status).toBe(200)

    await expect
      .poll(() => deliveriesOf(webhook), PATIENCE)
      .toMatchObject([{ state: 'delivered', attempts: 3 }])
  })

  it('that answer 410 are told nothing more', async () => {
    const webhook = await create()
    statuses = [410]
    await order()
    await expect
      .poll(async () => (await (await ask(`/webhooks/${webhook.id}`)).json()) as Webhook, PATIENCE)
      .toMatchObject({ state: 'gone' })

    await order()

    await expect.poll(() => deliveriesOf(webhook), PATIENCE).toMatchObject([{ state: 'dead' }])
    expect(received).toHaveLength(1)
  })

  it('are told again of all that happened in a time', async () => {
    const webhook = await create()
    const from = clock.now
    const orders = [await order(), await order()]
    await expect.poll(() => received.length, PATIENCE).toBe(2)

    const reply = await post(`/webhooks/${webhook.id}/replay`, { from: 0, to: from + DAY })

    expect(await reply.json()).toEqual({ count: expect.any(Number) })
    const told = () =>
      received.map(({ body }) => (JSON.parse(body) as { data: { orderId: string } }).data.orderId)
    await expect
      .poll(() => orders.map((one) => told().filter((it) => it === one).length), PATIENCE)
      .toEqual([2, 2])
  })

  it('are signed with both secrets for a day after a change, and never told them again', async () => {
    const webhook = await create()
    const changed = (await (await post(`/webhooks/${webhook.id}/secret`)).json()) as typeof webhook
    expect(changed.secret).not.toBe(webhook.secret)
    expect((await post(`/webhooks/${webhook.id}/test`)).status).toBe(204)
    await expect.poll(() => received.length, PATIENCE).toBe(1)

    clock.now += 2 * DAY
    await post(`/webhooks/${webhook.id}/test`)
    await expect.poll(() => received.length, PATIENCE).toBe(2)

    const [both, one] = received.map(({ headers }) => String(headers['webhook-signature']))
    const [first, second] = received
    if (first === undefined || second === undefined) throw new Error('Nothing was received')
    const [now, before] = [changed.secret, webhook.secret]
    expect(both).toBe(`${signatureOf(now, first)} ${signatureOf(before, first)}`)
    expect(one).toBe(signatureOf(now, second))
    const shown = await (await ask('/webhooks')).text()
    expect(shown).not.toMatch(/secret":|whsec_/)
    const rows = await beside<{ secret: Buffer }>('SELECT secret FROM webhooks')
    expect(rows.map(({ secret }) => secret.toString('latin1')).join()).not.toContain('whsec_')
  })

  it('are no more than a shop may have, however many are made at once', async () => {
    const draft = { url: 'https://shop.example/', events: ['order.completed'] }

    const replies = await Promise.all(
      Array.from({ length: MAX_WEBHOOKS + 10 }, () => post('/webhooks', draft)),
    )

    const made = replies.filter(({ status }) => status === 201)
    expect(made).toHaveLength(MAX_WEBHOOKS)
    expect(replies.filter(({ status }) => status === 409)).toHaveLength(10)
    expect(await list('/webhooks')).toHaveLength(MAX_WEBHOOKS)
  })

  it('that come after a removed one have neither its number nor its deliveries', async () => {
    const removed = await create()
    statuses = [500]
    await order()
    await expect.poll(async () => (await deliveriesOf(removed))[0]?.attempts, PATIENCE).toBe(1)
    const [gone] = await deliveriesOf(removed)
    await ask(`/webhooks/${removed.id}`, { method: 'DELETE' })

    const next = await create()
    await order()

    expect(next.id).not.toBe(removed.id)
    expect((await ask(`/webhooks/${removed.id}/deliveries`)).status).toBe(404)
    await expect
      .poll(() => deliveriesOf(next), PATIENCE)
      .toMatchObject([{ state: 'delivered', attempts: 1 }])
    const [late] = await deliveriesOf(next)
    expect(Number(late?.id)).toBeGreaterThan(Number(gone?.id))
    clock.now += DAY
    await expect
      .poll(
        () => beside(`SELECT id FROM jobs WHERE kind = 'webhook.deliver' AND state = 'waiting'`),
        PATIENCE,
      )
      .toEqual([])
    expect(await deliveriesOf(next)).toMatchObject([{ state: 'delivered', attempts: 1 }])
  })

  it.each(['http://127.0.0.2.nip.example:99999/', 'http://10.0.0.1/', 'ftp://shop.example/'])(
    'refuse the address %s',
    async (url) => {
      const reply = await post('/webhooks', { url, events: ['order.completed'] })

      expect(reply.status).toBe(400)
    },
  )

  it('are in the audit log as they change, without secrets, and of addresses only where they lead', async () => {
    const { id, secret } = await create({ url: 'https://shop.example/in/as-good-as-a-password' })
    const draft = { url: 'https://other.example/', events: ['order.completed'], state: 'paused' }
    const change = { method: 'PUT', body: JSON.stringify(draft) }
    await ask(`/webhooks/${id}`, change)
    await ask(`/webhooks/${id}`, change)
    const second = (await (await post(`/webhooks/${id}/secret`)).json()) as WebhookWithSecret
    await ask(`/webhooks/${id}`, { method: 'DELETE' })

    const path = `/audit-log?objectKind=webhook&objectId=${id}`
    const text = await (await ask(path, {}, await newKey('audit:read'))).text()
    const { items } = JSON.parse(text) as { items: AuditEntry[] }
    expect(items.map(({ action }) => action)).toEqual([
      'webhook.removed',
      'webhook.secret_made',
      'webhook.changed',
      'webhook.created',
    ])
    expect(items[2]).toMatchObject({
      actor: { kind: 'key', name: key.slice(-4) },
      before: { origin: 'https://shop.example', state: 'active' },
      after: { origin: 'https://other.example', state: 'paused' },
    })
    for (const hidden of ['as-good-as-a-password', secret, second.secret]) {
      expect(text).not.toContain(hidden)
    }
  })

  it('are there for keys with the scope alone', async () => {
    const webhook = await create()
    const other = await newKey('experiences:read')
    const reading = await newKey('webhooks:read')
    const change = { method: 'POST', body: '{}' }

    expect((await ask('/webhooks', {}, other)).status).toBe(403)
    expect((await ask('/webhooks', {}, server.key)).status).toBe(403)
    expect((await ask(`/webhooks/${webhook.id}/secret`, change, reading)).status).toBe(403)
    expect((await ask('/webhooks/999999', {}, reading)).status).toBe(404)
  })
})

function signatureOf(secret: string, { headers, body }: Received): string {
  const signed = `${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${body}`
  const bytes = Buffer.from(secret.slice('whsec_'.length), 'base64')
  return `v1,${createHmac('sha256', bytes).update(signed).digest('base64')}`
}
