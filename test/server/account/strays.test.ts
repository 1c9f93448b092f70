import { dirname } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Invitation, OwnShop } from '#protocol/account.ts'
import type { DeletionProgress, NewDeletion } from '#protocol/shop.ts'
import type { Database } from '#server/db/database.ts'
import { openDatabase } from '#server/db/open-database.ts'
import {
  bringIn,
  consoleClient,
  PASSWORD,
  setUpOwner,
  type ConsoleClient,
} from '../../support/console-client.ts'
import { eachDatabase, rowsOf, type FreshDatabase } from '../../support/databases.ts'
import { rowsOfShop } from '../../support/shop-rows.ts'
import { startServer, type TestServer } from '../../support/server.ts'

const DAY = 86_400_000
const OPERATOR = ['operator'] as const

eachDatabase('a member without a shop', (fresh) => {
  let database: FreshDatabase
  let db: Database
  let server: TestServer
  let owner: ConsoleClient
  let now = Date.UTC(2026, 10, 22, 12)
  beforeAll(async () => {
    database = await fresh()
    server = await start()
    owner = await setUpOwner(server)
    db = await openDatabase({ ...database.address, role: 'command' })
  })
  afterAll(async () => {
    await server.stop()
    await db.close()
    await database.remove()
  })

  function start(): Promise<TestServer> {
    const { url, file = '' } = database.address
    const place = url === undefined ? { dataDir: dirname(file) } : { databaseUrl: url }
    return startServer({ ...place, now: () => now })
  }

  const isKept = async (email: string) => {
    const rows = await rowsOf(db, 'SELECT id FROM members WHERE email = $1', [email])
    return rows.length > 0
  }
  const remove = (id: string) => owner.told('DELETE', `/members/${id}`)
  const invitation = (email: string, by = owner) =>
    by.told<Invitation>('POST', '/invitations', { email, roles: OPERATOR })
  async function secondShop(name: string): Promise<ConsoleClient> {
    const { key } = await owner.told<OwnShop>('POST', '/shops', { name })
    return consoleClient(server, key, owner.cookie)
  }

  it('has no account and no session any more, from the moment they are removed', async () => {
    const email = 'gone@shop.example'
    const member = await bringIn(server, owner, { email, roles: OPERATOR })
    await remove(member.id)

    expect(await member.ask('GET', '/account')).toMatchObject({ status: 401 })
    expect(await isKept(email)).toBe(false)
    expect(await rowsOf(db, 'SELECT id FROM account_links WHERE email = $1', [email])).toEqual([])
  })

  it('nor once they leave', async () => {
    const email = 'leaves@shop.example'
    const member = await bringIn(server, owner, { email, roles: OPERATOR })
    await member.told('DELETE', `/shops/${server.key}/membership`)

    expect(await isKept(email)).toBe(false)
  })

  it('stays where another shop is theirs', async () => {
    const email = 'two@shop.example'
    const second = await secondShop('Second')
    const member = await bringIn(server, owner, { email, roles: OPERATOR })
    const { link } = await second.told<{ link: string }>('POST', '/invitations', {
      email,
      roles: OPERATOR,
    })
    const token = new URL(link).hash.slice(1)
    await member.told('POST', '/account/accepted-links', { token })
    await remove(member.id)

    expect((await member.account()).shops.map(({ name }) => name)).toEqual(['Second'])
  })

  it('stays while an invitation waits for them, and goes when it is taken back', async () => {
    const email = 'waits@shop.example'
    const third = await secondShop('Third')
    const member = await bringIn(server, owner, { email, roles: OPERATOR })
    const { id } = await invitation(email, third)
    await remove(member.id)
    expect((await member.account()).shops).toEqual([])
    await third.told('DELETE', `/invitations/${id}`)

    expect(await isKept(email)).toBe(false)
  })

  it('goes by night when the invitation has expired', async () => {
    const email = 'late@shop.example'
    const fourth = await secondShop('Fourth')
    const member = await bringIn(server, owner, { email, roles: OPERATOR })
    await invitation(email, fourth)
    await remove(member.id)
    expect(await isKept(email)).toBe(true)
    now += 8 * DAY

    await expect.poll(() => isKept(email), { timeout: 10_000 }).toBe(false)
  })

  it('goes with the shop; all of it is erased but its audit log, and no other is the demo’s', async () => {
    const own = await signedInAgain()
    const email = 'closed@shop.example'
    await bringIn(server, own, { email, roles: OPERATOR })
    const { token } = await own.told<NewDeletion>('POST', '/shop/deletion', { name: 'My shop' })
    expect(await isKept(email)).toBe(false)
    const progress = () => own.told<DeletionProgress>('POST', '/shop-deletions', { token })
    expect(await progress()).toMatchObject({ name: 'My shop', state: 'waiting' })
    now += 11_000
    await expect
      .poll(async () => (await progress()).state, { timeout: 20_000, interval: 200 })
      .toBe('done')

    const left = Object.entries(await rowsOfShop(db, server.shop.id)).filter(([, it]) => it.length)
    expect(left.map(([name]) => name).toSorted()).toEqual(['audit_entries', 'audit_heads', 'shops'])
    expect(left.find(([name]) => name === 'audit_entries')?.[1].join()).toContain('shop.deleted')
    expect(await own.ask('POST', '/shop-deletions', { token: 'AQ' })).toMatchObject({ status: 404 })
    expect(await server.account.demoShop()).toBeUndefined()
    await server.stop()
    server = await start()
    expect(server.shop.name).toBe('Second')
    expect((await fetch(`${server.url}/demo/`)).status).toBe(404)
  })

  /** The owner, whose session is days old by now. */
  async function signedInAgain(): Promise<ConsoleClient> {
    const again = consoleClient(server, server.key)
    const signIn = { email: 'ana@shop.example', password: PASSWORD }
    await again.told('POST', '/account/sign-in', signIn)
    return again
  }
})
