import { JOB_STATES, type JobState } from '#protocol/jobs.ts'
import { JOB_PATH, JOB_RETRY_PATH, JOBS_PATH } from '#protocol/names.ts'
import { Refusal } from '../errors.ts'
import type { Call } from '../http.ts'
import { pageOf } from '../page.ts'
import type { Router } from '../router.ts'
import type { SecretKeyGuard } from '../secret-key-guard.ts'
import type { Jobs } from './jobs.ts'

interface JobRoutesDeps {
  readonly secretKey: SecretKeyGuard
  readonly jobs: Jobs
}

/** The management API of background work. Payloads are never told: they may hold what people wrote. */
export function addJobRoutes(router: Router, { secretKey, jobs }: JobRoutesDeps): void {
  const read = secretKey('jobs:read')
  const write = secretKey('jobs:write')
  // `GET /api/v1/jobs?state=dead&limit=&cursor=` → `{ items, nextCursor? }`, the newest first.
  router.get(JOBS_PATH, read, async ({ shop, call }) => ({
    json: await jobs.list(shop.id, { ...pageOf(call), state: stateOf(call) }),
  }))
  router.get(JOB_PATH, read, async ({ shop, call }) => ({
    json: await jobs.find(shop.id, call.param('jobId') ?? ''),
  }))
  router.post(JOB_RETRY_PATH, write, async ({ shop, call }) => ({
    json: await jobs.retry(shop.id, call.param('jobId') ?? ''),
  }))
}

function stateOf(call: Call): JobState {
  const asked = call.query('state') ?? 'dead'
  const state = JOB_STATES.find((known) => known === asked)
  if (state === undefined) throw new Refusal('bad_request', `state: ${JOB_STATES.join(', ')}`)
  return state
}
