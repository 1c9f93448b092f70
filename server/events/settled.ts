import type { Database } from '../db/database.ts'

/** Up to which number all events have arrived; `undefined`: up to the last. */
export type Settled = () => Promise<number | undefined>

/**
 * On PostgreSQL an event may be seen later than one with a higher number, whose transaction was faster. A number is given
 * out by a transaction that has begun to write (`event_ids` come first): once all that had begun by then have ended, nothing
 * below it is missing. Nothing is locked, and ingestion knows nothing of it.
 */
export function createSettled({ raw }: Database): Settled {
  if (raw.dialect === 'sqlite') return () => Promise.resolve(undefined)
  const { pool } = raw
  let settled = 0
  let waiting: { readonly last: number; readonly begun: bigint } | undefined

  async function ask(expression: string): Promise<string> {
    const { rows } = await pool.query<{ said: string | null }>(
      `SELECT (${expression})::text AS said`,
    )
    return rows[0]?.said ?? '0'
  }

  return async () => {
    if (waiting === undefined) {
      const last = Number(await ask(LAST_NUMBER))
      if (last <= settled) return settled
      // In this order: whoever has one of these numbers began before this transaction of our own. A snapshot's upper end
      // would not do: it is what has ended, and says nothing of who began after that.
      waiting = { last, begun: BigInt(await ask('pg_current_xact_id()')) }
    }
    const oldest = BigInt(await ask('pg_snapshot_xmin(pg_current_snapshot())'))
    if (oldest > waiting.begun) {
      settled = waiting.last
      waiting = undefined
    }
    return settled
  }
}

const LAST_NUMBER = `pg_sequence_last_value(pg_get_serial_sequence('events', 'seq')::regclass)`
