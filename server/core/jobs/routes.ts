import { JOB_PATH, JOB_RETRY_PATH, JOBS_PATH } from '#protocol/names.ts'
import { readQuery } from '../query.ts'
import type { Router } from '../router.ts'
import type { SecretKeyGuard } from '../secret-key-guard.ts'
import { describedJobs as told, jobsQuery } from './descriptions.ts'
import type { Jobs } from './jobs.ts'

interface JobRoutesDeps {
  readonly secretKey: SecretKeyGuard
  readonly jobs: Jobs
}

/** The management API of background work. Payloads are never told: they may hold what people wrote. */
export function addJobRoutes(router: Router, { secretKey, jobs }: JobRoutesDeps): void {
  const read = secretKey('jobs:read')
  const write = secretKey('jobs:write')
  router.get(
    JOBS_PATH,
    read,
    async ({ shop, call }) => ({ json: await jobs.list(shop.id, readQuery(call, jobsQuery)) }),
    told.list,
  )
  router.get(
    JOB_PATH,
    read,
    async ({ shop, call }) => ({ json: await jobs.find(shop.id, call.param('jobId') ?? '') }),
    told.read,
  )
  router.post(
    JOB_RETRY_PATH,
    write,
    async ({ shop, call }) => ({ json: await jobs.retry(shop.id, call.param('jobId') ?? '') }),
    told.retry,
  )
}
