import { createHmac } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Scope } from '#server/account/service.ts'
import { openDatabase } from '#server/db/open-database.ts'
import { startServer, type TestServer } from '../../support/server.ts'

let server: TestServer
let key: string
let dataDir: string
const clock = { now: Date.UTC(2026, 10, 22, 12) }
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'granplaza-'))
  server = await startServer({ dataDir, now: () => clock.now })
  key = await newKey('catalog:read', 'catalog:write')
})
afterAll(async () => {
  await server.stop()
  await rm(dataDir, { recursive: true, force: true })
})

const newKey = (...scopes: Scope[]) => server.account.createSecretKey(server.shop.id, scopes)

async function ask(method: string, path: string, body?: unknown, asking = key) {
  const headers = { authorization: `Bearer ${asking}` }
  const init = { method, headers, body: body === undefined ? null : JSON.stringify(body) }
  const reply = await fetch(`${server.url}/api/v1${path}`, init)
  return { status: reply.status, json: reply.status === 204 ? undefined : await reply.json() }
}

const CONNECTION = '/catalog-connection'

async function connectWebhook() {
  const made = await ask('PUT', CONNECTION, { kind: 'webhook', name: 'My shop system' })
  const { json } = await ask('POST', `${CONNECTION}/secret`)
  return { hookPath: String(made.json.hookPath), secret: String(json.secret) }
}

interface Hook {
  readonly secret: string
  readonly id?: string
  readonly at?: number
  readonly signed?: string
}

function send(hookPath: string, body: unknown, { secret, id = 'msg_1', at, signed }: Hook) {
  const text = JSON.stringify(body)
  const timestamp = String(Math.floor((at ?? clock.now) / 1_000))
  const mac = createHmac('sha256', Buffer.from(secret.slice('whsec_'.length), 'base64'))
  const signature = mac.update(`${id}.${timestamp}.${signed ?? text}`).digest('base64')
  const headers = {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,AAAA v1,${signature}`,
  }
  return fetch(server.url + hookPath, { method: 'POST', headers, body: text })
}

describe('what keeps a catalogue live', () => {
  it('keeps the secret of its webhooks sealed', async () => {
    const { secret } = await connectWebhook()
    const db = await openDatabase({ file: join(dataDir, 'granplaza.db'), role: 'command' })

    const [kept] = await db.sql.select().from(db.t.catalogConnections)
    await db.close()

    expect(kept?.secret.length).toBeGreaterThan(secret.length)
    expect(kept?.secret.includes(secret)).toBe(false)
  })

  it('lets stock be used only where there is a connection', async () => {
    await ask('DELETE', CONNECTION)
    const none = await ask('GET', CONNECTION)
    const refused = await ask('PUT', `${CONNECTION}/stock-use`, { usesStock: true })
    await ask('PUT', CONNECTION, { kind: 'api', name: 'Own server' })
    const used = await ask('PUT', `${CONNECTION}/stock-use`, { usesStock: true })
    await ask('DELETE', CONNECTION)
    await ask('PUT', CONNECTION, { kind: 'api', name: 'Own server' })
    const again = await ask('GET', CONNECTION)

    expect(none.json).toEqual({ connection: null })
    expect(refused).toMatchObject({ status: 409, json: { error: { code: 'conflict' } } })
    expect(used.json).toMatchObject({ usesStock: true })
    expect(again.json).toMatchObject({ connection: { usesStock: false } })
  })

  it('is live once it was heard of, and no more a day later', async () => {
    await ask('PUT', CONNECTION, { kind: 'api', name: 'Own server' })
    const isLive = async () => (await ask('GET', CONNECTION)).json.connection.isLive
    expect(await isLive()).toBe(false)

    await ask('PUT', '/products/live', { name: 'Live' })
    expect(await isLive()).toBe(true)

    clock.now += 25 * 3_600_000
    expect(await isLive()).toBe(false)
  })

  it('takes what a signed webhook tells, once', async () => {
    const { hookPath, secret } = await connectWebhook()
    await ask('PUT', '/products/gone', { name: 'Gone' })
    await ask('PUT', '/products/kept', {
      name: 'Kept',
      stock: 1,
      variants: [{ id: 'v', stock: 1 }],
    })
    const body = {
      products: [{ id: 'hooked', name: 'Hooked', stock: 3 }, { id: 'bad' }],
      removed: ['gone', 'never there'],
      stock: [
        { id: 'kept', stock: 8 },
        { id: 'kept', variantId: 'v', stock: 0 },
        { id: 'unknown', stock: 1 },
      ],
    }

    const first = await send(hookPath, body, { secret })
    await ask('PUT', '/products/kept', { name: 'Kept', stock: 5 })
    const again = await send(hookPath, body, { secret })

    expect(first.status).toBe(200)
    expect(await first.json()).toMatchObject({
      results: [
        { id: 'hooked', result: 'created' },
        { id: 'bad', result: 'refused' },
      ],
    })
    expect(again.status).toBe(200)
    expect((await ask('GET', '/products/hooked')).json).toMatchObject({ stock: 3, source: 'hook' })
    expect((await ask('GET', '/products/gone')).status).toBe(404)
    expect((await ask('GET', '/products/kept')).json).toMatchObject({ stock: 5, variants: [] })
    const { json } = await ask('GET', CONNECTION)
    expect(json.connection).toMatchObject({ kind: 'webhook', isLive: true })
    expect(JSON.stringify(json)).not.toContain('whsec')
  })

  it.each([
    { what: 'another secret', hook: { secret: `whsec_${Buffer.alloc(24).toString('base64')}` } },
    { what: 'a signature of another body', hook: { signed: '{}' } },
    { what: 'an old signature', hook: { at: -6 * 60_000 } },
    { what: 'a signature of the future', hook: { at: 6 * 60_000 } },
  ])('refuses $what', async ({ hook }) => {
    const { hookPath, secret } = await connectWebhook()
    const { at, ...rest } = { at: 0, ...hook }
    const signing = { secret, id: 'msg_bad', at: clock.now + at, ...rest }

    const reply = await send(hookPath, { products: [{ id: 'forged', name: 'Forged' }] }, signing)

    expect(reply.status).toBe(401)
    expect((await ask('GET', '/products/forged')).status).toBe(404)
  })

  it('refuses a secret that was renewed, and an address that is none', async () => {
    const { hookPath, secret } = await connectWebhook()
    await ask('POST', `${CONNECTION}/secret`)

    expect((await send(hookPath, {}, { secret })).status).toBe(401)
    const other = hookPath.replace(/[^/]+$/, 'x'.repeat(22))
    expect((await send(other, {}, { secret })).status).toBe(401)
  })

  it.each(['GET', 'PUT', 'DELETE'])('lets nobody %s it without the right key', async (method) => {
    const wrong = await newKey(method === 'GET' ? 'catalog:write' : 'catalog:read')
    expect((await ask(method, CONNECTION, method === 'PUT' ? {} : undefined, wrong)).status).toBe(
      403,
    )
  })
})
