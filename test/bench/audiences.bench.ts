import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { Audience } from '#protocol/audiences.ts'
import type { Batch } from '#protocol/events.ts'
import { AUDIENCES_PATH, EVENTS_PATH } from '#protocol/names.ts'
import type { Condition } from '#protocol/targeting.ts'
import { findPostgres, startCluster } from '../../scripts/services/postgres.mjs'
import { mixedConditions } from './support/audience-conditions.ts'
import { fillShop, readShoppers, serveShop, USER_AGENT, type Place } from './support/filled-shop.ts'
import { loadAt, type Target } from './support/load.ts'
import { percentile } from './support/percentiles.ts'
import { giveWay, LOAD_CORE, pinTo } from './support/pinning.ts'
import { playRole, startRole, type Played } from './support/roles.ts'
import { batchIn, newShopper, newVisit, type Shopper, type Visit } from './support/shop-life.ts'
import { milliseconds, printTable, whole } from './support/table.ts'

// How long the answer to events takes when audiences are worked out in the commit that stores them, in a shop that has
// collected a million events. Batches of one to three events, of new visitors and known ones, customers among them.
// BENCH_DATABASE=sqlite or postgres measures that one alone.

const ROWS = Number(process.env.BENCH_ROWS ?? 1_000_000)
const AUDIENCES = Number(process.env.BENCH_AUDIENCES ?? 50)
const PER_SECOND = Number(process.env.BENCH_RATE ?? 200)
const SECONDS = Number(process.env.BENCH_SECONDS ?? 20)
const WARM_SECONDS = SECONDS / 4
/** Of the server's processor, in a second. */
const QUIET_MICROSECONDS = 50_000
const DATABASE = process.env.BENCH_DATABASE
const CONNECTIONS = 32
const IN_THE_SHOP = 200
/** One batch in so many begins a visit, and one in so many is the first of a visitor. */
const ENTERING_EACH = 5
const NEWCOMER_EACH = 10

if (!playRole({ fill: fillShop, serve: serveShop })) await bench()

async function bench(): Promise<void> {
  if (!pinTo(LOAD_CORE)) console.log('Not pinned: server and load share cores, so trust no figure.')
  if (DATABASE === undefined) return bothInTurn()
  if (DATABASE === 'sqlite') return measure('SQLite')
  const bin = findPostgres()
  if (bin === undefined) return console.log('There is no PostgreSQL here: nothing measured.')
  const cluster = await startCluster(bin, { fsync: 'on' })
  try {
    await measure('PostgreSQL', cluster.url)
  } finally {
    await cluster.stop()
  }
}

/** Each in a process of its own: whoever has given way can't take it back for what is started next. */
function bothInTurn(): void {
  for (const database of ['sqlite', 'postgres']) {
    const env = { ...process.env, BENCH_DATABASE: database }
    const { status } = spawnSync(process.execPath, [...process.execArgv, process.argv[1] ?? ''], {
      env,
      stdio: 'inherit',
    })
    if (status !== 0) process.exitCode = 1
  }
}

interface Measured {
  readonly latencies: readonly number[]
  /** Of the server's processor, a request. */
  readonly cpuMicroseconds: number
}

async function measure(what: string, url?: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'granplaza-bench-'))
  const place: Place = { folder, ...(url !== undefined && { url }) }
  try {
    const begun = performance.now()
    const filled = await startRole('fill', JSON.stringify({ ...place, rows: ROWS }))
    const filledSeconds = (performance.now() - begun) / 1000
    await filled.stop()
    const shoppers = await readShoppers(folder)
    const served = await startRole('serve', JSON.stringify(place), profiled())
    const [port, key = '', secret = ''] = served.ready.split(' ')
    giveWay()
    const shop = { served, port: Number(port), key, shoppers }
    await settled(served)
    const nameless = await underLoad(shop, nobodys)
    const without = await underLoad(shop, (batch) => batch)
    const start = performance.now()
    const members = await makeAudiences(Number(port), secret)
    const seconds = (performance.now() - start) / 1000
    await settled(served)
    const withThem = await underLoad(shop, (batch) => batch)
    await served.stop()
    console.log(
      `${what}: ${whole(ROWS)} events of ${whole(shoppers.length)} visitors, stored in ${whole(filledSeconds)} s; ` +
        `${AUDIENCES} audiences with ${whole(members)} members, filled in ${seconds.toFixed(1)} s`,
    )
    report({ what, nameless, without, withThem })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** A million events that came at once keep the figures busy for minutes, as they never do in a shop's life. */
async function settled(served: Played): Promise<void> {
  for (let quietSeconds = 0; quietSeconds < 5;) {
    const before = await served.cpu()
    await wait(1_000)
    quietSeconds = (await served.cpu()) - before < QUIET_MICROSECONDS ? quietSeconds + 1 : 0
  }
}

/** BENCH_PROFILE: where Node puts a CPU profile of the server. */
function profiled(): string[] {
  const folder = process.env.BENCH_PROFILE
  return folder === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${folder}`]
}

interface Shop {
  readonly served: Played
  readonly port: number
  readonly key: string
  readonly shoppers: readonly Shopper[]
}

async function underLoad(shop: Shop, change: (batch: Batch) => Batch): Promise<Measured> {
  const target = { port: shop.port, request: requests(shop, change) }
  const load = { target, connections: CONNECTIONS, perSecond: PER_SECOND }
  await loadAt({ ...load, seconds: WARM_SECONDS })
  const before = await shop.served.cpu()
  const { latencies, answers, failures } = await loadAt({ ...load, seconds: SECONDS })
  if (failures > 0) console.log(`${failures} requests were not answered with 200.`)
  return { latencies, cpuMicroseconds: ((await shop.served.cpu()) - before) / answers }
}

/** Each goes on with the visit of one of those who are in the shop, or begins one of somebody new or known. */
function requests({ key, shoppers }: Shop, change: (batch: Batch) => Batch): Target['request'] {
  const visits: Visit[] = []
  let count = 0
  return () => {
    count += 1
    const now = Date.now()
    const place = Math.floor(Math.random() * IN_THE_SHOP)
    const known = shoppers[Math.floor(Math.random() * shoppers.length)]
    const isNewcomer = count % NEWCOMER_EACH === 0 || known === undefined
    if (visits[place] === undefined || count % ENTERING_EACH === 0) {
      visits[place] = newVisit(isNewcomer ? newShopper(shoppers.length + count) : known, now)
    }
    const batch = batchIn(key, visits[place], { now, size: 1 + (count % 3) })
    const body = JSON.stringify(change(batch))
    const head = [
      `POST ${EVENTS_PATH} HTTP/1.1`,
      'host: localhost',
      `user-agent: ${USER_AGENT}`,
      'content-type: text/plain',
      `content-length: ${Buffer.byteLength(body)}`,
    ].join('\r\n')
    return Buffer.from(`${head}\r\n\r\n${body}`)
  }
}

/** What costs neither an identity nor a profile. */
function nobodys(batch: Batch): Batch {
  const events = batch.events.filter(({ type }) => type !== 'identify')
  return { ...batch, visitor: null, session: null, events }
}

async function makeAudiences(port: number, secret: string): Promise<number> {
  let firstId: string | undefined
  const api = `http://127.0.0.1:${port}${AUDIENCES_PATH}`
  const headers = { authorization: `Bearer ${secret}` }
  const make = async (condition: Condition, i: number) => {
    const body = JSON.stringify({ name: `Audience ${i}`, condition })
    const reply = await fetch(api, { method: 'POST', headers, body })
    if (!reply.ok) throw new Error(await reply.text())
    firstId ??= ((await reply.json()) as Audience).id
  }
  // One by one: later ones ask for the first.
  for (let i = 0; i < AUDIENCES; i += 1) {
    const condition = mixedConditions(AUDIENCES, () => firstId)[i]
    if (condition !== undefined) await make(condition, i)
  }
  for (;;) {
    const reply = await fetch(api, { headers })
    const { items } = (await reply.json()) as { items: Audience[] }
    if (items.every(({ state }) => state === 'ready')) {
      return items.reduce((sum, { members }) => sum + members, 0)
    }
    await wait(500)
  }
}

interface Report {
  readonly what: string
  readonly nameless: Measured
  readonly without: Measured
  readonly withThem: Measured
}

function report({ what, nameless, without, withThem }: Report): void {
  const row = (name: string, { latencies, cpuMicroseconds }: Measured, aim = '') => [
    name,
    milliseconds(percentile(latencies, 0.5)),
    milliseconds(percentile(latencies, 0.99)),
    aim,
    `${whole(cpuMicroseconds)} µs`,
  ]
  printTable(
    [
      `${what}, ${PER_SECOND} requests a second`,
      'p50',
      'p99',
      'aim',
      'CPU of the server a request',
    ],
    [
      row('events of nobody, without a profile', nameless),
      row('with profiles', without),
      row(`with profiles and ${AUDIENCES} audiences`, withThem, '25 ms'),
    ],
  )
  const share = (part: number) => `${((100 * part) / withThem.cpuMicroseconds).toFixed(0)} %`
  console.log(
    `Of the processor's time, identities and profiles take ${share(without.cpuMicroseconds - nameless.cpuMicroseconds)}, ` +
      `audiences ${share(withThem.cpuMicroseconds - without.cpuMicroseconds)}.`,
  )
}
