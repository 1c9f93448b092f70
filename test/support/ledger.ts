import type { Database } from '#server/db/database.ts'
import { rowsOf } from './databases.ts'
import type { Writers } from './writers.ts'

export interface Ledger {
  /** Ids that were acknowledged and are not stored. */
  readonly missing: readonly string[]
  readonly doubled: number
  /** Sent, and never acknowledged nor refused for good. */
  readonly unacknowledged: number
  /** Stored more than the counts in the console say, which are written in the same commit. */
  readonly uncounted: number
  /** Ids known without their event, or events without their id. */
  readonly halves: number
  /** What the database finds wrong with its own file. */
  readonly damage: readonly unknown[]
}

/** Nothing lost, nothing twice, nothing by halves. */
export const EXACT: Ledger = {
  missing: [],
  doubled: 0,
  unacknowledged: 0,
  uncounted: 0,
  halves: 0,
  damage: [],
}

/** Compares what was acknowledged with what is stored, once all writers have finished. */
export async function ledgerOf(db: Database, writers: Writers): Promise<Ledger> {
  const stored = await rowsOf<{ id: Buffer }>(db, 'SELECT id FROM events')
  const ids = new Set(stored.map(({ id }) => id.toString('hex')))
  const counted = await countOf(
    db,
    `SELECT coalesce(sum(count), 0) AS count FROM ingestion_counts WHERE outcome = 'stored'`,
  )
  const known = await countOf(db, 'SELECT count(*) AS count FROM event_ids')
  return {
    missing: [...writers.acknowledged].filter((id) => !ids.has(id.replaceAll('-', ''))),
    doubled: stored.length - ids.size,
    unacknowledged: writers.sent.size - writers.acknowledged.size,
    uncounted: stored.length - counted,
    halves: Math.abs(known - ids.size),
    damage: db.raw.dialect === 'sqlite' ? await damageOf(db) : [],
  }
}

async function countOf(db: Database, statement: string): Promise<number> {
  const [row] = await rowsOf<{ count: number | string }>(db, statement)
  return Number(row?.count)
}

async function damageOf(db: Database): Promise<unknown[]> {
  const found = await rowsOf<{ text: string }>(
    db,
    'SELECT integrity_check AS text FROM pragma_integrity_check',
  )
  const broken = await rowsOf(db, 'SELECT * FROM pragma_foreign_key_check')
  return [...found.filter(({ text }) => text !== 'ok'), ...broken]
}
