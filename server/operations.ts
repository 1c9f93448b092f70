import { existsSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import type { Bus } from './core/bus.ts'
import type { Clock } from './core/clock.ts'
import type { Guard } from './core/guards.ts'
import type { Answer, Call } from './core/http.ts'
import { createMetrics, type Metrics } from './core/metrics.ts'
import { createMetricsGuard } from './core/metrics-guard.ts'
import { addProcessMetrics } from './core/process-metrics.ts'
import type { RateLimit } from './core/rate-limit.ts'
import { createReadiness, type Readiness } from './core/readiness.ts'
import type { Observe } from './core/router.ts'
import type { DatabaseHealth } from './db/health.ts'
import type { EventsFacts } from './events/service.ts'

/** What whoever runs the server may ask of it. */
export interface Operations {
  readonly readiness: Readiness
  /** Undefined: nobody has the token, so nothing is counted. */
  readonly watched: Watched | undefined
  readonly stop: () => void
}

export interface Watched {
  readonly metrics: Metrics
  readonly guard: Guard<{ readonly call: Call }>
  readonly observe: Observe
}

interface OperationsDeps {
  readonly metricsToken: string | undefined
  readonly version: string
  readonly dataDir: string
  /** Whose path is its own label; all others are files. */
  readonly isFile: (path: string) => boolean
  readonly database: DatabaseHealth
  readonly rateLimit: RateLimit
  readonly bus: Bus<EventsFacts>
  readonly now: Clock
  /** Requests that wait to be written. */
  readonly waitingRequests: () => number
  /** Background work that is due. */
  readonly waitingJobs: () => Promise<number>
  readonly openSockets: () => number
  /** When the newest daily backup was made; undefined where none are scheduled. */
  readonly backedUpAt: (() => Promise<number | undefined>) | undefined
}

export function createOperations(deps: OperationsDeps): Operations {
  const { metricsToken, database, now, dataDir } = deps
  const readiness = createReadiness({
    now,
    write: database.write,
    isMigrated: database.isMigrated,
    freeBytes: async () => (await freeBytesAt(dataDir)) ?? Infinity,
  })
  if (metricsToken === undefined) return { readiness, watched: undefined, stop: () => undefined }
  const metrics = createMetrics()
  const guard = createMetricsGuard(metricsToken, deps.rateLimit)
  const observe = requestMetrics(metrics, deps.isFile)
  const stopProcess = addProcessMetrics(metrics, deps.version)
  const stopEvents = addEventMetrics(metrics, deps.bus)
  addStateMetrics(metrics, deps)
  const stop = () => {
    stopProcess()
    stopEvents()
  }
  return { readiness, watched: { metrics, guard, observe }, stop }
}

export function getReadiness({ readiness }: Operations) {
  return async (): Promise<Answer> => {
    const reasons = await readiness.reasons()
    if (reasons.length === 0) return { json: { status: 'ready' } }
    return { status: 503, headers: { 'retry-after': '5' }, json: { status: 'not_ready', reasons } }
  }
}

export function getMetrics({ metrics }: Watched) {
  return async (): Promise<Answer> => ({
    body: await metrics.text(),
    headers: { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' },
  })
}

function requestMetrics(metrics: Metrics, isFile: OperationsDeps['isFile']): Observe {
  const requests = metrics.counter(
    'granplaza_http_requests_total',
    'Answers, by the route as it is documented',
  )
  const durations = metrics.durations(
    'granplaza_http_request_duration_seconds',
    'From the request’s head until its answer was ready',
  )
  return ({ route: path, method, status, seconds }) => {
    const route = isFile(path) ? 'file' : path
    requests.add({ method, route, status: String(status) })
    if (route !== 'none') durations.observe({ route }, seconds)
  }
}

function addEventMetrics(metrics: Metrics, bus: Bus<EventsFacts>): () => void {
  const stored = metrics.counter('granplaza_events_stored_total', 'Events stored, of all shops')
  const leftOut = metrics.counter(
    'granplaza_events_left_out_total',
    'Events dropped, or kept with a remark, by reason',
  )
  stored.add({}, 0)
  const stopStored = bus.on('event.stored', ({ events }) => stored.add({}, events.length))
  const stopLeftOut = bus.on('event.left_out', ({ leftOut: counts }) => {
    for (const [reason, count] of Object.entries(counts)) leftOut.add({ reason }, count)
  })
  return () => {
    stopStored()
    stopLeftOut()
  }
}

function addStateMetrics(metrics: Metrics, deps: OperationsDeps): void {
  const { database, dataDir } = deps
  metrics.gauge('granplaza_queue_length', 'What waits, by queue', async () => [
    { labels: { queue: 'ingestion' }, value: deps.waitingRequests() },
    { labels: { queue: 'jobs' }, value: await deps.waitingJobs() },
  ])
  metrics.gauge('granplaza_sockets_open', 'Open web sockets', deps.openSockets)
  metrics.gauge('granplaza_database_size_bytes', 'The database on the disk', async () => {
    return (await database.sizes()).databaseBytes
  })
  metrics.gauge('granplaza_database_log_size_bytes', 'SQLite’s write-ahead log', async () => {
    const { logBytes } = await database.sizes()
    return logBytes === undefined ? [] : [{ value: logBytes }]
  })
  metrics.gauge('granplaza_database_connections', 'PostgreSQL’s, by state', () =>
    Object.entries(database.connections()).map(([state, value]) => ({ labels: { state }, value })),
  )
  metrics.gauge('granplaza_backup_age_seconds', 'Of the newest in BACKUP_DIR', async () => {
    const at = await deps.backedUpAt?.()
    return at === undefined ? [] : [{ value: Math.round((deps.now() - at) / 1000) }]
  })
  metrics.gauge('granplaza_disk_free_bytes', 'What may still be written to DATA_DIR', async () => {
    const value = await freeBytesAt(dataDir)
    return value === undefined ? [] : [{ value }]
  })
}

/** Undefined: there is no such folder, as there may not be with PostgreSQL. */
async function freeBytesAt(folder: string): Promise<number | undefined> {
  if (!existsSync(folder)) return undefined
  const { bavail, bsize } = await statfs(folder)
  return bavail * bsize
}
