import type { Database } from '../db/database.ts'

/** Up to which number all events have arrived; `undefined`: up to the last. */
export type Settled = () => Promise<number | undefined>

interface Snapshot {
  /** Transactions below it have ended. */
  readonly oldest: bigint
  /** The next one to begin. */
  readonly next: bigint
}

/**
 * On PostgreSQL an event may be seen later than one with a higher number, whose transaction was faster. A number has been
 * given out by a transaction that had begun: once all that had begun by then have ended, nothing below it is missing.
 * Nothing is locked, and ingestion knows nothing of it.
 */
export function createSettled({ raw }: Database): Settled {
  if (raw.dialect === 'sqlite') return () => Promise.resolve(undefined)
  const { pool } = raw
  let settled = 0
  let waiting: { readonly last: number; readonly next: bigint } | undefined

  async function lastGiven(): Promise<number> {
    const { rows } = await pool.query<{ last: string | null }>(
      `SELECT pg_sequence_last_value(pg_get_serial_sequence('events', 'seq')::regclass) AS last`,
    )
    return Number(rows[0]?.last ?? 0)
  }

  async function snapshot(): Promise<Snapshot> {
    const { rows } = await pool.query<{ oldest: string; next: string }>(
      `SELECT pg_snapshot_xmin(now)::text AS oldest, pg_snapshot_xmax(now)::text AS next
         FROM pg_current_snapshot() AS now`,
    )
    return { oldest: BigInt(rows[0]?.oldest ?? 0), next: BigInt(rows[0]?.next ?? 0) }
  }

  return async () => {
    // In this order: whoever has one of these numbers had begun before the snapshot.
    const last = await lastGiven()
    const { oldest, next } = await snapshot()
    if (waiting !== undefined && oldest >= waiting.next) {
      settled = Math.max(settled, waiting.last)
      waiting = undefined
    }
    if (oldest >= next) settled = Math.max(settled, last)
    else waiting ??= { last, next }
    return settled
  }
}
