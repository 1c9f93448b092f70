import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import type { z } from 'zod'
import type { AudienceSchema } from '#protocol/audiences.ts'
import type { Condition } from '#protocol/targeting.ts'
import { SCOPES } from '#server/account/service.ts'
import { openSqliteConnection } from '#server/db/sqlite-connection.ts'
import { benchExperiences, fillExperienceHistory } from './support/experience-history.ts'
import { fillShop } from './support/filled-shop.ts'
import { bringVisitors, openLiveView } from './support/live-view.ts'
import { multiply } from './support/multiplied-shop.ts'
import { openBenchServer } from './support/own-server.ts'
import { ownerCookie } from './support/owner-session.ts'
import { percentile } from './support/percentiles.ts'
import { milliseconds, printTable, whole } from './support/table.ts'

// The console's lists and pages of people, orders, events, experiences and audiences, and its live view, at the server, with
// a shop's whole history in SQLite. Some of it goes through ingestion, and is then copied as often as it takes: true shapes in a tenth of the time.
// BENCH_EVENTS sets another size; BENCH_FOLDER keeps what was filled for the next time.

const EVENTS = Number(process.env.BENCH_EVENTS ?? 5_000_000)
const COPIES = 50
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 21)
const ON_NOW = 100
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
  const server = await openBenchServer(folder)
  const ask = askerOf(server.port, await server.account.createSecretKey(server.shop.id, SCOPES))
  for (const experience of benchExperiences()) await ask('/experiences', experience)
  for (const audience of benchAudiences()) await ask('/audiences', audience)
  for (let isFilling = true; isFilling; await setTimeout(1_000)) {
    const { items } = await ask<Listed>('/audiences')
    isFilling = items.some(({ state }) => state !== 'ready')
  }
  await server.stop()
  fillExperienceHistory(connection, EVENTS)
  connection.close()
}

/** Of everybody and of nobody, and of much that lies between. */
function benchAudiences(): z.input<typeof AudienceSchema>[] {
  const did = (name: string, value: number): Condition => ({
    kind: 'event',
    scope: 'profile',
    name,
    where: [],
    count: { op: 'atLeast', value },
  })
  return [
    ...[1, 2, 3, 5].map((n) => ({ name: `Quiz ${n}`, condition: did('Quiz Answered', n) })),
    ...[1, 3, 10].map((n) => ({ name: `Looked ${n}`, condition: did('Product Viewed', n) })),
    { name: 'Nobody', condition: did('Nothing', 1) },
  ].map((audience) => ({ ...audience, isTold: false }))
}

interface Listed {
  readonly items: readonly { readonly id: string; readonly state?: string }[]
}

type Ask = <Answer>(path: string, body?: object) => Promise<Answer>

/** Asks below `/api/v1`; by POST, where something is sent. */
function askerOf(port: number, key: string): Ask {
  return async <Answer>(path: string, body?: object) => {
    const reply = await fetch(`http://127.0.0.1:${port}/api/v1${path}`, {
      headers: { authorization: `Bearer ${key}` },
      ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
    })
    if (!reply.ok) throw new Error(`${path}: ${await reply.text()}`)
    return (await reply.json()) as Answer
  }
}

async function measure(): Promise<void> {
  const server = await openBenchServer(folder)
  const { port, shop } = server
  const key = await server.account.createSecretKey(shop.id, SCOPES)
  const ask = askerOf(port, key)
  const idIn = async (path: string) => (await ask<Listed>(path)).items[0]?.id ?? ''
  const ids = {
    visitor: await idIn('/visitor-profiles?limit=1'),
    customer: await idIn('/customer-profiles?limit=1'),
    experience: await idIn('/experiences?limit=1'),
    audience: await idIn('/audiences'),
  }
  await untilCounted(ask)
  const rows: string[][] = []
  const time = async (what: string, once: () => Promise<unknown>): Promise<void> => {
    const times: number[] = []
    for (let round = 0; round < ROUNDS; round += 1) {
      const start = performance.now()
      await once()
      times.push(performance.now() - start)
    }
    const [middle, slow] = [percentile(times, 0.5), percentile(times, 0.99)]
    rows.push([what, milliseconds(middle), milliseconds(slow), slow <= AIM_MS ? 'yes' : 'no'])
  }
  for (const { what, path, body } of questionsOf(ids)) await time(what, () => ask(path, body))
  const token = await server.members.links.createSetupLink(shop.id)
  const page = { port, shopKey: shop.publicKey, cookie: await ownerCookie(port, token) }
  await bringVisitors(ON_NOW, page)
  await time(`live view with ${ON_NOW} visitors on the shop, from the connection on`, async () => {
    if ((await openLiveView(page)).length === 0) throw new Error('The live view shows nobody')
  })
  console.log(`${whole(EVENTS)} events, ${COPIES} copies`)
  printTable(['asked', 'p50', 'p99', `within ${AIM_MS} ms`], rows)
  await server.stop()
}

/** What follows the events counts a whole history first. */
async function untilCounted(ask: Ask): Promise<void> {
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

interface Ids {
  readonly visitor: string
  readonly customer: string
  readonly experience: string
  readonly audience: string
}

interface Question {
  readonly what: string
  readonly path: string
  /** Sent, where it is no GET. */
  readonly body?: object
}

function questionsOf({ visitor, customer, experience, audience }: Ids): Question[] {
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
    { what: 'audiences, all', path: '/audiences' },
    { what: 'one audience', path: `/audiences/${audience}` },
    { what: 'its members', path: `/audiences/${audience}/members?limit=50` },
    { what: 'growth of audiences, 90 days', path: '/audience-growth?days=90' },
    { what: 'what conditions may mean', path: '/targeting-suggestions' },
    {
      what: 'how many a condition is true of',
      path: '/audience-estimates',
      body: { condition: { ...LEAF, name: 'Quiz Answered' } },
    },
    {
      what: 'whom it is true of, explained',
      path: '/explain',
      body: { condition: { ...LEAF, name: 'Quiz Answered' }, visitorId: visitor },
    },
    { what: 'lists', path: '/lists' },
    { what: 'the shop', path: '/shop' },
    { what: 'its keys', path: '/keys' },
    { what: 'the audit log', path: '/audit-log?limit=50' },
  ]
}
