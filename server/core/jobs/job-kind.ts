import type { z } from 'zod'
import type { JobProgress } from '#protocol/jobs.ts'
import type { Database } from '../../db/database.ts'

/** An open transaction with its tables; the outer handle will do for a single statement. */
export type Transaction = Pick<Database, 'sql' | 't'>

/** What can be asked to be done in the background. One constant a kind, with the slice that does it. */
export interface JobKind<Payload> {
  /** `noun.verb`, and for ever: rows that wait are found by it. */
  readonly name: string
  /** Must survive JSON. */
  readonly payload: z.ZodType<Payload>
  /** Times it is begun before it is dead; 10 unless said otherwise. */
  readonly attempts?: number
  /** Milliseconds after the failure of attempt 1, 2 …, before jitter; see `growingWait`. */
  readonly waitAfter?: (attempt: number) => number
  /** How many of this kind one node does at a time; 4 unless said otherwise. */
  readonly atOnce?: number
}

/** One attempt. What it does may have been done before, whole or in part: a process can end at any line of it. */
export interface JobRun<Payload> {
  readonly jobId: string
  /** Null: of the installation itself. */
  readonly shopId: number | null
  readonly payload: Payload
  /** 1 for the first. */
  readonly attempt: number
  /** Aborted when the server stops or another node has taken over: stop at the next safe place and throw. */
  readonly signal: AbortSignal
  /** Makes known how far it has come. */
  readonly report: (progress: JobProgress) => Promise<void>
}

export type JobWork<Payload> = (run: JobRun<Payload>) => Promise<void>

/** Tells whoever asked for it that no attempt is left, in the transaction that buries the job. */
export type WhenDead<Payload> = (
  transaction: Transaction,
  job: Pick<JobRun<Payload>, 'jobId' | 'shopId' | 'payload'>,
  reason: string,
) => Promise<void>

/** Thrown by a job's work where trying again cannot help: it is dead at once. */
export class FinalFailure extends Error {
  override readonly name = 'FinalFailure'
}

const FIRST_WAIT_MS = 10_000
const MAX_WAIT_MS = 6 * 3_600_000

/** 10 s, 30 s, 90 s … up to six hours. */
export function growingWait(attempt: number): number {
  return Math.min(MAX_WAIT_MS, FIRST_WAIT_MS * 3 ** (attempt - 1))
}

/** Between half and all of `wait`, so that what failed together does not come back together. `random` is in [0, 1). */
export function withJitter(wait: number, random: number): number {
  return Math.round(wait * (0.5 + random / 2))
}
