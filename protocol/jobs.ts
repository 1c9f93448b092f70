/** `dead`: it failed as often as it may; somebody must look at it, and may run it again. */
export const JOB_STATES = ['waiting', 'running', 'done', 'dead'] as const
export type JobState = (typeof JOB_STATES)[number]

/** Background work as it is shown. */
export interface Job {
  readonly id: string
  /** What it does: `mail.deliver`. */
  readonly kind: string
  readonly state: JobState
  readonly attempts: number
  readonly progress: JobProgress | null
  /** Of the last attempt that failed. */
  readonly lastError: string | null
  readonly createdAt: number
  /** When it is, or was, to be begun. */
  readonly dueAt: number
  readonly finishedAt: number | null
}

export interface JobProgress {
  readonly done: number
  /** Null: not known. */
  readonly total: number | null
  readonly text: string
}
