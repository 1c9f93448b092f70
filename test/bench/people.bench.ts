import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { SCOPES } from '#server/account/service.ts'
import { openSqliteConnection } from '#server/db/sqlite-connection.ts'
import { createServer } from '#server/server.ts'
import { benchExperiences, fillExperienceHistory } from './support/experience-history.ts'
import { fillShop } from './support/filled-shop.ts'
import { multiply } from './support/multiplied-shop.ts'
import { WIDE_LIMITS } from './support/own-server.ts'
import { percentile } from './support/percentiles.ts'
import { milliseconds, printTable, whole } from './support/table.ts'

// The console's lists and pages of people, orders, events and experiences, at the server, with a shop's whole history in SQLite.
// Some of it goes through ingestion, and is then copied as often as it takes: true shapes in a tenth of the time.
// BENCH_EVENTS sets another size; BENCH_FOLDER keeps what was filled for the next time.

const EVENTS = Number(process.env.BENCH_EVENTS ?? 5_000_000)
const COPIES = 50
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 21)
const AIM_MS = 300
const LEAF = { kind: 'event', scope: 'profile', where: [], count: { op: 'atLeast', value: 1 } }

const kept = process.env.BENCH_FOLDER
const folder = kept ?? mkdtempSync(join(tmpdir(), 'granplaza-bench-'))
try {
  if (!existsSync(join(folder, 'granplaza.db'))) await fill()
  if (ROUNDS > 0) await measure()
} finally {
  if (kept === undefined) rmSync(folder, { recursive: true, force: true })
}

async function fill(): Promise<void> {
  await fillShop(JSON.stringify({ folder, rows: Math.ceil(EVENTS / COPIES) }))
  const connection = openSqliteConnection(join(folder, 'granplaza.db'))
  multiply(connection, COPIES)
  const server = await openServer()
  const key = await server.account.createSecretKey(server.shop.id, SCOPES)
  for (const experience of benchExperiences()) {
    const reply = await fetch(`http://127.0.0.1:${server.port}/api/v1/experiences`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}` },
      body: JSON.stringify(experience),
    })
    if (!reply.ok) throw new Error(await reply.text())
  }
  await server.stop()
  fillExperienceHistory(connection, EVENTS)
  connection.close()
}

function openServer() {
  return createServer(
    {
      port: 0,
      host: '127.0.0.1',
      publicUrl: undefined,
      dataDir: folder,
      databaseUrl: undefined,
      trustedProxies: [],
      geoipFile: undefined,
      logLevel: 'error',
      mail: undefined,
      outboundAllow: [],
    },
    { limits: WIDE_LIMITS, isUnbuilt: true },
  )
}

async function measure(): Promise<void> {
  const server = await openServer()
  const key = await server.account.createSecretKey(server.shop.id, SCOPES)
  const ask = async (path: string): Promise<{ items?: { id: string; orderId: string }[] }> => {
    const reply = await fetch(`http://127.0.0.1:${server.port}/api/v1${path}`, {
      headers: { authorization: `Bearer ${key}` },
    })
    if (!reply.ok) throw new Error(`${path}: ${await reply.text()}`)
    return (await reply.json()) as { items?: { id: string; orderId: string }[] }
  }
  const idIn = async (path: string) => (await ask(path)).items?.[0]?.id ?? ''
  const visitor = await idIn('/visitor-profiles?limit=1')
  const customer = await idIn('/customer-profiles?limit=1')
  const experience = await idIn('/experiences?limit=1')
  await untilCounted(ask)
  const rows: string[][] = []
  for (const { what, path } of questions(visitor, customer, experience)) {
    const times: number[] = []
    for (let round = 0; round < ROUNDS; round += 1) {
      const start = performance.now()
      await ask(path)
      times.push(performance.now() - start)
    }
    const [middle, slow] = [percentile(times, 0.5), percentile(times, 0.99)]
    rows.push([what, milliseconds(middle), milliseconds(slow), slow <= AIM_MS ? 'yes' : 'no'])
  }
  console.log(`${whole(EVENTS)} events, ${COPIES} copies`)
  printTable(['asked', 'p50', 'p99', `within ${AIM_MS} ms`], rows)
  await server.stop()
}

/** What follows the events counts a whole history first. */
async function untilCounted(ask: (path: string) => Promise<object>): Promise<void> {
  let before = ''
  for (;;) {
    const now = JSON.stringify(await ask('/event-names?days=90'))
    if (now === before) return
    before = now
    await setTimeout(3_000)
  }
}

function asked(condition: object): string {
  return encodeURIComponent(JSON.stringify(condition))
}

function questions(visitor: string, customer: string, experience: string) {
  const now = Date.now()
  const from = new Date(now - 28 * 86_400_000).toISOString().slice(0, 10)
  return [
    { what: 'visitors, the first page', path: '/visitor-profiles?limit=50' },
    { what: 'visitors, oldest first', path: '/visitor-profiles?limit=50&order=oldest' },
    {
      what: 'visitors by a condition that many fulfil',
      path: `/visitor-profiles?limit=50&condition=${asked({ ...LEAF, name: 'Quiz Answered' })}`,
    },
    {
      what: 'visitors by a condition that nobody fulfils',
      path: `/visitor-profiles?limit=50&condition=${asked({ ...LEAF, name: 'Nothing' })}`,
    },
    { what: 'visitors by an address', path: '/visitor-profiles?search=person70%40shop.example' },
    { what: 'visitors by a name that is none', path: '/visitor-profiles?search=zzyzx' },
    { what: 'customers, the first page', path: '/customer-profiles?limit=50' },
    { what: 'customers by a name that is none', path: '/customer-profiles?search=zzyzx' },
    { what: 'one visitor', path: `/visitor-profiles/${visitor}` },
    { what: 'its trail', path: `/visitor-profiles/${visitor}/trail` },
    { what: 'one customer', path: `/customer-profiles/${customer}` },
    { what: 'its trail', path: `/customer-profiles/${customer}/trail` },
    { what: 'orders, the first page', path: '/orders?limit=50' },
    { what: 'orders that are cancelled', path: '/orders?limit=50&status=cancelled' },
    {
      what: 'orders with a product that is none',
      path: '/orders?limit=50&productId=zzyzx',
    },
    {
      what: 'orders of at least so much',
      path: '/orders?limit=50&least=1000&currency=EUR',
    },
    {
      what: 'orders by a condition that nobody fulfils',
      path: `/orders?limit=50&condition=${asked({ ...LEAF, name: 'Nothing' })}`,
    },
    {
      what: 'products that nobody bought in 90 days',
      path: '/products?limit=50&activity=not_bought&days=90',
    },
    { what: 'orders by a number that is none', path: '/orders?search=zzyzx' },
    { what: 'events, the first page', path: '/events?limit=50' },
    { what: 'events of a frequent name', path: '/events?limit=50&name=Quiz+Answered' },
    { what: 'events of no name', path: '/events?limit=50&name=Nothing' },
    { what: 'events by a property', path: '/events?limit=50&property=answer&value=4' },
    { what: 'events of a week ago', path: `/events?limit=50&to=${now - 7 * 86_400_000}` },
    { what: 'names of events', path: '/event-names?days=30' },
    { what: 'properties of a name', path: '/event-properties?name=Product+Viewed' },
    { what: 'properties of no name', path: '/event-properties?name=Nothing' },
    { what: 'experiences, all', path: '/experiences?limit=500' },
    { what: 'what came of them in 28 days', path: `/experience-figures?from=${from}` },
    { what: 'what came of them ever', path: '/experience-figures' },
    {
      what: 'results of one, 28 days',
      path: `/experiences/${experience}/results?from=${from}`,
    },
    { what: 'results of one, ever', path: `/experiences/${experience}/results` },
    { what: 'answers to one', path: `/experiences/${experience}/submissions?limit=200` },
    { what: 'ingestion warnings', path: '/ingestion-warnings?days=30' },
  ]
}
