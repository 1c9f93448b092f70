import { mkdtempSync, rmSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createAccount } from '#server/account/service.ts'
import type { SqliteConnection } from '#server/db/database.ts'
import { openDatabase } from '#server/db/open-database.ts'
import { createFilling } from './support/fill.ts'
import { median } from './support/percentiles.ts'
import { pinTo, SERVER_CORE } from './support/pinning.ts'
import { milliseconds, printTable, ratio, whole } from './support/table.ts'

// Whether a shop that has collected ten million events still stores as fast as one with a million, and still finds
// one visitor's. SQLite, through ingestion's own writer; BENCH_ROWS for fewer.

const ROWS = Number(process.env.BENCH_ROWS ?? 10_000_000)
const MARKS = [ROWS / 10, ROWS]
/** What is timed, at commits as large as a busy server's; the filling between goes in larger ones. */
const TIMED_ROWS = Math.min(200_000, ROWS / 20)
const TIMED_GROUP = 40
const FILLING_GROUP = 500
const BYTES_A_ROW = 400
const QUERIES = 1_000

const NEWEST_OF_VISITOR =
  'SELECT seq, name, at, url FROM events WHERE shop_id = ? AND visitor_id = ? ORDER BY seq DESC LIMIT 50'

interface Mark {
  readonly rows: number
  readonly perSecond: number
  readonly cpuMicroseconds: number
  readonly queryMs: number
}

const folder = mkdtempSync(join(tmpdir(), 'granplaza-bench-'))
try {
  const { bavail, bsize } = statfsSync(folder)
  if (bavail * bsize > ROWS * BYTES_A_ROW * 1.5) await bench()
  else console.log(`Too little room in ${tmpdir()} for ${whole(ROWS)} rows: nothing measured.`)
} finally {
  rmSync(folder, { recursive: true, force: true })
}

async function bench(): Promise<void> {
  pinTo(SERVER_CORE)
  const database = await openDatabase({ file: join(folder, 'granplaza.db') })
  await database.migrate()
  const shop = await createAccount({ db: database, now: Date.now }).firstShop()
  const { raw } = database
  if (raw.dialect !== 'sqlite') throw new Error('This bench is about SQLite')
  const filling = createFilling(database, shop.id)
  const marks: Mark[] = []
  let rows = 0
  for (const mark of MARKS) {
    await filling.store(mark - rows - TIMED_ROWS / 2, FILLING_GROUP)
    const timed = await filling.store(TIMED_ROWS, TIMED_GROUP)
    rows = await raw.exclusive(countRows)
    marks.push({
      rows,
      perSecond: timed.rows / (timed.wallMs / 1000),
      cpuMicroseconds: (timed.cpuMs * 1000) / timed.rows,
      queryMs: await raw.exclusive((connection) => timeQueries(connection, shop.id)),
    })
  }
  report(marks, await raw.exclusive(planOf))
  await database.close()
}

function countRows(connection: SqliteConnection): number {
  return Number(connection.prepare('SELECT count(*) FROM events').pluck().get())
}

function timeQueries(connection: SqliteConnection, shopId: number): number {
  const visitors = Number(connection.prepare('SELECT max(id) FROM visitors').pluck().get())
  const query = connection.prepare(NEWEST_OF_VISITOR)
  const times = Array.from({ length: QUERIES }, (_, i) => {
    const start = performance.now()
    query.all(shopId, 1 + ((i * 7919) % visitors))
    return performance.now() - start
  })
  return median(times)
}

function planOf(connection: SqliteConnection): string {
  const steps = connection
    .prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${NEWEST_OF_VISITOR}`)
    .all(1, 1)
  return steps.map(({ detail }) => detail).join('; ')
}

function report([small, large]: readonly Mark[], plan: string): void {
  if (small === undefined || large === undefined) return
  printTable(
    ['', `at ${whole(small.rows)} rows`, `at ${whole(large.rows)} rows`, 'ratio', 'aim'],
    [
      [
        'events stored a second',
        whole(small.perSecond),
        whole(large.perSecond),
        ratio(large.perSecond, small.perSecond),
        '1.0',
      ],
      [
        'CPU of the commit an event',
        `${small.cpuMicroseconds.toFixed(1)} µs`,
        `${large.cpuMicroseconds.toFixed(1)} µs`,
        ratio(small.cpuMicroseconds, large.cpuMicroseconds),
        '1.0',
      ],
      [
        'newest 50 events of a visitor',
        milliseconds(small.queryMs),
        milliseconds(large.queryMs),
        ratio(large.queryMs, small.queryMs),
        '',
      ],
    ],
  )
  console.log(`The query's plan: ${plan}`)
}
