import { and, eq, inArray } from 'drizzle-orm'
import { inGroups, padded } from '../db/padded.ts'
import type { Transaction } from '../db/transaction.ts'
import { ONLY_VARIANT } from './known-experience.ts'

export interface Conversion {
  readonly experienceId: number
  readonly reachedKey: string
  readonly at: number
  /** Minor units. */
  readonly amount: number | null
  readonly currency: string | null
}

/** What an order's conversions are called by. */
export function orderKey(orderId: string): string {
  return `order ${orderId}`
}

/** Those that count: a goal is reached once. */
export async function insertConversions(
  { sql, t: { conversions } }: Transaction,
  shopId: number,
  reached: readonly Conversion[],
): Promise<Pick<Conversion, 'experienceId' | 'at'>[]> {
  const made: Pick<Conversion, 'experienceId' | 'at'>[] = []
  for (const group of inGroups(reached)) {
    const rows = await sql
      .insert(conversions)
      .values(group.map((one) => ({ ...one, shopId, variantId: ONLY_VARIANT })))
      .onConflictDoNothing()
      .returning({ experienceId: conversions.experienceId, at: conversions.at })
    made.push(...rows)
  }
  return made
}

interface Asked {
  readonly experienceIds: readonly number[]
  readonly reachedKeys: readonly string[]
}

/** Which of `reachedKeys` have conversions of these experiences. */
export async function listReached(
  { sql, t: { conversions } }: Transaction,
  shopId: number,
  { experienceIds, reachedKeys }: Asked,
): Promise<ReadonlySet<string>> {
  const rows = await sql
    .selectDistinct({ reachedKey: conversions.reachedKey })
    .from(conversions)
    .where(
      and(
        eq(conversions.shopId, shopId),
        inArray(conversions.experienceId, padded(experienceIds)),
        inArray(conversions.reachedKey, padded(reachedKeys)),
      ),
    )
  return new Set(rows.map(({ reachedKey }) => reachedKey))
}

export async function updateAmounts(
  { sql, t: { conversions } }: Transaction,
  shopId: number,
  { experienceIds, reachedKey }: Pick<Asked, 'experienceIds'> & Pick<Conversion, 'reachedKey'>,
  worth: { readonly amount: number; readonly currency?: string },
): Promise<void> {
  await sql
    .update(conversions)
    .set(worth)
    .where(
      and(
        eq(conversions.shopId, shopId),
        inArray(conversions.experienceId, padded(experienceIds)),
        eq(conversions.reachedKey, reachedKey),
      ),
    )
}
