import { expect, it } from 'vitest'
import { createJobs } from '#server/core/jobs/jobs.ts'
import { createLog } from '#server/core/log.ts'
import { createDashboard } from '#server/dashboard/service.ts'
import { createEvents, createRetention } from '#server/events/service.ts'
import { whenExpired } from '#server/gone-rows.ts'
import { eachDatabase, rowsOf } from '../../support/databases.ts'
import { batchOf, eventOf, newVisitor, NOW, startIngestion } from '../../support/ingestion.ts'

const DAY_MS = 86_400_000
/** Too old for who keeps three months. */
const OLD = NOW - 200 * DAY_MS
const RECENT = NOW - 10 * DAY_MS

eachDatabase('figures of what was too old to be kept', (fresh) => {
  it('stay as sums, and what comes then counts once', async () => {
    const database = await fresh()
    const db = await database.open()
    const shop = await startIngestion(db)
    const log = createLog('silent')
    const now = () => shop.clock.now
    const dashboard = createDashboard({ db, now, log })
    const names = createEvents({ db, now })
    const jobs = createJobs({ db, now, log })
    createRetention({ db, now, jobs, ...whenExpired })
    await rowsOf(db, 'UPDATE shops SET retention_months = 3')
    const regular = newVisitor()

    async function visit(at: number, visitor = newVisitor()): Promise<void> {
      shop.clock.now = at
      const viewed = eventOf({ at, properties: { product_id: 'p-1' } })
      await shop.send(batchOf([viewed], { visitor, sentAt: at, session: sessionAt(at) }))
    }
    async function counted(at: number) {
      await dashboard.follow()
      await names.countNames()
      const day = new Date(at).toISOString().slice(0, 10)
      const days = { from: day, to: day }
      const ofShop = { id: shop.shopId, timeZone: 'UTC' }
      const { totals } = (await dashboard.figures(ofShop, days)).now
      const [product] = await dashboard.products(ofShop, { ...days, limit: 5 })
      const { items } = await names.names(shop.shopId, 365)
      return {
        sessions: totals.sessions,
        visitors: totals.visitors,
        viewed: product?.viewed ?? 0,
        named: items.reduce((sum, { count }) => sum + count, 0),
      }
    }
    const night = async () => {
      shop.clock.now = NOW
      await rowsOf(db, `UPDATE jobs SET due_at = $1 WHERE kind = 'event.expire'`, [NOW])
      await jobs.settle()
    }

    try {
      await jobs.start()
      await visit(OLD)
      await visit(OLD, regular)
      await expect.poll(() => counted(OLD)).toMatchObject({ sessions: 2, visitors: 2, named: 2 })

      // Nothing is left, and SQLite begins again with the first number.
      await night()
      expect(await rowsOf(db, 'SELECT seq FROM events')).toEqual([])
      expect(await rowsOf(db, 'SELECT session_id FROM session_figures')).toEqual([])
      await visit(RECENT)
      await visit(RECENT, regular)
      await visit(RECENT + DAY_MS / 8, regular)

      await expect
        .poll(() => counted(RECENT))
        .toEqual({ sessions: 3, visitors: 2, viewed: 3, named: 5 })
      expect(await counted(OLD)).toEqual({ sessions: 2, visitors: 0, viewed: 2, named: 5 })

      // Counted anew, nobody's old sessions are taken off once more.
      await rowsOf(
        db,
        `INSERT INTO figure_changes (shop_id, visitor_id)
          SELECT shop_id, id FROM visitors WHERE shop_id = $1`,
        [shop.shopId],
      )
      await night()
      expect(await counted(RECENT)).toMatchObject({ sessions: 3, visitors: 2 })
      expect(await counted(OLD)).toMatchObject({ sessions: 2, viewed: 2 })
    } finally {
      await jobs.stop(1_000)
      await db.close()
      await database.remove()
    }
  })
})

function sessionAt(startedAt: number) {
  return { id: crypto.randomUUID(), startedAt }
}
