import { findPostgres, startCluster } from '../../scripts/services/postgres.mjs'
import { BATCH_EVENTS, createBatches, VISITORS } from './support/batches.ts'
import { serveEcho } from './support/echo.ts'
import { loadAt, saturate, type Outcome, type Target } from './support/load.ts'
import { removeStored, serveOwn, type Storage } from './support/own-server.ts'
import { median, percentile } from './support/percentiles.ts'
import { LOAD_CORE, pinTo } from './support/pinning.ts'
import { offerRawInserts } from './support/raw-inserts.ts'
import { playRole, startRole, type Played } from './support/roles.ts'
import { milliseconds, printTable, ratio, whole } from './support/table.ts'
import { measureEventBytes } from './support/text-ids.ts'

// How fast POST /v1/events stores, durably and checked, against what could be had at most. Each server has one core
// and the load the other; all take turns, so that a busy moment of the machine hits all alike.

const CONNECTIONS = 64
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 5)
const SECONDS = Number(process.env.BENCH_SECONDS ?? 4)
const CALM_SHARE = 0.55
const CALM_SECONDS = SECONDS * 4
const PROBES_PER_SECOND = 100
const PATIENCE_MS = 60_000

interface Subject {
  readonly played: Played
  readonly target: Target
}

interface OwnServer extends Subject {
  readonly file: string
  acknowledged: number
}

if (!playRole({ own: serveOwn, echo: serveEcho, raw: offerRawInserts })) await bench()

async function bench(): Promise<void> {
  if (!pinTo(LOAD_CORE)) console.log('Not pinned: server and load share cores, so trust no figure.')
  const full = await startOwn('FULL')
  const normal = await startOwn('NORMAL')
  const echo = await startEcho()
  const raw = await startRole('raw')

  // One more than counted: the first warms up.
  const [ours, echoed, lowered]: [Pace[], Pace[], Pace[]] = [[], [], []]
  const inserted: number[] = []
  for (let round = 0; round <= ROUNDS; round += 1) {
    ours.push(await stored(full))
    echoed.push(await saturated(echo))
    inserted.push(Number(await raw.ask(String(SECONDS))))
    lowered.push(await stored(normal))
  }
  const rate = reportPaces(ours, echoed, lowered, median(inserted.slice(1)))
  await Promise.all([echo.played.stop(), raw.stop(), normal.played.stop()])
  removeStored(normal.file)

  await calmly(full, (rate / BATCH_EVENTS) * CALM_SHARE)
  await assertStored(full)
  await full.played.stop()
  reportBytes(full.file)
  removeStored(full.file)
  await onPostgres(medianOf(echoed, 'perSecond'))
}

async function startOwn(storage: Storage): Promise<OwnServer> {
  const played = await startRole('own', storage)
  const [port = '', key = '', file = ''] = played.ready.split(' ')
  const request = createBatches(key, CONNECTIONS)
  return { played, target: { port: Number(port), request }, file, acknowledged: 0 }
}

async function startEcho(): Promise<Subject> {
  const played = await startRole('echo')
  const request = createBatches('pk_echo', CONNECTIONS)
  return { played, target: { port: Number(played.ready), request } }
}

/** Events a second, and microseconds of the server's processor that each took. */
interface Pace {
  readonly perSecond: number
  readonly cpu: number
  readonly answers: number
}

async function saturated({ played, target }: Subject): Promise<Pace> {
  const before = await played.cpu()
  const { answers, failures, perSecond } = await saturate({
    target,
    connections: CONNECTIONS,
    seconds: SECONDS,
  })
  if (failures > 0) console.log(`${failures} requests were not answered with 200.`)
  const cpu = ((await played.cpu()) - before) / (answers * BATCH_EVENTS)
  return { answers, cpu, perSecond: perSecond * BATCH_EVENTS }
}

async function stored(server: OwnServer): Promise<Pace> {
  const pace = await saturated(server)
  server.acknowledged += pace.answers * BATCH_EVENTS
  return pace
}

function medianOf(paces: readonly Pace[], figure: 'perSecond' | 'cpu'): number {
  return median(paces.slice(1).map((pace) => pace[figure]))
}

/** Returns our events a second. */
function reportPaces(
  ours: readonly Pace[],
  echoed: readonly Pace[],
  lowered: readonly Pace[],
  inserted: number,
): number {
  const [rate, echoRate] = [medianOf(ours, 'perSecond'), medianOf(echoed, 'perSecond')]
  const [cpu, echoCpu] = [medianOf(ours, 'cpu'), medianOf(echoed, 'cpu')]
  const normalRate = medianOf(lowered, 'perSecond')
  const microseconds = (value: number) => `${value.toFixed(1)} µs`
  printTable(
    ['events a second', 'ours, synchronous=FULL', 'against', 'ratio', 'aim'],
    [
      ['Hono echoing the batch', whole(rate), whole(echoRate), ratio(rate, echoRate), '0.60'],
      ['the same, CPU an event', microseconds(cpu), microseconds(echoCpu), ratio(echoCpu, cpu), ''],
      [
        'raw inserts, 100 a transaction',
        whole(rate),
        whole(inserted),
        ratio(rate, inserted),
        '0.80',
      ],
      ['ours, synchronous=NORMAL', whole(rate), whole(normalRate), ratio(rate, normalRate), '0.85'],
    ],
  )
  return rate
}

/** A fast server that stores nothing proves nothing. */
async function assertStored({ played, acknowledged }: OwnServer): Promise<void> {
  const rows = Number(await played.ask('rows'))
  if (rows === acknowledged) console.log(`All ${whole(rows)} events acknowledged are stored.`)
  else throw new Error(`${acknowledged} events were acknowledged, ${rows} are stored`)
}

/** How long answers take when the server is busy but not full, and other requests meanwhile. */
async function calmly(server: OwnServer, perSecond: number): Promise<void> {
  const probe = Buffer.from('GET /healthz HTTP/1.1\r\nhost: localhost\r\n\r\n')
  const health: Target = { port: server.target.port, request: () => probe }
  const load = { seconds: CALM_SECONDS, connections: CONNECTIONS }
  const [batches, probes] = await Promise.all([
    loadAt({ ...load, target: server.target, perSecond }),
    loadAt({ ...load, target: health, perSecond: PROBES_PER_SECOND }),
  ])
  server.acknowledged += batches.answers * BATCH_EVENTS
  const row = (what: string, { latencies }: Outcome, aim: string) => [
    what,
    milliseconds(percentile(latencies, 0.5)),
    milliseconds(percentile(latencies, 0.99)),
    aim,
  ]
  printTable(
    [`at 55 % load (${whole(perSecond)} batches a second)`, 'p50', 'p99', 'aim for p99'],
    [row('POST /v1/events', batches, '10 ms'), row('GET /healthz meanwhile', probes, '3 ms')],
  )
}

function reportBytes(file: string): void {
  const { ours, withTextIds } = measureEventBytes(file)
  printTable(
    ['SQLite, indexes included', 'ours', 'with text ids', 'ratio', 'aim'],
    [['bytes an event', whole(ours), whole(withTextIds), ratio(ours, withTextIds), '260; 0.55']],
  )
}

/** Until every visitor of the load has been seen: making one costs a dozen statements, which is another question. */
async function meetVisitors(server: OwnServer): Promise<void> {
  const start = performance.now()
  while (server.acknowledged < VISITORS * BATCH_EVENTS) {
    if (performance.now() - start > PATIENCE_MS) return console.log('Some visitors are still new.')
    await stored(server)
  }
}

/** The cluster has no core of its own here: server, PostgreSQL and load share two. */
async function onPostgres(echoed: number): Promise<void> {
  const bin = findPostgres()
  if (bin === undefined) {
    console.log('There is no PostgreSQL here: nothing measured.')
    return
  }
  const cluster = await startCluster(bin, { fsync: 'on' })
  const server = await startOwn(`postgres${cluster.url.slice('postgres'.length)}`)
  await meetVisitors(server)
  const paces: Pace[] = []
  for (let round = 0; round <= ROUNDS; round += 1) paces.push(await stored(server))
  const ours = medianOf(paces, 'perSecond')
  printTable(
    ['events a second', 'ours on PostgreSQL, fsync=on', 'against', 'ratio'],
    [['Hono echoing the batch', whole(ours), whole(echoed), ratio(ours, echoed)]],
  )
  await assertStored(server)
  await server.played.stop()
  removeStored(server.file)
  await cluster.stop()
}
