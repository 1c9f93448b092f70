import { and, between, eq, max } from 'drizzle-orm'
import type { StopReason } from '#protocol/experiences.ts'
import type { Transaction } from '../db/transaction.ts'
import type { Subject } from '../events/service.ts'
import { isOf } from './frequency-store.ts'
import { ONLY_VARIANT } from './known-experience.ts'

export async function insertImpression(
  { sql, t }: Transaction,
  { shopId, kind, id: subjectId }: Subject,
  experienceId: number,
  at: number,
): Promise<void> {
  const variantId = ONLY_VARIANT
  await sql.insert(t.impressions).values({ shopId, kind, subjectId, experienceId, variantId, at })
}

/** When each experience was last seen by somebody within a span, by its row. */
export async function lastImpressions(
  { sql, t: { impressions } }: Transaction,
  subject: Subject,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<ReadonlyMap<number, number>> {
  const rows = await sql
    .select({ experienceId: impressions.experienceId, at: max(impressions.at) })
    .from(impressions)
    .where(and(isOf(impressions, subject), between(impressions.at, from, to)))
    .groupBy(impressions.experienceId)
  return new Map(rows.flatMap(({ experienceId, at }) => (at === null ? [] : [[experienceId, at]])))
}

/** What somebody did stays what it was the first time. */
export async function insertStop(
  { sql, t }: Transaction,
  { shopId, kind, id: subjectId }: Subject,
  stop: { readonly experienceId: number; readonly reason: StopReason; readonly at: number },
): Promise<void> {
  await sql
    .insert(t.frequencyStops)
    .values({ ...stop, shopId, kind, subjectId })
    .onConflictDoNothing()
}

interface Conversion {
  readonly reachedKey: string
  readonly at: number
  readonly amount: number | null
  readonly currency: string | null
  /** Its amount stands in the place of one that was told before. */
  readonly isBetter: boolean
}

/** Whether it counts: a goal is reached once. */
export async function insertConversion(
  { sql, t: { conversions } }: Transaction,
  shopId: number,
  experienceId: number,
  { isBetter, ...conversion }: Conversion,
): Promise<boolean> {
  const made = await sql
    .insert(conversions)
    .values({ ...conversion, shopId, experienceId, variantId: ONLY_VARIANT })
    .onConflictDoNothing()
    .returning({ at: conversions.at })
  if (made.length > 0) return true
  const { reachedKey, amount, currency } = conversion
  if (isBetter && amount !== null) {
    await sql
      .update(conversions)
      .set({ amount, currency })
      .where(
        and(
          eq(conversions.shopId, shopId),
          eq(conversions.experienceId, experienceId),
          eq(conversions.reachedKey, reachedKey),
        ),
      )
  }
  return false
}
