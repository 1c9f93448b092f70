import { randomBytes } from 'node:crypto'
import { dirname } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { MAX_INVITATIONS } from '#protocol/account.ts'
import { MAX_CONTACT_LISTS } from '#protocol/customers.ts'
import { MAX_DEFINITIONS } from '#protocol/definitions.ts'
import { MAX_FEEDS } from '#protocol/feeds.ts'
import { MAX_ORIGINS, MAX_SECRET_KEYS } from '#protocol/shop.ts'
import { MAX_VIEWS } from '#protocol/views.ts'
import { MAX_WEBHOOKS } from '#protocol/webhooks.ts'
import type { Database } from '#server/db/database.ts'
import { openDatabase } from '#server/db/open-database.ts'
import { setUpOwner, type ConsoleClient } from '../../support/console-client.ts'
import { eachDatabase, type FreshDatabase } from '../../support/databases.ts'
import { NOW } from '../../support/ingestion.ts'
import { startServer, type TestServer } from '../../support/server.ts'

const AT_ONCE = 6
const MAX_OPEN_IMPORTS = 20

/** What a shop may have so many of: how one of those that are there already comes about, and how another is asked for. */
interface Limited {
  readonly what: string
  readonly most: number
  readonly rows: (db: Database, shopId: number, names: readonly string[]) => Promise<unknown>
  readonly path: string
  readonly body: (name: string) => unknown
}

const LIMITED: readonly Limited[] = [
  {
    what: 'origins',
    most: MAX_ORIGINS,
    rows: ({ sql, t }, shopId, names) =>
      sql
        .insert(t.origins)
        .values(names.map((name) => ({ shopId, origin: `https://${name}`, createdAt: NOW }))),
    path: '/origins',
    body: (name) => ({ origin: `https://${name}` }),
  },
  {
    what: 'secret keys',
    most: MAX_SECRET_KEYS,
    rows: ({ sql, t }, shopId, names) =>
      sql.insert(t.keys).values(
        names.map((name) => ({
          shopId,
          kind: 'secret' as const,
          value: name,
          ending: 'abcd',
          name,
          scopes: [],
          createdAt: NOW,
        })),
      ),
    path: '/keys',
    body: (name) => ({ name, scopes: ['events:write'] }),
  },
  {
    what: 'invitations',
    most: MAX_INVITATIONS,
    rows: ({ sql, t }, shopId, names) =>
      sql.insert(t.accountLinks).values(
        names.map((name) => ({
          publicId: randomBytes(16),
          tokenHash: randomBytes(32),
          kind: 'invitation' as const,
          shopId,
          email: `ana@${name}`,
          roles: ['host' as const],
          createdAt: Date.now(),
          expiresAt: Date.now() + 1e8,
        })),
      ),
    path: '/invitations',
    body: (name) => ({ email: `ana@${name}`, roles: ['host'] }),
  },
  {
    what: 'contact lists',
    most: MAX_CONTACT_LISTS,
    rows: ({ sql, t }, shopId, names) =>
      sql
        .insert(t.contactLists)
        .values(names.map((name) => ({ shopId, publicId: randomBytes(16), name, createdAt: NOW }))),
    path: '/lists',
    body: (name) => ({ name }),
  },
  {
    what: 'saved views',
    most: MAX_VIEWS,
    rows: ({ sql, t }, shopId, names) =>
      sql.insert(t.savedViews).values(
        names.map((name) => ({
          shopId,
          publicId: randomBytes(16),
          list: 'orders' as const,
          name,
          query: '',
          createdAt: NOW,
        })),
      ),
    path: '/saved-views',
    body: (name) => ({ list: 'orders', name, query: '' }),
  },
  {
    what: 'webhooks',
    most: MAX_WEBHOOKS,
    rows: async () => undefined,
    path: '/webhooks',
    body: (name) => ({ url: `https://${name}/`, events: ['order.completed'] }),
  },
  {
    what: 'feeds',
    most: MAX_FEEDS,
    rows: async () => undefined,
    path: '/feeds',
    body: (name) => ({ url: `https://${name}/`, isOn: false }),
  },
]

eachDatabase('what a shop has only so many of', (fresh) => {
  let database: FreshDatabase
  let server: TestServer
  let db: Database
  let owner: ConsoleClient
  beforeAll(async () => {
    database = await fresh()
    const { url, file = '' } = database.address
    server = await startServer(
      url === undefined ? { dataDir: dirname(file) } : { databaseUrl: url },
    )
    db = await openDatabase({ ...database.address, role: 'command' })
    owner = await setUpOwner(server)
  })
  afterAll(async () => {
    await db.close()
    await server.stop()
    await database.remove()
  })

  const namesOf = (what: string, count: number) =>
    Array.from({ length: count }, (_, at) => `${what.replaceAll(' ', '-')}-${at}.example`)

  it.each(LIMITED)('is never more than it may be, asked for at once: $what', async (limited) => {
    const { what, most, rows, path, body } = limited
    const [there, wanted] = [namesOf(what, most - 1), namesOf(`new ${what}`, AT_ONCE)]
    // Those without rows are few enough to be asked for.
    if ((await rows(db, server.shop.id, there)) === undefined) {
      for (const name of there) await owner.told('POST', path, body(name))
    }
    const replies = await Promise.all(wanted.map((name) => owner.ask('POST', path, body(name))))
    const made = replies.filter(({ status }) => status < 300)
    const refused = replies.filter(({ status }) => status === 409)

    expect([made.length, refused.length]).toEqual([1, AT_ONCE - 1])
  })

  it('is never more than it may be, asked for at once: definitions', async () => {
    const names = namesOf('definition', MAX_DEFINITIONS - 1)
    const draft = { kind: 'event', description: '', type: null, owner: '' } as const
    for (let from = 0; from < names.length; from += 100) {
      await db.sql.insert(db.t.definitions).values(
        names.slice(from, from + 100).map((name) => {
          return { ...draft, name, shopId: server.shop.id, publicId: randomBytes(16), updatedAt: 0 }
        }),
      )
    }
    const replies = await Promise.all(
      namesOf('new', AT_ONCE).map((name) => owner.ask('PUT', '/definitions', { ...draft, name })),
    )
    const made = replies.filter(({ status }) => status === 200)
    const refused = replies.filter(({ status }) => status === 409)

    expect([made.length, refused.length]).toEqual([1, AT_ONCE - 1])
  })

  it('is never more than it may be, sent at once: files that wait', async () => {
    const csv = { 'content-type': 'text/csv' }
    const send = () => owner.ask('POST', '/product-imports', 'id,name\n1,Tea\n', csv)
    const replies = await Promise.all(Array.from({ length: MAX_OPEN_IMPORTS + AT_ONCE }, send))
    const kept = replies.filter(({ status }) => status < 300)

    expect(kept.length).toBeLessThanOrEqual(MAX_OPEN_IMPORTS)
    expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([201, 409]))
  })
})
