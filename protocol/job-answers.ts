import { z } from 'zod'
import { JOB_STATES, type Job } from './jobs.ts'

export const JobSchema = z
  .object({
    id: z.string(),
    kind: z.string(),
    state: z.enum(JOB_STATES),
    attempts: z.int(),
    /** Null: it tells of none; a total of null is not known. */
    progress: z.object({ done: z.int(), total: z.int().nullable(), text: z.string() }).nullable(),
    lastError: z.string().nullable(),
    createdAt: z.int(),
    dueAt: z.int(),
    finishedAt: z.int().nullable(),
  })
  .meta({ id: 'Job' }) satisfies z.ZodType<Job>
