import { z } from 'zod'
import type { Clock } from '../../core/clock.ts'
import type { JobKind, Jobs } from '../../core/jobs/jobs.ts'
import { nextTime } from '../../core/jobs/schedules.ts'
import type { Outbound } from '../../core/outbound.ts'
import type { Database } from '../../db/database.ts'
import type { FileImports } from '../imports/file-imports.ts'
import type { SearchIndex } from '../search-index.ts'
import type { FeedRow } from './feed-store.ts'
import type { FeedLimits } from './fetch-feed.ts'

export const FETCH_FEED: JobKind<{ readonly feedId: string }> = {
  name: 'feed.fetch',
  payload: z.strictObject({ feedId: z.string() }),
  attempts: 4,
  atOnce: 2,
}

export const TIDY_FEEDS: JobKind<Record<string, never>> = {
  name: 'feed.tidy',
  payload: z.strictObject({}),
}

export interface FeedsDeps {
  readonly db: Database
  readonly now: Clock
  readonly jobs: Pick<Jobs, 'enqueue' | 'register' | 'schedule'>
  readonly outbound: Outbound
  readonly index: SearchIndex
  readonly timeZoneOf: (shopId: number) => Promise<string>
  readonly imports: Pick<FileImports, 'discard' | 'settled' | 'start' | 'uploadFetched'>
  readonly limits: FeedLimits
}

const PATTERNS = { hourly: '7 * * * *', six_hours: '7 */6 * * *' }

/** When a feed is fetched next, after `after`; hours are the shop's. */
export function nextRunOf(
  { schedule, dailyAt }: Pick<FeedRow, 'schedule' | 'dailyAt'>,
  timeZone: string,
  after: number,
): number {
  const [hour = 4, minute = 0] = dailyAt.split(':').map(Number)
  const pattern = schedule === 'daily' ? `${minute} ${hour} * * *` : PATTERNS[schedule]
  return nextTime({ pattern, timeZone }, after)
}
