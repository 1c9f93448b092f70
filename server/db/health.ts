import type { Statement } from 'better-sqlite3'
import { stat } from 'node:fs/promises'
import { APPLIED_TABLE, readMigrations } from './migrations.ts'
import type { Database } from './database.ts'

/** What a database says of itself, for readiness and figures. */
export interface DatabaseHealth {
  /** Resolves once a write has reached the disk, without any row of ours; rejects where none can. */
  readonly write: () => Promise<void>
  /** Whether all that this version knows has run: another may have been put beneath a running server. */
  readonly isMigrated: () => Promise<boolean>
  readonly sizes: () => Promise<DatabaseSizes>
  /** PostgreSQL's connections by what they do; none on SQLite. */
  readonly connections: () => Readonly<Record<string, number>>
}

export interface DatabaseSizes {
  readonly databaseBytes: number
  /** The write-ahead log, which a SQLite checkpoint empties; undefined on PostgreSQL, which keeps it for all databases. */
  readonly logBytes: number | undefined
}

/** `file`: SQLite's. */
export function databaseHealth(db: Database, file: string): DatabaseHealth {
  const { raw } = db
  const last = readMigrations(raw.dialect).at(-1)?.name
  if (raw.dialect === 'postgres') {
    const { pool } = raw
    return {
      async write() {
        // A standby gives no numbers to transactions.
        const { rows } = await pool.query<{ setting: string }>(
          `SELECT txid_current(), current_setting('transaction_read_only') AS setting`,
        )
        if (rows[0]?.setting !== 'off') throw new Error('PostgreSQL takes no writes')
      },
      async isMigrated() {
        const found = await pool.query(`SELECT 1 FROM ${APPLIED_TABLE} WHERE name = $1`, [last])
        return found.rows.length > 0
      },
      async sizes() {
        const { rows } = await pool.query<{ bytes: number }>(
          'SELECT pg_database_size(current_database()) AS bytes',
        )
        return { databaseBytes: rows[0]?.bytes ?? 0, logBytes: undefined }
      },
      connections: () => ({
        busy: pool.totalCount - pool.idleCount,
        idle: pool.idleCount,
        waiting: pool.waitingCount,
      }),
    }
  }
  let applied: Statement | undefined
  return {
    async write() {
      // Ours is 0 and stays so; setting it writes the first page.
      await raw.exclusive((connection) => connection.exec('PRAGMA user_version = 0'))
    },
    isMigrated: () =>
      raw.exclusive((connection) => {
        // Once: what is prepared is kept for as long as the process lives.
        applied ??= connection.prepare(`SELECT 1 FROM ${APPLIED_TABLE} WHERE name = ?`)
        return applied.get(last) !== undefined
      }),
    async sizes() {
      return { databaseBytes: await bytesOf(file), logBytes: await bytesOf(`${file}-wal`) }
    },
    connections: () => ({}),
  }
}

async function bytesOf(file: string): Promise<number> {
  return (await stat(file)).size
}
