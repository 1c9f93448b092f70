import { z } from 'zod'
import { MAX_COUNTED_ROWS } from '#protocol/names.ts'
import type { RetentionEstimate } from '#protocol/shop.ts'
import { recordChange } from '../audit/service.ts'
import type { Actor } from '../core/actor.ts'
import type { Clock } from '../core/clock.ts'
import type { JobKind, JobRun, Jobs } from '../core/jobs/jobs.ts'
import { nextTime } from '../core/jobs/schedules.ts'
import type { Database } from '../db/database.ts'
import { dropEventPartitions } from '../db/event-partitions.ts'
import type { Transaction } from '../db/transaction.ts'
import * as store from './retention-store.ts'

/** How long a shop keeps events and sessions. Profiles, orders, customers and consents are not touched. */
export interface Retention {
  /** What would go if the shop kept so many months, and when. */
  readonly estimate: (shopId: number, months: number) => Promise<RetentionEstimate>
}

type Told = (
  transaction: Pick<Transaction, 'sql' | 't'>,
  shopId: number,
  numbers: readonly number[],
) => Promise<void>

/** What others are told in the transaction that deletes. */
interface Forgetting {
  readonly whenEventsExpire: Told
  readonly whenSessionsExpire: Told
}

interface RetentionDeps extends Forgetting {
  readonly db: Database
  readonly now: Clock
  readonly jobs: Pick<Jobs, 'register' | 'schedule'>
}

const EXPIRE: JobKind<Record<string, never>> = {
  name: 'event.expire',
  payload: z.strictObject({}),
  atOnce: 1,
}
const NIGHTLY = { pattern: '7 3 * * *', timeZone: 'UTC' }
/** Whom the audit log names. */
const BY: Actor = { kind: 'command', name: 'retention', address: '' }
/** So few that nobody else waits long for the one writer. */
const ROWS_AT_ONCE = 500

/** What of a shop is to go. */
interface Expired {
  readonly shopId: number
  readonly months: number
  readonly before: number
}

export function createRetention(deps: RetentionDeps): Retention {
  const { db, now, jobs } = deps
  jobs.register(EXPIRE, (run) => expire(deps, run))
  jobs.schedule(EXPIRE, NIGHTLY)

  return {
    async estimate(shopId, months) {
      const at = now()
      const before = monthsBefore(at, months)
      const counted = await countExpired(db, { shopId, months, before })
      return { ...counted, before, nextAt: nextTime(NIGHTLY, at) }
    },
  }
}

/** The same day and time so many months earlier; in a month that has no such day, its last. */
export function monthsBefore(at: number, months: number): number {
  const date = new Date(at)
  const day = date.getUTCDate()
  date.setUTCDate(1)
  date.setUTCMonth(date.getUTCMonth() - months)
  const days = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate()
  return date.setUTCDate(Math.min(day, days))
}

async function expire(
  deps: Omit<RetentionDeps, 'jobs'>,
  { signal, report }: Pick<JobRun<unknown>, 'signal' | 'report'>,
): Promise<void> {
  const { db, now } = deps
  const expired = (await store.listRetentions(db)).map(({ shopId, months }) => ({
    shopId,
    months,
    before: monthsBefore(now(), months),
  }))
  let done = 0
  const tell = (rows: number) => report({ done: (done += rows), total: null, text: 'rows' })
  // First, so that whatever has become of this attempt, the log says why rows are gone.
  for (const one of expired) await note(db, one, now())
  // Before their events: a session whose events are gone would be counted anew as one without any.
  for (const one of expired) await deleteSessions(deps, one, { signal, tell })
  await dropEventPartitions(db, {
    now: now(),
    expired: new Map(expired.map(({ shopId, before }) => [shopId, before])),
    signal,
  })
  for (const one of expired) await deleteEvents(deps, one, { signal, tell })
}

async function countExpired(db: Database, { shopId, before }: Expired) {
  const kept = await store.firstKeptEvent(db, shopId, before)
  return {
    events:
      kept === undefined ? 0 : await store.countEventsBefore(db, shopId, kept, MAX_COUNTED_ROWS),
    sessions: await store.countSessionsBefore(db, shopId, before, MAX_COUNTED_ROWS),
  }
}

async function note(db: Database, expired: Expired, at: number): Promise<void> {
  const { shopId, months, before } = expired
  const counted = await countExpired(db, expired)
  if (counted.events + counted.sessions === 0) return
  await db.transaction((sql) =>
    recordChange({ sql, t: db.t }, shopId, {
      by: BY,
      at,
      action: 'shop.events_expired',
      object: { kind: 'shop', id: '' },
      before: { ...counted, arrivedBefore: new Date(before).toISOString() },
      after: { reason: 'retentionMonths', retentionMonths: months },
    }),
  )
}

interface Going {
  readonly signal: AbortSignal
  readonly tell: (rows: number) => Promise<void>
}

async function deleteEvents(
  { db, whenEventsExpire }: Pick<RetentionDeps, 'db' | 'whenEventsExpire'>,
  { shopId, before }: Expired,
  { signal, tell }: Going,
): Promise<void> {
  const kept = await store.firstKeptEvent(db, shopId, before)
  if (kept === undefined) return
  let after = -1
  for (;;) {
    signal.throwIfAborted()
    const some = { after, kept, before, limit: ROWS_AT_ONCE }
    const { rows, last } = await db.transaction(async (sql) => {
      const gone = await store.deleteSomeEvents({ sql, t: db.t }, shopId, some)
      if (gone.last !== undefined) await whenEventsExpire({ sql, t: db.t }, shopId, gone.numbers)
      return { rows: gone.numbers.length, last: gone.last }
    })
    if (last === undefined) return
    after = last
    await tell(rows)
  }
}

async function deleteSessions(
  { db, whenSessionsExpire }: Pick<RetentionDeps, 'db' | 'whenSessionsExpire'>,
  { shopId, before }: Expired,
  { signal, tell }: Going,
): Promise<void> {
  for (let rows = ROWS_AT_ONCE; rows > 0;) {
    signal.throwIfAborted()
    rows = await db.transaction(async (sql) => {
      const some = { before, limit: ROWS_AT_ONCE }
      const gone = await store.deleteSomeSessions({ sql, t: db.t }, shopId, some)
      if (gone.length > 0) await whenSessionsExpire({ sql, t: db.t }, shopId, gone)
      return gone.length
    })
    await tell(rows)
  }
}
