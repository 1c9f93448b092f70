import { and, count, eq, inArray, isNotNull, sql as text } from 'drizzle-orm'
import type { ClaimRefusal, StopReason } from '#protocol/experiences.ts'
import type { Subject } from '../events/service.ts'
import type { Handle } from '../targeting/service.ts'
import { keptFor } from '../db/kept-query.ts'
import { calendarPeriod } from './periods.ts'
import type { KnownExperience } from './known-experience.ts'

/** The name of a session among periods. */
export function sessionPeriod(sessionRow: number): string {
  return `session ${sessionRow}`
}

interface Question {
  readonly subject: Subject | null
  readonly sessionRow: number | null
  readonly wanted: readonly KnownExperience[]
  readonly timeZone: string
  readonly now: number
}

/** Those of `wanted` that this subject has been shown as often as it may be, or has stopped. */
export async function usedUp(
  handle: Handle,
  { subject, wanted, sessionRow, ...time }: Question,
): Promise<ReadonlyMap<KnownExperience, ClaimRefusal>> {
  const out = new Map<KnownExperience, ClaimRefusal>()
  if (subject === null || wanted.length === 0) return out
  const periods = {
    ever: 'ever',
    day: calendarPeriod('day', time),
    week: calendarPeriod('week', time),
    month: calendarPeriod('month', time),
    session: sessionRow === null ? undefined : sessionPeriod(sessionRow),
    // The next page view has not seen anything yet.
    pageView: undefined,
  }
  const spent = await spentBy(handle, subject, Object.values(periods))
  const mayStop = wanted.some(({ frequency }) => frequency.stopAfter.length > 0)
  const stops = mayStop ? await stopsOf(handle, subject) : NO_STOPS
  for (const one of wanted) {
    const { per, times } = one.frequency
    if (isStopped(one, stops)) out.set(one, 'stopped')
    else if ((spent.get(`${one.id} ${periods[per]}`) ?? 0) >= times) out.set(one, 'frequency')
  }
  return out
}

type Stops = ReadonlyMap<number, ReadonlySet<StopReason>>
const NO_STOPS: Stops = new Map()

/** How often each experience was shown in these periods, by experience and period. */
async function spentBy(
  handle: Handle,
  { shopId, kind, id }: Subject,
  periods: readonly (string | undefined)[],
): Promise<ReadonlyMap<string, number>> {
  const [ever = '', day = '', week = '', month = '', session = ''] = periods
  const rows = await spentQuery(handle).execute({
    shopId,
    kind,
    id,
    ever,
    day,
    week,
    month,
    session,
  })
  return new Map(rows.map((row) => [`${row.experienceId} ${row.period}`, row.times]))
}

/** Every answer to a page asks it, and putting it together takes ten times as long as the look. */
const spentQuery = keptFor(({ sql, t: { frequencyClaims: claims } }: Handle) =>
  sql
    .select({ experienceId: claims.experienceId, period: claims.period, times: count() })
    .from(claims)
    .where(
      and(
        eq(claims.shopId, text.placeholder('shopId')),
        eq(claims.kind, text.placeholder('kind')),
        eq(claims.subjectId, text.placeholder('id')),
        inArray(
          claims.period,
          ['ever', 'day', 'week', 'month', 'session'].map((name) => text.placeholder(name)),
        ),
        isNotNull(claims.spentAt),
      ),
    )
    .groupBy(claims.experienceId, claims.period)
    .prepare('experiences_spent'),
)

const stopsQuery = keptFor(({ sql, t: { frequencyStops: stops } }: Handle) =>
  sql
    .select({ experienceId: stops.experienceId, reason: stops.reason })
    .from(stops)
    .where(
      and(
        eq(stops.shopId, text.placeholder('shopId')),
        eq(stops.kind, text.placeholder('kind')),
        eq(stops.subjectId, text.placeholder('id')),
      ),
    )
    .prepare('experiences_stopped'),
)

/** What this subject did, by experience, after which some are not shown again. */
export async function stopsOf(handle: Handle, { shopId, kind, id }: Subject): Promise<Stops> {
  const found = new Map<number, Set<StopReason>>()
  for (const { experienceId, reason } of await stopsQuery(handle).execute({ shopId, kind, id })) {
    found.set(experienceId, (found.get(experienceId) ?? new Set()).add(reason))
  }
  return found
}

/** Kept whatever the experience says of it, and judged by what it says now. */
export function isStopped(
  { id, frequency }: Pick<KnownExperience, 'id' | 'frequency'>,
  stops: ReadonlyMap<number, ReadonlySet<StopReason>>,
): boolean {
  return frequency.stopAfter.some((reason) => stops.get(id)?.has(reason) === true)
}

type Tables = Handle['t']

/** Rows that belong to a subject. */
export function isOf(
  table: Tables['frequencyClaims'] | Tables['frequencyStops'] | Tables['impressions'],
  { shopId, kind, id }: Subject,
) {
  return and(eq(table.shopId, shopId), eq(table.kind, kind), eq(table.subjectId, id))
}
