import { and, desc, eq, lte, notInArray } from 'drizzle-orm'
import type { Transaction } from '../db/transaction.ts'
import { padded } from '../db/padded.ts'

/**
 * The number of the shop's last event up to `upTo` that stays when `going` go; 0: there is none. SQLite gives the numbers of
 * its last rows again once they are deleted: whoever follows events by their numbers goes back to it.
 */
export async function lastEventBut(
  { sql, t: { events } }: Pick<Transaction, 'sql' | 't'>,
  shopId: number,
  upTo: number,
  going: readonly number[],
): Promise<number> {
  const [last] = await sql
    .select({ seq: events.seq })
    .from(events)
    .where(
      and(eq(events.shopId, shopId), lte(events.seq, upTo), notInArray(events.seq, padded(going))),
    )
    .orderBy(desc(events.seq))
    .limit(1)
  return last?.seq ?? 0
}
