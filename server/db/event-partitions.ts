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
