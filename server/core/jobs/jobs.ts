import { randomUUID } from 'node:crypto'
import type { Job, JobState } from '#protocol/jobs.ts'
import type { Clock } from '../clock.ts'
import { Refusal } from '../errors.ts'
import type { Log } from '../log.ts'
import type { Database } from '../../db/database.ts'
import type { JobKind, JobWork, Transaction, WhenDead } from './job-kind.ts'
import { createRunner } from './runner.ts'
import { registeredOf, type Registered } from './registry.ts'
import { nextTime, type Schedule } from './schedules.ts'
import {
  countDue,
  dueTimes,
  findJob,
  insertJob,
  insertScheduled,
  listGivenUp,
  listJobs,
  reviveJob,
  type JobRow,
} from './store.ts'
import { TIDY, tidyJobs } from './tidy.ts'

export type { Job } from '#protocol/jobs.ts'
export {
  FinalFailure,
  type JobKind,
  type JobRun,
  type JobWork,
  type Transaction,
} from './job-kind.ts'

export interface NewJob<Payload> {
  readonly payload: Payload
  /** At once, unless said otherwise. */
  readonly dueAt?: number
  /** While one of the same shop, kind and key waits, asking for another means that one. */
  readonly key?: string
}

export interface JobsPage {
  readonly items: readonly Job[]
  readonly nextCursor: string | null
}

export interface Jobs {
  /** Says what does a kind; before `start`. A kind has one work. */
  readonly register: <Payload>(
    kind: JobKind<Payload>,
    work: JobWork<Payload>,
    whenDead?: WhenDead<Payload>,
  ) => void
  /**
   * Asks for work in the caller's transaction: it is done if and only if that is committed. Returns the job's id.
   * A shop of null: of the installation itself.
   */
  readonly enqueue: <Payload>(
    transaction: Transaction,
    shopId: number | null,
    kind: JobKind<Payload>,
    job: NewJob<Payload>,
  ) => Promise<string>
  /** Does a kind again and again, once for all nodes; what was missed while nobody ran is made up once. */
  readonly schedule: (kind: JobKind<Record<string, never>>, schedule: Schedule) => void
  /** Refuses what is not this shop's. */
  readonly find: (shopId: number | null, jobId: string) => Promise<Job>
  /** The newest first. */
  readonly list: (
    shopId: number | null,
    page: {
      readonly state: JobState
      readonly limit: number
      readonly cursor?: string | undefined
    },
  ) => Promise<JobsPage>
  /** Runs a dead one again, with all its attempts; refuses (`conflict`) what is not dead. */
  readonly retry: (shopId: number | null, jobId: string) => Promise<Job>
  /** Of the installation itself, what was given up and nobody asks for again by itself; the newest first. */
  readonly givenUp: () => Promise<readonly Job[]>
  /** By key, when those that wait are due; what is at work just now, or over, is not among them. */
  readonly dueTimes: <Payload>(
    shopId: number | null,
    kind: JobKind<Payload>,
    keys: readonly string[],
  ) => Promise<ReadonlyMap<string, number>>
  /** Of all shops, what could begin and has not. */
  readonly countDue: () => Promise<number>
  /** Takes up what a node that died has left, and goes on by itself from here. */
  readonly start: () => Promise<void>
  /** Resolves when nothing is due any more; for whoever has no time to pass by itself. */
  readonly settle: () => Promise<void>
  /** Begins nothing more, tells what runs to stop, and waits for it as long as `patienceMs`. */
  readonly stop: (patienceMs: number) => Promise<void>
}

export interface JobsDeps {
  readonly db: Database
  readonly now: Clock
  readonly log: Pick<Log, 'error' | 'warn'>
  /** In [0, 1), for jitter. */
  readonly random?: () => number
}

/** Durable background work on one node of any number. */
export function createJobs({ db, now, log, random = Math.random }: JobsDeps): Jobs {
  const kinds = new Map<string, Registered>()
  const schedules: { readonly name: string; readonly schedule: Schedule }[] = []
  const runner = createRunner({ db, now, log, random, kinds, holder: randomUUID() })

  function register<Payload>(
    kind: JobKind<Payload>,
    work: JobWork<Payload>,
    whenDead?: WhenDead<Payload>,
  ): void {
    if (kinds.has(kind.name)) throw new Error(`Two parts do ${kind.name}`)
    kinds.set(kind.name, registeredOf(kind, work, whenDead))
  }

  async function scheduleNext(name: string, schedule: Schedule): Promise<void> {
    const at = now()
    const job = { kind: name, payload: {}, key: SCHEDULED, createdAt: at }
    await insertScheduled(db, { ...job, dueAt: nextTime(schedule, at) })
  }

  function schedule({ name }: JobKind<Record<string, never>>, often: Schedule): void {
    const registered = kinds.get(name)
    if (registered === undefined) throw new Error(`Nothing does ${name}`)
    const { work } = registered
    schedules.push({ name, schedule: often })
    kinds.set(name, {
      ...registered,
      async work(run) {
        // First, for this may be its last attempt, and one that fails must not be the end of it.
        await scheduleNext(name, often)
        await work(run)
      },
    })
  }

  async function find(shopId: number | null, jobId: string): Promise<Job> {
    const row = await findJob(db, shopId, rowOf(jobId))
    if (row === undefined) throw new Refusal('not_found', 'There is no such job')
    return jobOf(row)
  }

  async function givenUp(): Promise<readonly Job[]> {
    return (await listGivenUp(db, GIVEN_UP_SHOWN)).map(jobOf)
  }

  register(TIDY, ({ signal }) => tidyJobs(db, now, signal))
  schedule(TIDY, HOURLY)

  return {
    register,

    async enqueue(transaction, shopId, kind, { payload, dueAt, key }) {
      const at = now()
      const id = await insertJob(transaction, shopId, {
        kind: kind.name,
        payload: kind.payload.parse(payload),
        key: key ?? null,
        dueAt: dueAt ?? at,
        createdAt: at,
      })
      runner.expect()
      return String(id)
    },

    schedule,
    find,

    async list(shopId, { state, limit, cursor }) {
      const before = cursor === undefined ? undefined : rowOf(cursor)
      if (before === 0) throw new Refusal('bad_request', 'cursor: send the nextCursor of before')
      const rows = await listJobs(db, shopId, { state, before, limit: limit + 1 })
      const items = rows.slice(0, limit).map(jobOf)
      const last = items.at(-1)
      return { items, nextCursor: rows.length > limit && last ? last.id : null }
    },

    async retry(shopId, jobId) {
      const isRevived = await reviveJob(db, shopId, rowOf(jobId), now())
      const job = await find(shopId, jobId)
      if (!isRevived) throw new Refusal('conflict', 'Only a dead job can be run again')
      runner.expect()
      return job
    },

    givenUp,

    async dueTimes(shopId, { name: kind }, keys) {
      const found = await dueTimes(db, shopId, { kind, keys })
      return new Map(found.flatMap(({ key, dueAt }) => (key === null ? [] : [[key, dueAt]])))
    },

    countDue: () => countDue(db, now()),

    async start() {
      for (const { id: job, kind, lastError: reason } of await givenUp()) {
        log.error({ job, kind, reason }, 'A job is dead: see npm run jobs')
      }
      for (const { name, schedule } of schedules) await scheduleNext(name, schedule)
      await runner.start()
    },

    settle: runner.settle,
    stop: runner.stop,
  }
}

const GIVEN_UP_SHOWN = 50
const HOURLY = { pattern: '41 * * * *', timeZone: 'UTC' }
/** The key under which the next time of a schedule waits. */
const SCHEDULED = 'next'

/** Ids are opaque to whoever sends them; one that is no row's number finds nothing. */
function rowOf(id: string): number {
  return /^[1-9]\d{0,14}$/.test(id) ? Number(id) : 0
}

function jobOf(row: JobRow): Job {
  const { kind, state, attempts, lastError, createdAt, dueAt, finishedAt } = row
  const { progressDone: done, progressTotal: total, progressText } = row
  const progress = done === null ? null : { done, total, text: progressText ?? '' }
  const times = { createdAt, dueAt, finishedAt }
  return { id: String(row.id), kind, state, attempts, progress, lastError, ...times }
}
