import { afterEach, expect, it } from 'vitest'
import { eachDatabase, type FreshDatabase } from '../../support/databases.ts'
import { insertShop } from '../../support/ingestion.ts'

const MEMBERS = 5_000

let database: FreshDatabase | undefined
afterEach(() => database?.remove())

eachDatabase('a visitor who becomes a customer’s', (fresh, dialect) => {
  // SQLite plans when a statement is prepared, from no figures that could be too old.
  it.runIf(dialect === 'postgres')(
    'is counted by their own memberships, though they were planned for when nobody had any',
    async () => {
      database = await fresh()
      const db = await database.open()
      const { raw } = db
      if (raw.dialect !== 'postgres') throw new Error('Not PostgreSQL')
      const shopId = await insertShop(db)
      // Plans are a connection's own.
      const client = await raw.pool.connect()
      try {
        await client.query('VACUUM ANALYZE audience_members, audiences')
        await client.query(
          `INSERT INTO visitors (shop_id, public_id, first_seen_at, last_seen_at)
           SELECT $1, int8send(i), 1, 1 FROM generate_series(1, 20) AS i`,
          [shopId],
        )
        const { rows } = await client.query<{ id: number }>(
          `INSERT INTO customers (shop_id, public_id, languages, tags, attributes, trait_stamps,
                                  is_verified, created_at, updated_at)
           VALUES ($1, int8send(1), '[]', '[]', '{}', '{}', false, 1, 1) RETURNING id`,
          [shopId],
        )
        const knows = (visitor: number) =>
          client.query('UPDATE visitors SET customer_id = $1 WHERE public_id = int8send($2)', [
            rows[0]?.id,
            visitor,
          ])
        for (let visitor = 1; visitor <= 10; visitor += 1) await knows(visitor)
        await client.query(
          `INSERT INTO audiences (shop_id, name, condition, state, fill_kind, fill_to, filled,
                                  fill_total, created_at, updated_at)
           VALUES ($1, 'All', '{}', 'ready', 'customer', 0, 0, 0, 1, 1)`,
          [shopId],
        )
        await client.query(
          `INSERT INTO audience_members (shop_id, audience_id, kind, subject_id, since)
           SELECT $1, (SELECT id FROM audiences), 'visitor', 1000 + i, 1
             FROM generate_series(1, ${MEMBERS}) AS i`,
          [shopId],
        )

        await client.query('BEGIN')
        await knows(11)
        const read = await client.query<{ rows: number }>(
          `SELECT seq_tup_read AS rows FROM pg_stat_xact_user_tables
            WHERE relname = 'audience_members'`,
        )
        await client.query('COMMIT')
        expect(read.rows).toEqual([{ rows: 0 }])
      } finally {
        client.release()
        await db.close()
      }
    },
  )
})
