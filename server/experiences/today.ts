import { and, desc, eq, isNotNull, or, sql as text, type AnyColumn } from 'drizzle-orm'
import type { LiveExperience } from '#protocol/sockets.ts'
import type { Database } from '../db/database.ts'

const MOST = 20

/** A day's figures of experiences: of those running, and of others that were shown. The most seen first. */
export async function figuresOf(
  { sql, t }: Pick<Database, 'sql' | 't'>,
  shopId: number,
  dayOn: string,
): Promise<LiveExperience[]> {
  const { experiences, experienceDays: days } = t
  const sum = (column: AnyColumn) => text<number>`coalesce(sum(${column}), 0)`.mapWith(Number)
  const rows = await sql
    .select({
      id: experiences.id,
      name: experiences.name,
      impressions: sum(days.impressions),
      clicks: sum(days.clicks),
      closes: sum(days.closes),
      submissions: sum(days.submissions),
      conversions: sum(days.conversions),
    })
    .from(experiences)
    .leftJoin(
      days,
      and(eq(days.shopId, shopId), eq(days.experienceId, experiences.id), eq(days.dayOn, dayOn)),
    )
    .where(
      and(
        eq(experiences.shopId, shopId),
        or(eq(experiences.state, 'active'), isNotNull(days.dayOn)),
      ),
    )
    .groupBy(experiences.id, experiences.name)
    .orderBy(desc(sum(days.impressions)), experiences.id)
    .limit(MOST)
  return rows.map(({ id, ...rest }) => ({ id: String(id), ...rest }))
}
