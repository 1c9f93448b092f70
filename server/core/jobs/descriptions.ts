import { z } from 'zod'
import { JobSchema } from '#protocol/job-answers.ts'
import { JOB_STATES } from '#protocol/jobs.ts'
import type { RouteDescription } from '../api/description.ts'
import { idOf, pageOf, pageQuery } from '../api/fields.ts'

const topic = 'Jobs'
const params = { jobId: idOf('a job') }

export const jobsQuery = pageQuery(200).extend({
  state: z.enum(JOB_STATES).default('dead').describe('Only these'),
})

export const describedJobs = {
  list: {
    name: 'listJobs',
    topic,
    summary: 'The shop’s background work in one state, the newest first',
    text: 'What a job is about is not told: it may hold what people wrote.',
    query: jobsQuery,
    answer: { status: 200, schema: pageOf(JobSchema) },
    example: { query: { state: 'dead' }, gives: { JOB_ID: 'items.0.id' } },
  },
  read: {
    name: 'readJob',
    topic,
    summary: 'How far a job has come',
    params,
    answer: { status: 200, schema: JobSchema },
    example: { params: { jobId: '$JOB_ID' } },
  },
  retry: {
    name: 'retryJob',
    topic,
    summary: 'Runs a dead job again, with all its attempts',
    text: 'Mails are sent again by “resend”, webhooks told again by “retry” of the delivery.',
    params,
    answer: { status: 200, schema: JobSchema },
    refusals: ['conflict'],
    example: { params: { jobId: '$JOB_ID' } },
  },
} as const satisfies Record<string, RouteDescription>
