import { z } from 'zod'
import type { Clock } from '../clock.ts'
import type { Database } from '../../db/database.ts'
import type { JobKind } from './job-kind.ts'
import { deleteFinished } from './store.ts'

export const TIDY: JobKind<Record<string, never>> = {
  name: 'job.tidy',
  payload: z.strictObject({}),
  atOnce: 1,
}

const DAY_MS = 86_400_000
/** Dead ones stay as long as somebody may come back to them. */
const KEPT_MS = { done: DAY_MS, dead: 30 * DAY_MS }
/** Small enough that events never wait long for SQLite's only writer. */
const BATCH = 500

/** Removes finished jobs that nobody asks for any more. */
export async function tidyJobs(db: Database, now: Clock, signal: AbortSignal): Promise<void> {
  for (const state of ['done', 'dead'] as const) {
    const before = now() - KEPT_MS[state]
    while (!signal.aborted && (await deleteFinished(db, state, { before, limit: BATCH })) > 0);
  }
}
