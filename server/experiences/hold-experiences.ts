import { and, eq, inArray } from 'drizzle-orm'
import { padded } from '../db/padded.ts'
import type { Transaction } from '../db/transaction.ts'

/** Those that are still there, and stay until the transaction ends: what names a removed one could not be written. */
export async function holdExperiences(
  { sql, t, holds }: Transaction,
  shopId: number,
  ids: readonly number[],
): Promise<ReadonlySet<number>> {
  if (ids.length === 0) return new Set()
  const { experiences } = t
  const query = sql
    .select({ id: experiences.id })
    .from(experiences)
    .where(and(eq(experiences.shopId, shopId), inArray(experiences.id, padded(ids))))
    .orderBy(experiences.id)
  const rows = await (holds ? query.for('key share') : query)
  return new Set(rows.map(({ id }) => id))
}
