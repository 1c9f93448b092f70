import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '#server/db/database.ts'
import { ensureEventPartitions } from '#server/db/event-partitions.ts'
import { freshPostgres, postgresUrl } from '../../support/postgres.ts'
import { rowsOf } from '../../support/databases.ts'
import { openDatabase } from '#server/db/open-database.ts'

describe.skipIf(postgresUrl() === undefined)('monthly partitions of events', () => {
  let drop: () => Promise<void>
  let db: Database
  let other: Database

  beforeAll(async () => {
    const fresh = await freshPostgres()
    drop = fresh.drop
    db = await openDatabase({ url: fresh.url })
    other = await openDatabase({ url: fresh.url })
    await db.migrate()
  })
  afterAll(async () => {
    await Promise.all([db.close(), other.close()])
    await drop()
  })

  const insert = (at: number) =>
    rowsOf(
      db,
      `INSERT INTO events (shop_id, id, type, at, received_at, client_seq, url, verified)
       VALUES (1, '\\x00', 'page', $1, $1, 0, '', false)`,
      [at],
    )
  const places = () =>
    rowsOf<{ place: string; count: number }>(
      db,
      `SELECT tableoid::regclass::text AS place, count(*) AS count FROM events GROUP BY 1 ORDER BY 1`,
    )

  it('takes rows that came without one, on two nodes at once and under load', async () => {
    const november = Date.UTC(2026, 10, 30, 23, 59, 59, 999)
    const december = november + 1
    await insert(november)
    await insert(december)
    await insert(Date.UTC(2020, 0))
    expect(await places()).toEqual([{ place: 'events_default', count: 3 }])

    await Promise.all([
      ensureEventPartitions(db, november),
      ensureEventPartitions(other, november),
      ...Array.from({ length: 20 }, () => insert(december)),
    ])
    await ensureEventPartitions(db, november)
    await insert(Date.UTC(2027, 0, 31))

    expect(await places()).toEqual([
      { place: 'events_2026_11', count: 1 },
      { place: 'events_2026_12', count: 21 },
      { place: 'events_2027_01', count: 1 },
      { place: 'events_default', count: 1 },
    ])
    const numbers = await rowsOf<{ seq: number }>(db, 'SELECT DISTINCT seq FROM events')
    expect(numbers).toHaveLength(24)
    const [indexes] = await rowsOf<{ count: number }>(
      db,
      `SELECT count(*) AS count FROM pg_indexes WHERE tablename = 'events_2026_11'`,
    )
    expect(indexes?.count).toBe(2)
  })
})
