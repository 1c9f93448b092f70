import { randomBytes } from 'node:crypto'
import { createJobs, type Jobs } from '#server/core/jobs/jobs.ts'
import { createLog } from '#server/core/log.ts'
import { createMail, type Mail } from '#server/core/mail/mail.ts'
import { createOutbound, type Outbound } from '#server/core/outbound.ts'
import { createSecretBox, type SecretBox } from '#server/core/secret-box.ts'
import type { Database } from '#server/db/database.ts'

interface Background {
  readonly jobs: Jobs
  readonly mail: Mail
  readonly outbound: Outbound
  readonly box: SecretBox
}

/** What slices need to work in the background; nothing begins by itself. */
export function backgroundOf(db: Database, now: () => number): Background {
  const jobs = createJobs({ db, now, log: createLog('silent') })
  return {
    jobs,
    mail: createMail({ db, jobs, now, settings: undefined }),
    outbound: createOutbound({ allowed: [] }),
    box: newSecretBox(),
  }
}

/** One that opens what it has sealed itself. */
export function newSecretBox(): SecretBox {
  return createSecretBox(randomBytes(32))
}
