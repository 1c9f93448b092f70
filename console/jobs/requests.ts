import { JOB_RETRY_PATH } from '#protocol/names.ts'
import type { Job } from '#protocol/jobs.ts'
import { send, type Reply } from '../api.ts'
import { pathOf } from '../settings/path-of.ts'

/** Runs a dead job again, with all its attempts. */
export function retryJob(jobId: string): Promise<Reply<Job>> {
  return send<Job>(pathOf(JOB_RETRY_PATH, { jobId }), {})
}
