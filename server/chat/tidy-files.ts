import { z } from 'zod'
import type { Clock } from '../core/clock.ts'
import type { FileStore } from '../core/file-store.ts'
import type { JobKind } from '../core/jobs/jobs.ts'
import type { Database } from '../db/database.ts'
import { findFile } from './attachment-store.ts'

export const TIDY: JobKind<Record<string, never>> = {
  name: 'chat.tidy_files',
  payload: z.strictObject({}),
}

/** One that is just being sent has its row a moment later. */
const YOUNG_MS = 600_000

interface TidyDeps {
  readonly db: Database
  readonly now: Clock
  readonly files: FileStore
}

/** Removes files that no conversation shows: of people and shops that were erased, and of uploads that broke off. */
export async function tidyFiles({ db, now, files }: TidyDeps, signal: AbortSignal): Promise<void> {
  for await (const fileKey of files.olderThan(now() - YOUNG_MS)) {
    signal.throwIfAborted()
    if ((await findFile(db, fileKey)) === undefined) await files.remove(fileKey)
  }
}
