import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Figures, FiguresAnswer } from '#protocol/figures.ts'
import { FIGURES_PATH } from '#protocol/names.ts'
import { createLog } from '#server/core/log.ts'
import { createDashboard } from '#server/dashboard/service.ts'
import { openDatabase } from '#server/db/open-database.ts'
import { createAccount } from '#server/account/service.ts'
import { rowsOf } from '../support/databases.ts'
import { fillHistory } from './support/dashboard-history.ts'
import { openBenchServer } from './support/own-server.ts'
import { percentile } from './support/percentiles.ts'
import { giveWay, LOAD_CORE, pinTo } from './support/pinning.ts'
import { playRole, startRole, type Role } from './support/roles.ts'
import { milliseconds, printTable, whole } from './support/table.ts'

// How long the pages of figures take at the server, in a shop with 100,000 visitors and 5,000,000 events in SQLite, beside
// the same figures from the raw rows; and how fast events from before there were figures are counted.

const EVENTS = Number(process.env.BENCH_ROWS ?? 5_000_000)
const VISITORS = Math.ceil(EVENTS / 50)
const REQUESTS = Number(process.env.BENCH_REQUESTS ?? 40)
const DAYS = 130
const RANGES = [1, 7, 28, 90]
const DAY_MS = 86_400_000

if (!playRole({ fill, count, serve, naive })) await bench()

async function bench(): Promise<void> {
  if (!pinTo(LOAD_CORE)) console.log('Not pinned: server and load share cores, so trust no figure.')
  const folder = mkdtempSync(join(tmpdir(), 'granplaza-bench-'))
  try {
    for (const step of ['fill', 'count']) {
      const role = await startRole(step, folder)
      console.log(role.ready)
      await role.stop()
    }
    const served = await startRole('serve', folder)
    giveWay()
    const [port = '', key = ''] = served.ready.split(' ')
    const answers = new Map<number, FiguresAnswer>()
    const rows: string[][] = []
    for (const days of RANGES) {
      const query = `from=${dateOf(Date.now() - (days - 1) * DAY_MS)}&to=${dateOf(Date.now())}`
      for (const path of [
        '',
        '/sessions?by=source',
        '/sessions?by=landing',
        '/products',
        '/experiences',
      ]) {
        const ask = () =>
          read(
            `http://127.0.0.1:${port}${FIGURES_PATH}${path}${path.includes('?') ? '&' : '?'}${query}`,
            key,
          )
        const first = await ask()
        const times = []
        for (let i = 0; i < REQUESTS; i += 1) times.push((await ask()).ms)
        if (path === '') answers.set(days, first.answer as FiguresAnswer)
        rows.push([
          `${days} days`,
          path === '' ? 'figures, funnel and series' : path.slice(1),
          milliseconds(percentile(times, 0.5)),
          milliseconds(percentile(times, 0.99)),
          milliseconds(first.ms),
        ])
      }
    }
    await served.stop()
    printTable(['range', 'what', 'p50', 'p99', 'first'], rows)
    await beside(folder, answers)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The same totals from the raw rows. */
async function beside(folder: string, answers: ReadonlyMap<number, FiguresAnswer>): Promise<void> {
  const role = await startRole('naive', folder)
  const rows: string[][] = []
  for (const [days, { now }] of answers) {
    const said = JSON.parse(await role.ask(JSON.stringify([now.start, now.end]))) as {
      ms: number
      totals: Partial<Figures>
    }
    const { visitors, sessions, orders, revenue } = now.totals
    const ours = JSON.stringify({ visitors, sessions, orders, revenue })
    const isEqual = ours === JSON.stringify(said.totals)
    rows.push([
      `${days} days`,
      ours,
      isEqual ? 'equal' : JSON.stringify(said.totals),
      milliseconds(said.ms),
    ])
    if (!isEqual) process.exitCode = 1
  }
  await role.stop()
  printTable(['range', 'figures', 'raw rows', 'raw rows take'], rows)
}

async function read(url: string, key: string): Promise<{ ms: number; answer: unknown }> {
  const begun = performance.now()
  const reply = await fetch(url, { headers: { authorization: `Bearer ${key}` } })
  const answer: unknown = await reply.json()
  if (reply.status !== 200) throw new Error(JSON.stringify(answer))
  return { ms: performance.now() - begun, answer }
}

function fileIn(folder: string) {
  return { url: undefined, file: join(folder, 'granplaza.db') }
}

async function fill(folder: string): Promise<Role> {
  const begun = performance.now()
  const db = await openDatabase(fileIn(folder))
  await db.migrate()
  const { id } = await createAccount({ db, now: Date.now }).firstShop()
  await fillHistory(db, id, { events: EVENTS, visitors: VISITORS, days: DAYS, now: Date.now() })
  await db.close()
  const bytes = statSync(join(folder, 'granplaza.db')).size
  return {
    ready: `${whole(EVENTS)} events of ${whole(VISITORS)} visitors written in ${seconds(begun)}, ${whole(bytes / 1e6)} MB`,
  }
}

async function count(folder: string): Promise<Role> {
  const begun = performance.now()
  const db = await openDatabase(fileIn(folder))
  const dashboard = createDashboard({ db, now: Date.now, log: createLog('error') })
  await dashboard.follow()
  const took = performance.now() - begun
  await db.close()
  const bytes = statSync(join(folder, 'granplaza.db')).size
  return {
    ready: `counted in ${seconds(begun)}, ${whole((EVENTS / took) * 1000)} events a second; now ${whole(bytes / 1e6)} MB`,
  }
}

async function serve(folder: string): Promise<Role> {
  const server = await openBenchServer(folder)
  const key = await server.account.createSecretKey(server.shop.id, ['figures:read'])
  return { ready: `${server.port} ${key}`, stop: () => server.stop() }
}

async function naive(folder: string): Promise<Role> {
  const db = await openDatabase(fileIn(folder))
  return {
    ready: '',
    async ask(question) {
      const span = JSON.parse(question) as [number, number]
      const begun = performance.now()
      const [sessions] = await rowsOf<{ visitors: number; sessions: number }>(
        db,
        `SELECT count(DISTINCT visitor_id) AS visitors, count(*) AS sessions FROM
           (SELECT visitor_id, min(at) AS began_at FROM events WHERE session_id IS NOT NULL
             GROUP BY session_id) WHERE began_at >= $1 AND began_at < $2`,
        span,
      )
      const orders = await rowsOf<{ currency: string; orders: number; amount: number }>(
        db,
        `SELECT currency, count(*) AS orders, sum(total) AS amount FROM orders NOT INDEXED
          WHERE at >= $1 AND at < $2 AND status NOT IN ('cancelled', 'returned') GROUP BY currency`,
        span,
      )
      const totals = {
        visitors: sessions?.visitors,
        sessions: sessions?.sessions,
        orders: orders.reduce((sum, one) => sum + one.orders, 0),
        revenue: Object.fromEntries(orders.map(({ currency, amount }) => [currency, amount])),
      }
      return JSON.stringify({ ms: performance.now() - begun, totals })
    },
    stop: () => db.close(),
  }
}

function seconds(begun: number): string {
  return `${((performance.now() - begun) / 1000).toFixed(0)} s`
}

function dateOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10)
}
