import {
  and,
  asc,
  desc,
  eq,
  gt,
  inArray,
  isNotNull,
  isNull,
  lt,
  lte,
  or,
  sql as expression,
} from 'drizzle-orm'
import { failureText } from '#protocol/failures.ts'
import type { JobProgress, JobState } from '#protocol/jobs.ts'
import type { Database } from '../../db/database.ts'
import { errorKind } from '../../db/error-kind.ts'
import type { Transaction } from './job-kind.ts'

export type JobRow = Database['t']['jobs']['$inferSelect']

export interface NewJob {
  readonly kind: string
  readonly payload: unknown
  readonly key: string | null
  readonly dueAt: number
  readonly createdAt: number
}

/** A lane is a shop's jobs of one kind. */
function laneOf(shopId: number | null, kind: string): string {
  return `${shopId ?? 0}/${kind}`
}

/** What a lane's name says of its kind. */
export function kindOf(lane: string): string {
  return lane.slice(lane.indexOf('/') + 1)
}

/**
 * Where one of the same key waits, that one is meant, at the earlier of both times. Its row is locked until the
 * transaction ends, so that it does not begin before what it was asked for can be seen.
 */
export async function insertJob(
  { sql, t }: Transaction,
  shopId: number | null,
  { key, ...job }: NewJob,
): Promise<number> {
  const { jobs } = t
  const [made] = await sql
    .insert(jobs)
    .values({
      ...job,
      shopId,
      lane: laneOf(shopId, job.kind),
      waitingKey: key,
      uniqueKey: key,
      state: 'waiting',
      attempts: 0,
    })
    .onConflictDoUpdate({
      target: [jobs.lane, jobs.waitingKey],
      set: {
        dueAt: expression`case when ${jobs.dueAt} < ${job.dueAt} then ${jobs.dueAt} else ${job.dueAt} end`,
      },
    })
    .returning({ id: jobs.id })
  if (made === undefined) throw new Error('A job was neither made nor found')
  return made.id
}

/** The next time of something that recurs. One that was missed, because nobody ran, remains due. */
export async function insertScheduled(
  { sql, t }: Transaction,
  { kind, payload, key, dueAt, createdAt }: NewJob,
): Promise<void> {
  const { jobs } = t
  await sql
    .insert(jobs)
    .values({
      kind,
      payload,
      dueAt,
      createdAt,
      shopId: null,
      lane: laneOf(null, kind),
      waitingKey: key,
      uniqueKey: key,
      state: 'waiting',
      attempts: 0,
    })
    .onConflictDoUpdate({
      target: [jobs.lane, jobs.waitingKey],
      set: { dueAt },
      setWhere: expression`${jobs.dueAt} > ${createdAt} and ${jobs.attempts} = 0`,
    })
}

/** When the first of those that wait is due. The runner serves all shops, so these functions ask for none. */
export async function firstDueAt({ sql, t }: Transaction): Promise<number | undefined> {
  const [first] = await sql
    .select({ dueAt: t.jobs.dueAt })
    .from(t.jobs)
    .where(eq(t.jobs.state, 'waiting'))
    .orderBy(asc(t.jobs.dueAt))
    .limit(1)
  return first?.dueAt
}

/** When those that wait under these keys are due. */
export async function dueTimes(
  { sql, t }: Transaction,
  shopId: number | null,
  { kind, keys }: { readonly kind: string; readonly keys: readonly string[] },
): Promise<{ readonly key: string | null; readonly dueAt: number }[]> {
  const { jobs } = t
  if (keys.length === 0) return []
  return sql
    .select({ key: jobs.waitingKey, dueAt: jobs.dueAt })
    .from(jobs)
    .where(
      and(
        isOf(t, shopId),
        eq(jobs.lane, laneOf(shopId, kind)),
        inArray(jobs.waitingKey, [...keys]),
      ),
    )
}

/** How many wait although they are due. */
export async function countDue({ sql, t }: Transaction, now: number): Promise<number> {
  return sql.$count(t.jobs, and(eq(t.jobs.state, 'waiting'), lte(t.jobs.dueAt, now)))
}

/** The next lane, in some order, in which something waits; one step of the index, however much waits. */
export async function laneAfter(
  { sql, t }: Transaction,
  last: string,
): Promise<string | undefined> {
  const [next] = await sql
    .select({ lane: t.jobs.lane })
    .from(t.jobs)
    .where(and(eq(t.jobs.state, 'waiting'), gt(t.jobs.lane, last)))
    .orderBy(asc(t.jobs.lane))
    .limit(1)
  return next?.lane
}

export interface Lease {
  readonly holder: string
  readonly now: number
  readonly until: number
}

/** Takes up to `limit` due jobs of a lane. On PostgreSQL those that another node is just taking are passed by. */
export async function claimJobs(
  db: Database,
  lane: string,
  limit: number,
  lease: Lease,
): Promise<JobRow[]> {
  const { jobs } = db.t
  const isDue = and(eq(jobs.state, 'waiting'), eq(jobs.lane, lane), lte(jobs.dueAt, lease.now))
  const candidates = (sql: Transaction['sql']) =>
    sql
      .select({ id: jobs.id })
      .from(jobs)
      .where(isDue)
      .orderBy(asc(jobs.dueAt), asc(jobs.id))
      .limit(limit)
  // Most lanes have nothing due; SQLite's only writer need not be asked about them.
  if ((await candidates(db.sql)).length === 0) return []
  return db.transaction(async (sql) => {
    const query = candidates(sql)
    const held = await (db.raw.dialect === 'postgres'
      ? query.for('update', { skipLocked: true })
      : query)
    if (held.length === 0) return []
    return sql
      .update(jobs)
      .set({
        state: 'running',
        waitingKey: null,
        attempts: expression`${jobs.attempts} + 1`,
        leaseHolder: lease.holder,
        leaseUntil: lease.until,
      })
      .where(
        inArray(
          jobs.id,
          held.map(({ id }) => id),
        ),
      )
      .returning()
  })
}

/** Whose job it is to write down what became of one. */
export interface Held {
  readonly id: number
  readonly holder: string
}

/** Writes what became of a job, unless another node has taken it over; says whether it was still ours. */
export async function updateHeld(
  { sql, t }: Transaction,
  { id, holder }: Held,
  change: Partial<Omit<JobRow, 'id' | 'shopId' | 'kind' | 'lane'>>,
): Promise<boolean> {
  const { jobs } = t
  const kept = await sql
    .update(jobs)
    .set(change)
    .where(and(eq(jobs.id, id), eq(jobs.state, 'running'), eq(jobs.leaseHolder, holder)))
    .returning({ id: jobs.id })
  return kept.length > 0
}

/** Back to waiting, under its key unless another has taken that meanwhile. */
export async function putBack(
  transaction: Transaction,
  held: Held & { readonly uniqueKey: string | null },
  change: Pick<JobRow, 'dueAt' | 'attempts' | 'lastError'>,
): Promise<void> {
  const free = { ...change, state: 'waiting', leaseHolder: null, leaseUntil: null } as const
  try {
    await updateHeld(transaction, held, { ...free, waitingKey: held.uniqueKey })
  } catch (error) {
    if (errorKind(error) !== 'unique') throw error
    await updateHeld(transaction, held, free)
  }
}

export async function writeProgress(
  transaction: Transaction,
  held: Held,
  { done, total, text }: JobProgress,
): Promise<boolean> {
  return updateHeld(transaction, held, {
    progressDone: done,
    progressTotal: total,
    progressText: text,
  })
}

/** Says that this node is still at them; returns those that are still its own. */
export async function renewLeases(
  { sql, t }: Transaction,
  { holder, ids, until }: { holder: string; ids: readonly number[]; until: number },
): Promise<Set<number>> {
  const { jobs } = t
  const kept = await sql
    .update(jobs)
    .set({ leaseUntil: until })
    .where(and(inArray(jobs.id, [...ids]), eq(jobs.state, 'running'), eq(jobs.leaseHolder, holder)))
    .returning({ id: jobs.id })
  return new Set(kept.map(({ id }) => id))
}

/** Makes due again what a node that ended has left: all whose lease is over at `now`. */
export async function releaseLost(
  { sql, t }: Transaction,
  { now, before }: { readonly now: number; readonly before: number },
): Promise<void> {
  const { jobs } = t
  await sql
    .update(jobs)
    .set({
      state: 'waiting',
      dueAt: now,
      leaseHolder: null,
      leaseUntil: null,
      lastError: failureText('server_ended'),
    })
    .where(and(eq(jobs.state, 'running'), lt(jobs.leaseUntil, before)))
}

export async function findJob(
  { sql, t }: Transaction,
  shopId: number | null,
  id: number,
): Promise<JobRow | undefined> {
  const [found] = await sql
    .select()
    .from(t.jobs)
    .where(and(isOf(t, shopId), eq(t.jobs.id, id)))
  return found
}

/** The newest first. */
export async function listJobs(
  { sql, t }: Transaction,
  shopId: number | null,
  { state, before, limit }: { state: JobState; before: number | undefined; limit: number },
): Promise<JobRow[]> {
  const { jobs } = t
  return sql
    .select()
    .from(jobs)
    .where(
      and(
        isOf(t, shopId),
        eq(jobs.state, state),
        before === undefined ? undefined : lt(jobs.id, before),
      ),
    )
    .orderBy(desc(jobs.id))
    .limit(limit)
}

/** Of any number of people who ask for it, one has it run again. */
export async function reviveJob(
  { sql, t }: Transaction,
  shopId: number | null,
  id: number,
  now: number,
): Promise<boolean> {
  const { jobs } = t
  const revived = await sql
    .update(jobs)
    .set({ state: 'waiting', attempts: 0, dueAt: now, finishedAt: null })
    .where(and(isOf(t, shopId), eq(jobs.id, id), eq(jobs.state, 'dead')))
    .returning({ id: jobs.id })
  return revived.length > 0
}

/** Finished ones that nobody asks for any more; returns how many went. */
export async function deleteFinished(
  { sql, t }: Transaction,
  state: 'done' | 'dead',
  { before, limit }: { readonly before: number; readonly limit: number },
): Promise<number> {
  const { jobs } = t
  const old = await sql
    .select({ id: jobs.id })
    .from(jobs)
    .where(and(eq(jobs.state, state), lt(jobs.finishedAt, before), isForgettable(jobs, state)))
    .limit(limit)
  if (old.length === 0) return 0
  await sql.delete(jobs).where(
    inArray(
      jobs.id,
      old.map(({ id }) => id),
    ),
  )
  return old.length
}

/** What the installation gave up stays until somebody looks: nobody else would, and nothing asks for it again. */
function isForgettable(jobs: Transaction['t']['jobs'], state: 'done' | 'dead') {
  return state === 'done' ? undefined : or(isNotNull(jobs.shopId), isNotNull(jobs.uniqueKey))
}

/** Of the installation, what was given up and does not recur by itself; the newest first. */
export async function listGivenUp({ sql, t }: Transaction, limit: number): Promise<JobRow[]> {
  const { jobs } = t
  return sql
    .select()
    .from(jobs)
    .where(and(isNull(jobs.shopId), eq(jobs.state, 'dead'), isNull(jobs.uniqueKey)))
    .orderBy(desc(jobs.id))
    .limit(limit)
}

function isOf({ jobs }: Transaction['t'], shopId: number | null) {
  return shopId === null ? isNull(jobs.shopId) : eq(jobs.shopId, shopId)
}
