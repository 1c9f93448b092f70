import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { OwnShop } from '#protocol/account.ts'
import {
  bringIn,
  consoleClient,
  setUpOwner,
  type ConsoleClient,
} from '../../support/console-client.ts'
import { startServer, type TestServer } from '../../support/server.ts'
import { copySqlite } from '../../support/templates.ts'

const MINUTE = 60_000
const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

let server: TestServer
let owner: ConsoleClient
let now: number
let dataDir: string
beforeEach(async () => {
  now = Date.parse('2026-11-22T12:00:00Z')
  dataDir = await mkdtemp(join(tmpdir(), 'granplaza-'))
  await copySqlite(join(dataDir, 'granplaza.db'))
  server = await startServer({ dataDir, now: () => now })
  owner = await setUpOwner(server)
})
afterEach(async () => {
  await server.stop()
  await rm(dataDir, { recursive: true, force: true })
})

/** What of these stands in any of the server's files. */
async function canaries(): Promise<string[]> {
  const names = await readdir(dataDir, { recursive: true, withFileTypes: true })
  const files = names.filter((entry) => entry.isFile())
  const contents = await Promise.all(
    files.map(({ parentPath, name }) => readFile(join(parentPath, name), 'latin1')),
  )
  const found = contents.flatMap((text) => [...text.matchAll(/canary-([a-z]+)/g)])
  return [...new Set(found.map(([, what = '']) => what))].toSorted()
}

const deleted = (client: ConsoleClient, name: string) =>
  client.ask('POST', '/shop/deletion', { name })

/** Another shop of the same owner, seen by them. */
async function secondShop(name: string): Promise<ConsoleClient> {
  const { key } = await owner.told<OwnShop>('POST', '/shops', { name })
  return consoleClient(server, key, owner.cookie)
}

describe('deleting a shop', () => {
  it('ends it at once for its members, keys and pages', async () => {
    const second = await secondShop('Tea')
    const { key } = await second.told<{ key: string }>('POST', '/keys', {
      name: 'ERP',
      scopes: ['shop:read'],
    })
    const who = { email: 'luis@shop.example', roles: ['admin'] } as const
    const admin = await bringIn(server, second, who)
    const sent = () =>
      fetch(`${server.url}/v1/track`, {
        method: 'POST',
        headers: { authorization: `Bearer ${second.shopKey}` },
        body: JSON.stringify({ event: 'Late', anonymousId: 'a', key: second.shopKey }),
      })
    expect(await deleted(second, 'Tea')).toMatchObject({ status: 202 })
    const asked = await fetch(`${server.url}/api/v1/shop`, {
      headers: { authorization: `Bearer ${key}` },
    })

    expect((await owner.account()).shops.map(({ name }) => name)).toEqual(['My shop'])
    expect(await second.ask('GET', '/shop')).toMatchObject({ status: 404 })
    // It was their only one: they have no account any more.
    expect(await admin.ask('GET', '/account')).toMatchObject({ status: 401 })
    expect(asked.status).toBe(401)
    expect((await sent()).ok).toBe(false)
  })

  it('wants its name, exactly', async () => {
    const second = await secondShop('Tea')

    expect(await deleted(second, 'tea')).toMatchObject({ status: 400 })
    expect(await second.ask('GET', '/shop')).toMatchObject({ status: 200 })
  })

  it('is for owners, who have just said who they are', async () => {
    const who = { email: 'luis@shop.example', roles: ['admin'] } as const
    const admin = await bringIn(server, owner, who)
    const refused = await deleted(admin, 'My shop')
    now += 16 * MINUTE

    expect(refused.json).toMatchObject({ error: { code: 'forbidden' } })
    expect((await deleted(owner, 'My shop')).json).toMatchObject({
      error: { code: 'sign_in_again' },
    })
  })

  it('of the last one gives whoever did it a new, empty one', async () => {
    expect(await deleted(owner, 'My shop')).toMatchObject({ status: 202 })
    const [shop, ...more] = (await owner.account()).shops
    owner.shopKey = shop?.key

    expect(more).toEqual([])
    expect(shop).toMatchObject({ name: 'My shop', roles: ['owner'] })
    expect(shop?.key).not.toBe(server.key)
    expect(await owner.told('GET', '/origins')).toMatchObject({ items: [] })
    expect((await server.account.firstShop()).publicKey).toBe(shop?.key)
  })

  it('leaves nothing of it in any file', async () => {
    const second = await secondShop('Tea')
    const who = { email: 'canary-member@tea.example', roles: ['admin'] } as const
    const admin = await bringIn(server, second, who)
    const png = { 'content-type': 'image/png' }
    const photo = Buffer.concat([PNG, Buffer.from('canary-photo '.repeat(5_000))])
    const csv = { 'content-type': 'text/csv' }
    const file = `id,name\n${'1,canary-import\n'.repeat(40_000)}`
    const webhook = { url: 'https://tea.example/canary-webhook/', events: ['order.completed'] }
    const statuses = [
      await admin.ask('PUT', '/account/photo', photo, png),
      await second.ask('POST', '/product-imports', file, csv),
      await second.ask('PUT', '/products/1', { name: 'canary-product' }),
      await second.ask('POST', '/customers', { userId: 'canary-customer', traits: {} }),
      await second.ask('POST', '/feeds', { url: 'https://tea.example/canary-feed/', isOn: false }),
      await second.ask('POST', '/webhooks', webhook),
    ].map(({ status }) => status)
    expect(statuses).toEqual([204, 201, 201, 200, 201, 201])
    // Of an address, the log that stays tells where it leads: the rest of it is gone. Words may lie across two pages.
    const all = ['customer', 'feed', 'import', 'member', 'photo', 'product', 'webhook']
    expect(await canaries()).toEqual(expect.arrayContaining(all))

    const { token } = await second.told<{ token: string }>('POST', '/shop/deletion', {
      name: 'Tea',
    })
    now += MINUTE
    await expect
      .poll(() => owner.told('POST', '/shop-deletions', { token }), { timeout: 10_000 })
      .toMatchObject({ state: 'done' })
    await server.stop()

    expect(await canaries()).toEqual([])
  })

  it('of the first one makes the next the first', async () => {
    const second = await secondShop('Tea')
    expect(await deleted(owner, 'My shop')).toMatchObject({ status: 202 })

    expect((await owner.account()).shops.map(({ name }) => name)).toEqual(['Tea'])
    expect((await server.account.firstShop()).publicKey).toBe(second.shopKey)
  })
})
