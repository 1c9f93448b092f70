import { randomBytes } from 'node:crypto'
import { createJobs, type Jobs } from '#server/core/jobs/jobs.ts'
import { createLog } from '#server/core/log.ts'
import { createOutbound, type Outbound } from '#server/core/outbound.ts'
import { createSecretBox, type SecretBox } from '#server/core/secret-box.ts'
import type { Database } from '#server/db/database.ts'

interface Background {
  readonly jobs: Jobs
  readonly outbound: Outbound
  readonly box: SecretBox
}

/** What slices need to work in the background; nothing begins by itself. */
export function backgroundOf(db: Database, now: () => number): Background {
  return {
    jobs: createJobs({ db, now, log: createLog('silent') }),
    outbound: createOutbound({ allowed: [] }),
    box: createSecretBox(randomBytes(32)),
  }
}
