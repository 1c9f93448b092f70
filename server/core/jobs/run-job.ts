import { failureText } from '#protocol/failures.ts'
import type { Clock } from '../clock.ts'
import type { Log } from '../log.ts'
import type { Database } from '../../db/database.ts'
import { FinalFailure, withJitter } from './job-kind.ts'
import type { Registered } from './registry.ts'
import { putBack, updateHeld, writeProgress, type JobRow } from './store.ts'

export interface RunDeps {
  readonly db: Database
  readonly now: Clock
  /** In [0, 1). */
  readonly random: () => number
  readonly log: Pick<Log, 'error' | 'warn'>
}

const MAX_REASON_CHARS = 500

/** One attempt at a job that `holder` has taken, and what becomes of it. Throws only where that can't be written. */
export async function runJob(
  deps: RunDeps,
  registered: Registered,
  { row, holder, signal }: { row: JobRow; holder: string; signal: AbortSignal },
): Promise<void> {
  const { db, now } = deps
  const held = { id: row.id, holder }
  // It was begun too often and has never come to an end: its processes were killed.
  if (row.attempts > registered.attempts) {
    return bury(deps, registered, { row, holder }, row.lastError ?? failureText('never_ended'))
  }
  try {
    await registered.work({
      jobId: String(row.id),
      shopId: row.shopId,
      payload: row.payload,
      attempt: row.attempts,
      signal,
      async report(progress) {
        await writeProgress(db, held, progress)
      },
    })
  } catch (error) {
    return failed(deps, registered, { row, holder, signal }, error)
  }
  const finished = {
    state: 'done',
    finishedAt: now(),
    leaseHolder: null,
    leaseUntil: null,
  } as const
  await updateHeld(db, held, { ...finished, lastError: null })
}

async function failed(
  deps: RunDeps,
  registered: Registered,
  { row, holder, signal }: { row: JobRow; holder: string; signal: AbortSignal },
  error: unknown,
): Promise<void> {
  const { db, now, random, log } = deps
  const held = { id: row.id, holder, uniqueKey: row.uniqueKey }
  // The server stops: no failure of the job's, which goes on where it was left.
  if (signal.aborted) {
    const { lastError } = row
    return putBack(db, held, { dueAt: now(), attempts: row.attempts - 1, lastError })
  }
  const reason = reasonOf(error)
  if (error instanceof FinalFailure || row.attempts >= registered.attempts) {
    return bury(deps, registered, { row, holder }, reason)
  }
  log.warn({ err: error, job: row.id, kind: row.kind, attempt: row.attempts }, 'A job failed')
  const wait = withJitter(registered.waitAfter(row.attempts), random())
  await putBack(db, held, { dueAt: now() + wait, attempts: row.attempts, lastError: reason })
}

async function bury(
  { db, now, log }: RunDeps,
  registered: Registered,
  { row, holder }: { row: JobRow; holder: string },
  reason: string,
): Promise<void> {
  const { id, shopId, payload, kind } = row
  const buried = await db.transaction(async (sql) => {
    const transaction = { sql, t: db.t }
    const isOurs = await updateHeld(
      transaction,
      { id, holder },
      { state: 'dead', finishedAt: now(), leaseHolder: null, leaseUntil: null, lastError: reason },
    )
    if (isOurs)
      await registered.whenDead(transaction, { jobId: String(id), shopId, payload }, reason)
    return isOurs
  })
  if (buried) log.error({ job: id, kind, reason }, 'A job is dead')
}

/** For people: without the values that databases put behind a failed statement. */
function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error)
  return text.replace(/\nparams:[\s\S]*$/, '').slice(0, MAX_REASON_CHARS)
}
