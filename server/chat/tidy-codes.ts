import { z } from 'zod'
import type { Clock } from '../core/clock.ts'
import type { JobKind } from '../core/jobs/jobs.ts'
import type { Database } from '../db/database.ts'
import { deleteExpired } from './code-store.ts'

export const TIDY_CODES: JobKind<Record<string, never>> = {
  name: 'chat.tidy_codes',
  payload: z.strictObject({}),
}

/** Removes codes, and what was proven by them, that count no more; and how many were asked for on earlier days. */
export async function tidyCodes({
  db,
  now,
}: {
  readonly db: Database
  readonly now: Clock
}): Promise<void> {
  const at = now()
  await deleteExpired(db, { now: at, today: new Date(at).toISOString().slice(0, 10) })
}
