import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { OwnShop } from '#protocol/account.ts'
import {
  bringIn,
  consoleClient,
  setUpOwner,
  type ConsoleClient,
} from '../../support/console-client.ts'
import { startServer, type TestServer } from '../../support/server.ts'

const MINUTE = 60_000

let server: TestServer
let owner: ConsoleClient
let now: number
beforeEach(async () => {
  now = Date.parse('2026-11-22T12:00:00Z')
  server = await startServer({ now: () => now })
  owner = await setUpOwner(server)
})
afterEach(() => server.stop())

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

  it('of the first one makes the next the first', async () => {
    const second = await secondShop('Tea')
    expect(await deleted(owner, 'My shop')).toMatchObject({ status: 202 })

    expect((await owner.account()).shops.map(({ name }) => name)).toEqual(['Tea'])
    expect((await server.account.firstShop()).publicKey).toBe(second.shopKey)
  })
})
