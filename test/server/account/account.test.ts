import { afterEach, describe, expect, it } from 'vitest'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createAccount } from '#server/account/service.ts'
import { sha256 } from '#server/core/tokens.ts'
import { openDatabase } from '#server/db/open-database.ts'
import { freshPostgres, postgresUrl } from '../../support/postgres.ts'

const ends: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end()
})

async function openSqlite() {
  const folder = await mkdtemp(join(tmpdir(), 'granplaza-'))
  ends.push(() => rm(folder, { recursive: true, force: true }))
  return openDatabase({ file: join(folder, 'granplaza.db') })
}

async function openPostgres() {
  const { url, drop } = await freshPostgres()
  ends.push(drop)
  return openDatabase({ url })
}

const DATABASES = [
  { name: 'SQLite', open: openSqlite, isThere: true },
  { name: 'PostgreSQL', open: openPostgres, isThere: postgresUrl() !== undefined },
]

describe.each(DATABASES)('the account on $name', ({ open, isThere }) => {
  async function createTestAccount() {
    const db = await open()
    ends.push(() => db.close())
    await db.migrate()
    const clock = { now: 1_800_000_000_000 }
    const account = createAccount({ db, now: () => clock.now })
    return { db, account, clock }
  }

  it.skipIf(!isThere)('makes one first shop, however many nodes start at once', async () => {
    const { db } = await createTestAccount()
    const nodes = Array.from({ length: 8 }, () => createAccount({ db, now: Date.now }))

    const shops = await Promise.all(nodes.map((node) => node.firstShop()))

    expect(new Set(shops.map(({ publicKey }) => publicKey)).size).toBe(1)
    expect(await db.sql.$count(db.t.shops)).toBe(1)
    expect(await db.sql.$count(db.t.keys)).toBe(1)
  })

  it.skipIf(!isThere)('lets exactly one of 64 attempts spend a link', async () => {
    const { account } = await createTestAccount()
    const shop = await account.firstShop()
    const link = await account.createOneTimeLink(shop.id)

    const attempts = await Promise.allSettled(
      Array.from({ length: 64 }, () => account.spendOneTimeLink(link)),
    )

    const won = attempts.filter((attempt) => attempt.status === 'fulfilled')
    const lost = attempts.filter((attempt) => attempt.status === 'rejected')
    expect(won).toHaveLength(1)
    expect(lost.every(({ reason }) => reason.code === 'link_spent')).toBe(true)
  })

  it.skipIf(!isThere)('lets nobody spend a link after 15 minutes', async () => {
    const { account, clock } = await createTestAccount()
    const link = await account.createOneTimeLink((await account.firstShop()).id)

    clock.now += 15 * 60_000

    await expect(account.spendOneTimeLink(link)).rejects.toMatchObject({ code: 'link_spent' })
  })

  it.skipIf(!isThere)('ends a console session after 12 hours', async () => {
    const { account, clock } = await createTestAccount()
    const shop = await account.firstShop()
    const session = await account.spendOneTimeLink(await account.createOneTimeLink(shop.id))
    const find = () => account.findSession(sha256(session))

    expect(await find()).toMatchObject({ role: 'owner', shop: { id: shop.id } })
    clock.now += 12 * 3_600_000 - 1
    expect(await find()).toBeDefined()
    clock.now += 1
    expect(await find()).toBeUndefined()
  })

  it.skipIf(!isThere)('knows keys by what they open, and made-up ones not at all', async () => {
    const { account } = await createTestAccount()
    const shop = await account.firstShop()
    const secret = await account.createSecretKey(shop.id, ['events:write'])

    expect(await account.findKeyHolder(shop.publicKey)).toMatchObject({
      isVerified: false,
      scopes: [],
      shop: { id: shop.id },
    })
    expect(await account.findKeyHolder(secret)).toMatchObject({
      isVerified: true,
      scopes: ['events:write'],
    })
    const wrong = [
      '',
      'null',
      `${shop.publicKey}x`,
      `pub_${'a'.repeat(22)}`,
      sha256(secret).toString('hex'),
    ]
    for (const key of wrong) expect(await account.findKeyHolder(key)).toBeUndefined()
  })

  it.skipIf(!isThere)('keeps secrets as hashes only', async () => {
    const { db, account } = await createTestAccount()
    const shop = await account.firstShop()
    const secret = await account.createSecretKey(shop.id, ['events:write'])
    const link = await account.createOneTimeLink(shop.id)
    const session = await account.spendOneTimeLink(link)

    const rows = await Promise.all(
      [db.t.keys, db.t.oneTimeLinks, db.t.consoleSessions].map((table) =>
        db.sql.select().from(table),
      ),
    )

    const stored = JSON.stringify(rows, (_, value: unknown) =>
      value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value,
    )
    for (const value of [secret, link, session]) expect(stored).not.toContain(value)
  })

  it.skipIf(!isThere)('sees a change by another process within five seconds', async () => {
    const { db, account, clock } = await createTestAccount()
    const other = createAccount({ db, now: () => clock.now })
    const shop = await account.firstShop()
    const originsOf = async () => (await account.findKeyHolder(shop.publicKey))?.shop.origins
    expect(await originsOf()).toEqual([])

    await other.addOrigin(shop.id, 'https://shop.example')
    clock.now += 5_000

    expect(await originsOf()).toEqual(['https://shop.example'])
  })

  it.skipIf(!isThere)('sees it as soon when the clock is set back', async () => {
    const { db, account, clock } = await createTestAccount()
    const shop = await account.firstShop()
    expect(await account.findKeyHolder(shop.publicKey)).toBeDefined()

    await db.sql.update(db.t.keys).set({ revokedAt: clock.now })
    clock.now -= 3_600_000

    expect(await account.findKeyHolder(shop.publicKey)).toBeUndefined()
  })

  it.skipIf(!isThere)('lists an origin once, and takes it off again', async () => {
    const { account } = await createTestAccount()
    const { id } = await account.firstShop()

    await account.addOrigin(id, 'https://shop.example/')
    await account.addOrigin(id, 'HTTPS://SHOP.example')
    expect((await account.shopOf(id)).origins).toEqual(['https://shop.example'])

    await account.removeOrigin(id, 'https://shop.example')
    expect((await account.shopOf(id)).origins).toEqual([])
    await expect(account.removeOrigin(id, 'https://shop.example')).rejects.toMatchObject({
      code: 'not_found',
    })
    await expect(account.addOrigin(id, 'https://*.com')).rejects.toMatchObject({
      code: 'bad_request',
    })
  })
})
