import type { Clock } from '../core/clock.ts'
import type { Jobs } from '../core/jobs/jobs.ts'
import type { Outbound } from '../core/outbound.ts'
import type { SecretBox } from '../core/secret-box.ts'
import type { Database } from '../db/database.ts'

export interface WebhooksDeps {
  readonly db: Database
  readonly now: Clock
  readonly jobs: Pick<Jobs, 'dueTimes' | 'enqueue' | 'register' | 'schedule'>
  readonly outbound: Outbound
  readonly box: SecretBox
}
