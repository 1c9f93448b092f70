import { createHmac } from 'node:crypto'
import { expect, it } from 'vitest'
import type { Batch } from '#protocol/events.ts'
import { createLog } from '#server/core/log.ts'
import { createDashboard } from '#server/dashboard/service.ts'
import type { Database } from '#server/db/database.ts'
import { createEvents } from '#server/events/service.ts'
import { whenErased } from '#server/gone-rows.ts'
import { erasePerson } from '#server/people/erase-person.ts'
import { eachDatabase, rowsOf } from '../../support/databases.ts'
import { createRandom } from '../../support/fuzzed-bodies.ts'
import {
  batchOf,
  eventOf,
  NOW,
  startIngestion,
  type TestIngestion,
} from '../../support/ingestion.ts'
import { naiveFigures } from '../../support/naive-figures.ts'
import { randomShop, type Sending } from '../../support/random-shop.ts'

const IS_LONG = process.env.TEST_LONG === '1'
const BROWSERS = Number(process.env.TEST_BROWSERS ?? (IS_LONG ? 1_000 : 25))
const PATIENCE_MS = (IS_LONG ? 20 : 1) * 60_000
const SEED = Number(process.env.TEST_SEED ?? Date.now() % 1e8)
const ZONES = ['UTC', 'Asia/Kathmandu', 'America/New_York', 'Australia/Lord_Howe']
const SECRET = 'of the shop’s server'
const DAY_MS = 86_400_000

eachDatabase('figures', (fresh) => {
  it(
    'are what one pass over the raw rows gives, whatever came late, twice or for another',
    async () => {
      const database = await fresh()
      const random = createRandom(SEED)
      const db = await database.open()
      try {
        const shop = await startIngestion(db)
        const at = () => shop.clock.now
        const nodes = [dashboardOn(db, at), dashboardOn(db, at)]
        const names = [createEvents({ db, now: at }), createEvents({ db, now: at })]
        const sendings = randomShop({
          random,
          now: shop.clock.now,
          browsers: BROWSERS,
          publicKey: 'pub_x',
          secretKey: 'sec_x',
          sign: (userId) => createHmac('sha256', SECRET).update(userId).digest('hex'),
        })
        for (const some of inTurns(sendings, random)) {
          await Promise.all([
            ...some.map((one) => send(shop, one)),
            ...nodes.map((it) => it.follow()),
            ...names.map((it) => it.countNames()),
          ])
        }
        await catchUp(db, nodes[0])
        const agreed = await compare(db, shop, random)
        expect(agreed.sessions).toBeGreaterThan(BROWSERS / 2)

        // Whoever is erased is in no figure any more, and what comes then is counted.
        const visitors = await rowsOf<{ id: number }>(
          db,
          'SELECT DISTINCT visitor_id AS id FROM events WHERE visitor_id IS NOT NULL',
        )
        const erased = visitors.filter(() => random() < 0.2).map(({ id }) => Number(id))
        // The last of all, half of it counted: its numbers come again on SQLite.
        const who = batchOf([])
        await sendMany(shop, random, who)
        await nodes[0]?.follow()
        await sendMany(shop, random, who)
        const busiest = await busiestVisitor(db, shop.shopId)
        await beginErasing(db, shop.shopId, busiest)
        erased.push(busiest)
        await Promise.all([
          ...erased.map((id) => erase(db, shop.shopId, id)),
          ...nodes.map((it) => it.follow()),
          ...names.map((it) => it.countNames()),
        ])
        for (const one of sendings.slice(-10)) await send(shop, anew(one))
        await catchUp(db, nodes[1])
        await compare(db, shop, random)
        await expect
          .poll(
            async () => {
              await names[0]?.countNames()
              return namesOf(db, shop.shopId)
            },
            { timeout: 10_000 },
          )
          .toEqual(await naiveNames(db, shop.shopId))
      } finally {
        process.stdout.write(`seed ${SEED}\n`)
        await db.close()
        await database.remove()
      }
    },
    PATIENCE_MS,
  )
})

/** Transactions elsewhere on the same PostgreSQL keep numbers from being settled for a moment. */
async function catchUp(
  db: Database,
  node: { readonly follow: () => Promise<unknown> } | undefined,
): Promise<void> {
  const behind = `SELECT count(*) AS events FROM events
    WHERE seq > coalesce((SELECT max(seq) FROM figure_cursors), 0)`
  await expect
    .poll(
      async () => {
        await node?.follow()
        const [row] = await rowsOf<{ events: number }>(db, behind)
        return Number(row?.events)
      },
      { timeout: 10_000 },
    )
    .toBe(0)
  await node?.follow()
}

function dashboardOn(db: Database, now: () => number) {
  return createDashboard({ db, now, log: createLog('silent') })
}

async function send(shop: TestIngestion, one: Sending): Promise<void> {
  if (one.what === 'batch') await shop.send(one.batch, { isVerified: one.batch.key === 'sec_x' })
}

/** A few at a time. */
function* inTurns(sendings: readonly Sending[], random: () => number): Iterable<Sending[]> {
  for (let from = 0; from < sendings.length;) {
    const size = 1 + Math.floor(random() * 12)
    yield sendings.slice(from, from + size)
    from += size
  }
}

/** The same events once more, as others. */
function anew(one: Sending): Sending {
  if (one.what !== 'batch') return one
  const events = one.batch.events.map((event) => ({ ...event, id: `${event.id}-anew` }))
  return { what: 'batch', batch: { ...one.batch, events } }
}

/** Somebody whose events don't go at once. */
async function sendMany(shop: TestIngestion, random: () => number, who: Batch): Promise<void> {
  for (let i = 0; i < 7; i += 1) {
    const events = Array.from({ length: 50 }, () => {
      const product_id = `p-${Math.floor(random() * 5)}`
      const name = random() < 0.5 ? 'Product Viewed' : 'Product Added'
      return eventOf({ name, properties: { product_id } })
    })
    await shop.send({ ...who, events })
  }
}

async function busiestVisitor(db: Database, shopId: number): Promise<number> {
  const [row] = await rowsOf<{ id: number }>(
    db,
    'SELECT visitor_id AS id FROM events WHERE shop_id = $1 GROUP BY 1 ORDER BY count(*) DESC',
    [shopId],
  )
  return Number(row?.id)
}

/** Is stopped after its first piece. */
async function beginErasing(db: Database, shopId: number, id: number): Promise<void> {
  const found = { kind: 'visitor', customerIds: [], visitors: [{ id }] } as const
  const stopping = new AbortController()
  const report = async () => stopping.abort()
  const run = { signal: stopping.signal, report }
  await expect(erasePerson({ db, ...whenErased }, shopId, found, run)).rejects.toThrow(/abort/)
}

async function erase(db: Database, shopId: number, id: number): Promise<void> {
  const found = { kind: 'visitor', customerIds: [], visitors: [{ id }] } as const
  const { signal } = new AbortController()
  await erasePerson({ db, ...whenErased }, shopId, found, { signal, report: async () => undefined })
}

async function namesOf(db: Database, shopId: number): Promise<Record<string, number>> {
  const { items } = await createEvents({ db, now: () => NOW }).names(shopId, 90)
  return Object.fromEntries(items.map(({ type, name, count }) => [`${type} ${name ?? ''}`, count]))
}

async function naiveNames(db: Database, shopId: number): Promise<Record<string, number>> {
  const rows = await rowsOf<{ type: string; name: string | null; count: number }>(
    db,
    'SELECT type, name, count(*) AS count FROM events WHERE shop_id = $1 GROUP BY type, name',
    [shopId],
  )
  return Object.fromEntries(
    rows.map(({ type, name, count }) => [`${type} ${name ?? ''}`, Number(count)]),
  )
}

/** Random ranges, by clocks of several zones. */
async function compare(
  db: Database,
  { shopId, clock: { now } }: TestIngestion,
  random: () => number,
) {
  const naive = await naiveFigures(db, shopId, now)
  const dashboard = dashboardOn(db, () => now)
  let sessions = 0
  for (const timeZone of ZONES) {
    const shop = { id: shopId, timeZone }
    const first = now - Math.floor(random() * 200) * DAY_MS
    const from = dateOf(first)
    const to = dateOf(Math.min(now, first + Math.floor(random() * 200) * DAY_MS))
    const days = { from, to }
    const answer = await dashboard.figures(shop, days)
    for (const period of [answer.now, answer.before]) {
      const { funnel, totals } = naive.figures(period)
      expect({ days, timeZone, totals: period.totals, funnel: period.funnel }).toEqual({
        days,
        timeZone,
        totals,
        funnel,
      })
      sessions = Math.max(sessions, totals.sessions)
    }
    const ends = [...answer.now.points.slice(1).map(({ at }) => at), answer.now.end]
    for (const [i, { at, ...point }] of answer.now.points.entries()) {
      if (random() < 0.8) continue
      const { totals } = naive.figures({ start: at, end: ends[i] ?? at })
      expect({ timeZone, at, ...point }).toEqual({ timeZone, at, ...totals })
    }
    const groups = await dashboard.sessionGroups(shop, 'source', { ...days, limit: 200 })
    const bySource = groups.map(({ name, sessions: n, orders }) => [name, { sessions: n, orders }])
    expect(Object.fromEntries(bySource)).toEqual(naive.bySource(answer.now))
    const products = await dashboard.products(shop, { ...days, limit: 200 })
    const byId = products.map(({ productId, viewed, added, bought, revenue }) => [
      productId,
      { viewed, added, bought, revenue },
    ])
    expect(Object.fromEntries(byId)).toEqual(naive.products(answer.now))
  }
  return { sessions }
}

function dateOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10)
}
