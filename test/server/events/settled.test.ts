import { expect, it } from 'vitest'
import { createSettled } from '#server/events/settled.ts'
import { eachDatabase } from '../../support/databases.ts'

eachDatabase('the numbers of events', (fresh, dialect) => {
  it.runIf(dialect === 'postgres')(
    'are settled once whoever may still use one below has ended',
    async () => {
      const database = await fresh()
      const db = await database.open()
      if (db.raw.dialect !== 'postgres') throw new Error('It is about PostgreSQL')
      const { pool } = db.raw
      const settled = createSettled(db)
      const slow = await pool.connect()
      await slow.query('BEGIN')
      await slow.query('SELECT pg_current_xact_id()')
      const number = async (client: Pick<typeof slow, 'query'>) => {
        const { rows } = await client.query<{ n: string }>(
          `SELECT nextval(pg_get_serial_sequence('events', 'seq')) AS n`,
        )
        return Number(rows[0]?.n)
      }
      const below = await number(slow)
      const above = await number(pool)

      expect([await settled(), await settled(), await settled()].every((n = 0) => n < below)).toBe(
        true,
      )
      await slow.query('COMMIT')
      slow.release()
      await expect.poll(settled, { timeout: 10_000 }).toBeGreaterThanOrEqual(above)
      await db.close()
      await database.remove()
    },
  )
})
