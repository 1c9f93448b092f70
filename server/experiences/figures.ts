import { and, eq, gte, isNotNull, lt, lte, sql as text, sum } from 'drizzle-orm'
import type { ExperienceFigures } from '#protocol/experience-management.ts'
import type { Handle } from '../targeting/service.ts'
import type { ManagementDeps } from './experiences.ts'
import { limitsOf, type Dates } from './results.ts'

/** What came of a shop's experiences; of those that nobody has seen, nothing. */
export type Figures = (
  shop: { readonly id: number; readonly timeZone: string },
  dates: Dates,
) => Promise<ExperienceFigures[]>

export function createFigures({ db }: ManagementDeps): Figures {
  const handle: Handle = { sql: db.sql, t: db.t }
  return async (shop, dates) => {
    const limits = limitsOf(dates, shop.timeZone)
    const [counted, earned] = await Promise.all([
      listCounts(handle, shop.id, dates),
      listRevenue(handle, shop.id, limits),
    ])
    return counted.map(({ experienceId, ...row }) => ({
      experienceId: String(experienceId),
      impressions: Number(row.impressions),
      clicks: Number(row.clicks),
      closes: Number(row.closes),
      submissions: Number(row.submissions),
      conversions: Number(row.conversions),
      revenue: Object.fromEntries(
        earned.flatMap(({ experienceId: of, currency, amount }) =>
          of === experienceId && currency !== null ? [[currency, Number(amount)]] : [],
        ),
      ),
    }))
  }
}

/** By the primary key's first part: a shop's experiences and days are few. */
function listCounts({ sql, t }: Handle, shopId: number, { from, to }: Dates) {
  const { experienceDays: days } = t
  return sql
    .select({
      experienceId: days.experienceId,
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
        from === undefined ? undefined : gte(days.dayOn, from),
        to === undefined ? undefined : lte(days.dayOn, to),
      ),
    )
    .groupBy(days.experienceId)
}

function listRevenue(
  { sql, t: { conversions } }: Handle,
  shopId: number,
  { start, end }: ReturnType<typeof limitsOf>,
) {
  return sql
    .select({
      experienceId: conversions.experienceId,
      currency: conversions.currency,
      // Whole numbers of SQLite overflow, and then there is no answer at all.
      amount: sum(text`cast(${conversions.amount} as double precision)`),
    })
    .from(conversions)
    .where(
      and(
        eq(conversions.shopId, shopId),
        isNotNull(conversions.currency),
        start === undefined ? undefined : gte(conversions.at, start),
        end === undefined ? undefined : lt(conversions.at, end),
      ),
    )
    .groupBy(conversions.experienceId, conversions.currency)
}
