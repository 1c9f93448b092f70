import { and, asc, eq, gte, lt, lte, sql as text, sum } from 'drizzle-orm'
import type { ExperienceResults } from '#protocol/experiences.ts'
import { Refusal } from '../core/errors.ts'
import { instantOf, type Handle } from '../targeting/service.ts'
import { notFound, rowOf, type ManagementDeps } from './experiences.ts'
import { findExperience } from './store.ts'

/** From one calendar date of the shop to another, both included. */
export interface Dates {
  readonly from: string | undefined
  readonly to: string | undefined
}

export type Results = (
  shop: { readonly id: number; readonly timeZone: string },
  id: string,
  dates: Dates,
) => Promise<ExperienceResults>

const DAY_MS = 86_400_000

export function createResults({ db }: ManagementDeps): Results {
  const handle: Handle = { sql: db.sql, t: db.t }
  return async (shop, id, dates) => {
    const row = rowOf(id)
    const limits = limitsOf(dates, shop.timeZone)
    if ((await findExperience(handle, shop.id, row)) === undefined) throw notFound()
    const [days, revenue] = await Promise.all([
      listDays(handle, shop.id, row, dates),
      revenueOf(handle, shop.id, row, limits),
    ])
    const total = (figure: Exclude<keyof Day, 'dayOn'>) =>
      days.reduce((all, day) => all + day[figure], 0)
    return {
      impressions: total('impressions'),
      clicks: total('clicks'),
      closes: total('closes'),
      submissions: total('submissions'),
      conversions: total('conversions'),
      revenue,
      days,
    }
  }
}

type Day = ExperienceResults['days'][number]

/** All variants together. */
async function listDays(
  { sql, t }: Handle,
  shopId: number,
  experienceId: number,
  { from, to }: Dates,
): Promise<Day[]> {
  const { experienceDays: days } = t
  const rows = await sql
    .select({
      dayOn: days.dayOn,
      impressions: sum(days.impressions),
      clicks: sum(days.clicks),
      closes: sum(days.closes),
      submissions: sum(days.submissions),
      conversions: sum(days.conversions),
    })
    .from(days)
    .where(
      and(
        eq(days.shopId, shopId),
        eq(days.experienceId, experienceId),
        from === undefined ? undefined : gte(days.dayOn, from),
        to === undefined ? undefined : lte(days.dayOn, to),
      ),
    )
    .groupBy(days.dayOn)
    .orderBy(asc(days.dayOn))
  return rows.map((row) => ({
    dayOn: row.dayOn,
    impressions: Number(row.impressions),
    clicks: Number(row.clicks),
    closes: Number(row.closes),
    submissions: Number(row.submissions),
    conversions: Number(row.conversions),
  }))
}

async function revenueOf(
  { sql, t }: Handle,
  shopId: number,
  experienceId: number,
  { start, end }: Limits,
): Promise<Record<string, number>> {
  const { conversions } = t
  // Whole numbers of SQLite overflow, and then there is no answer at all.
  const asReal = text`cast(${conversions.amount} as double precision)`
  const rows = await sql
    .select({ currency: conversions.currency, amount: sum(asReal) })
    .from(conversions)
    .where(
      and(
        eq(conversions.shopId, shopId),
        eq(conversions.experienceId, experienceId),
        start === undefined ? undefined : gte(conversions.at, start),
        end === undefined ? undefined : lt(conversions.at, end),
      ),
    )
    .groupBy(conversions.currency)
    .orderBy(asc(conversions.currency))
  return Object.fromEntries(
    rows.flatMap(({ currency, amount }) =>
      currency === null || amount === null ? [] : [[currency, Number(amount)]],
    ),
  )
}

interface Limits {
  /** Epoch ms; `end` itself not included. */
  readonly start: number | undefined
  readonly end: number | undefined
}

/** The instants between which these dates are. Refuses what is no date. */
export function limitsOf({ from, to }: Dates, timeZone: string): Limits {
  const first = from === undefined ? undefined : midnightOf('from', from)
  const last = to === undefined ? undefined : midnightOf('to', to)
  if (first !== undefined && last !== undefined && first > last) {
    throw new Refusal('bad_request', 'from must not be after to')
  }
  return {
    start: first === undefined ? undefined : instantOf(timeZone, first),
    end: last === undefined ? undefined : instantOf(timeZone, last + DAY_MS),
  }
}

/** On the clock of whoever's date it is. */
function midnightOf(name: string, date: string): number {
  const at = /^\d{4}-\d\d-\d\d$/.test(date) ? Date.parse(`${date}T00:00Z`) : Number.NaN
  if (!Number.isNaN(at) && new Date(at).toISOString().startsWith(date)) return at
  throw new Refusal('bad_request', `${name}: a date, 2026-11-27`)
}
