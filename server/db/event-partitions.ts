import type { PoolClient } from 'pg'
import type { Database } from './database.ts'
import { inTransaction, retried, withClient } from './postgres.ts'

interface Month {
  readonly name: string
  readonly from: number
  readonly to: number
}

/** This month and so many after it, so that a server that nobody restarts is never without one. */
const MONTHS_AHEAD = 2
/** Any number, the same on every node. */
const PARTITION_LOCK = 727_275

/**
 * Makes the monthly partitions of `events` that will soon be needed; nothing on SQLite. Call at start and daily. Rows
 * that arrived without one lie in the default partition and move. Safe on several nodes at once: one works, all wait.
 */
export async function ensureEventPartitions(db: Database, now: number): Promise<void> {
  const { raw } = db
  if (raw.dialect === 'sqlite') return
  for (const month of monthsFrom(now)) {
    await retried(() =>
      withClient(raw.pool, (client) =>
        inTransaction(client, { isOpen: true }, () => ensureMonth(client, month)),
      ),
    )
  }
}

function monthsFrom(now: number): Month[] {
  const start = new Date(now)
  return Array.from({ length: MONTHS_AHEAD + 1 }, (_, ahead) => {
    const from = Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + ahead)
    const to = Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + ahead + 1)
    return {
      name: `events_${new Date(from).toISOString().slice(0, 7).replace('-', '_')}`,
      from,
      to,
    }
  })
}

/** Names and bounds are ours alone, so they may stand in the statement: DDL takes no parameters. */
async function ensureMonth(client: PoolClient, { name, from, to }: Month): Promise<void> {
  await client.query('SELECT pg_advisory_xact_lock($1)', [PARTITION_LOCK])
  const { rows } = await client.query<{ known: boolean }>(
    'SELECT to_regclass($1) IS NOT NULL AS known',
    [name],
  )
  if (rows[0]?.known) return
  await client.query('SET LOCAL statement_timeout = 0')
  // Rows must wait before PostgreSQL has chosen their partition: one that already waits for the default partition would
  // be refused once that partition's bounds have changed. Reading goes on until the attachment.
  await client.query('LOCK TABLE ONLY events IN SHARE ROW EXCLUSIVE MODE')
  await client.query(`CREATE TABLE ${name} (LIKE events INCLUDING DEFAULTS INCLUDING CONSTRAINTS)`)
  await client.query(
    `WITH moved AS (
       DELETE FROM events_default WHERE received_at >= ${from} AND received_at < ${to} RETURNING *
     ) INSERT INTO ${name} SELECT * FROM moved`,
  )
  await client.query(
    `ALTER TABLE events ATTACH PARTITION ${name} FOR VALUES FROM (${from}) TO (${to})`,
  )
}

interface Dropping {
  readonly now: number
  /** By shop, before when its events are to go; a shop that is not there keeps them. */
  readonly expired: ReadonlyMap<number, number>
  readonly signal: AbortSignal
}

const IDS_AT_ONCE = 2_000
const DAY_MS = 86_400_000

/**
 * Drops the months of which no shop keeps anything, and those past ones that are empty; nothing on SQLite. What made sure
 * that their events were stored once goes before them. A month that is in use just then stays, for the next time.
 */
export async function dropEventPartitions(
  db: Database,
  { now, expired, signal }: Dropping,
): Promise<void> {
  const { raw } = db
  if (raw.dialect === 'sqlite') return
  await withClient(raw.pool, async (client) => {
    for (const { name, to } of await monthsThere(client)) {
      if (to > now - 31 * DAY_MS) continue
      const shops = await shopsIn(client, name)
      if (!shops.every((shopId) => (expired.get(shopId) ?? -Infinity) >= to)) continue
      for (const shopId of shops) await deleteIds(client, { name, shopId, signal })
      await dropMonth(client, name)
    }
  })
}

async function monthsThere(client: PoolClient): Promise<Pick<Month, 'name' | 'to'>[]> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT relname AS name FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid
      WHERE inhparent = 'events'::regclass AND relname ~ '^events_\\d{4}_\\d{2}$' ORDER BY 1`,
  )
  return rows.map(({ name }) => {
    const [, year, month] = name.split('_').map(Number)
    return { name, to: Date.UTC(year ?? 0, month ?? 0) }
  })
}

/** From one to the next by the index, however many events each has. */
async function shopsIn(client: PoolClient, name: string): Promise<number[]> {
  const shops: number[] = []
  for (;;) {
    const { rows } = await client.query<{ next: string | null }>(
      `SELECT min(shop_id) AS next FROM ${name} WHERE shop_id > $1`,
      [shops.at(-1) ?? -1],
    )
    const next = rows[0]?.next ?? null
    if (next === null) return shops
    shops.push(Number(next))
  }
}

async function deleteIds(
  client: PoolClient,
  { name, shopId, signal }: { name: string; shopId: number; signal: AbortSignal },
): Promise<void> {
  // A byte more is a verified event's: see events/once-key.ts.
  const statement = `
    WITH batch AS (
      SELECT seq, id, verified FROM ${name} WHERE shop_id = $1 AND seq > $2 ORDER BY seq LIMIT ${IDS_AT_ONCE}
    ), gone AS (
      DELETE FROM event_ids USING batch
       WHERE shop_id = $1
         AND event_ids.id = CASE WHEN verified THEN batch.id || '\\x01'::bytea ELSE batch.id END
    ) SELECT max(seq) AS last FROM batch`
  let last = -1
  for (;;) {
    signal.throwIfAborted()
    const found = await client.query<{ last: string | null }>(statement, [shopId, last])
    const next = found.rows[0]?.last ?? null
    if (next === null) return
    last = Number(next)
  }
}

/** Whoever writes waits for it, so it does not wait long itself. */
async function dropMonth(client: PoolClient, name: string): Promise<void> {
  try {
    await inTransaction(client, { isOpen: true }, async () => {
      await client.query(`SET LOCAL lock_timeout = '2s'`)
      await client.query(`DROP TABLE ${name}`)
    })
  } catch (error) {
    if (Object(error).code !== LOCK_NOT_AVAILABLE) throw error
  }
}

const LOCK_NOT_AVAILABLE = '55P03'
