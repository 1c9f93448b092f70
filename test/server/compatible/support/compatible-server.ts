import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openSqliteConnection, type SqliteConnection } from '#server/db/sqlite-connection.ts'
import { NOW } from '../../../support/ingestion.ts'
import { startServer, type TestServer } from '../../../support/server.ts'

type Fields = Readonly<Record<string, unknown>>
type Body = Fields | string | Buffer<ArrayBuffer>

interface OpenShop {
  readonly id: number
  /** The public one. */
  readonly key: string
}

export interface CompatibleServer {
  readonly url: string
  readonly account: TestServer['account']
  /** What all below is about. */
  readonly shop: () => OpenShop
  /** Another shop in its place, which has no events. Its consent mode is `full`. */
  readonly openShop: () => void
  /** An object goes as JSON, with the shop's key; anything else as it is. */
  readonly post: (path: string, body: Body, init?: RequestInit) => Promise<Response>
  readonly get: (path: string, headers?: Record<string, string>) => Promise<Response>
  readonly rows: () => EventRow[]
  /** How many events were left out, or kept with a remark, by reason. */
  readonly leftOut: () => Record<string, number>
  readonly visitorIds: () => Buffer[]
  /** The customer of a visitor; null where it is nobody's. */
  readonly customersOf: (visitorId: number | null) => (number | null)[]
  readonly stop: () => Promise<void>
}

interface EventRow {
  readonly type: string
  readonly name: string | null
  readonly at: number
  readonly url: string
  readonly referrer: string | null
  readonly title: string | null
  readonly userId: string | null
  readonly groupId: string | null
  readonly visitorId: number | null
  readonly sessionId: number | null
  readonly properties: Record<string, unknown> | null
  readonly traits: Record<string, unknown> | null
  readonly verified: boolean
  readonly device: string | null
}

type StoredRow = { readonly [Name in keyof EventRow]: EventRow[Name] | string | number | null }

/** A server on SQLite whose rows can be read while it runs, and where it is always `NOW`. */
export async function startCompatibleServer(): Promise<CompatibleServer> {
  const folder = await mkdtemp(join(tmpdir(), 'granplaza-'))
  const server = await startServer({ dataDir: folder, now: () => NOW })
  const database = openSqliteConnection(join(folder, 'granplaza.db'), { timeout: 5_000 })
  const events = database.prepare<[number], StoredRow>(
    `SELECT type, name, at, url, referrer, title, user_id AS userId, group_id AS groupId,
            e.visitor_id AS visitorId, session_id AS sessionId, properties, traits, verified,
            s.device
       FROM events e LEFT JOIN sessions s ON s.id = e.session_id
      WHERE e.shop_id = ? ORDER BY e.seq`,
  )
  const counts = database.prepare<[number], { outcome: string; count: number }>(
    `SELECT outcome, sum(count) AS count FROM ingestion_counts
      WHERE shop_id = ? AND outcome <> 'stored' GROUP BY outcome`,
  )
  const customers = database.prepare<[number | null], { customerId: number | null }>(
    'SELECT customer_id AS customerId FROM visitors WHERE id = ?',
  )
  const visitors = database.prepare<[number], { publicId: Buffer }>(
    'SELECT public_id AS publicId FROM visitors WHERE shop_id = ? ORDER BY id',
  )
  let shop = insertShop(database)

  return {
    url: server.url,
    account: server.account,
    shop: () => shop,
    openShop() {
      shop = insertShop(database)
    },
    post: (path, body, init = {}) =>
      fetch(`${server.url}${path}`, {
        method: 'POST',
        body: isFields(body) ? JSON.stringify({ writeKey: shop.key, ...body }) : body,
        ...init,
      }),
    get: (path, headers = {}) => fetch(`${server.url}${path}`, { headers }),
    rows: () => events.all(shop.id).map(eventOf),
    leftOut: () =>
      Object.fromEntries(counts.all(shop.id).map(({ outcome, count }) => [outcome, count])),
    visitorIds: () => visitors.all(shop.id).map(({ publicId }) => publicId),
    customersOf: (visitorId) => customers.all(visitorId).map(({ customerId }) => customerId),
    async stop() {
      database.close()
      await server.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

function insertShop(database: SqliteConnection): OpenShop {
  const key = `pub_${randomBytes(16).toString('base64url')}`
  const { lastInsertRowid } = database
    .prepare(`INSERT INTO shops (name, consent_mode, created_at) VALUES ('Shop', 'full', ?)`)
    .run(NOW)
  database
    .prepare(
      `INSERT INTO keys (shop_id, kind, value, ending, scopes, created_at)
       VALUES (?, 'public', ?, ?, '[]', ?)`,
    )
    .run(lastInsertRowid, key, key.slice(-4), NOW)
  return { id: Number(lastInsertRowid), key }
}

function isFields(body: Body): body is Fields {
  return typeof body === 'object' && !Buffer.isBuffer(body)
}

function eventOf(row: StoredRow): EventRow {
  return {
    ...(row as EventRow),
    properties: parsed(row.properties),
    traits: parsed(row.traits),
    verified: Boolean(row.verified),
  }
}

function parsed(json: unknown): Record<string, unknown> | null {
  return typeof json === 'string' ? (JSON.parse(json) as Record<string, unknown>) : null
}
