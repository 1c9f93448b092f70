import { and, countDistinct, eq, gt } from 'drizzle-orm'
import type { Database } from '../db/database.ts'

const ON_NOW_MS = 5 * 60_000

/** How many visitors did something in the last five minutes; those without an identity can't be told apart. */
export async function visitorsOnNow(
  { sql, t }: Database,
  shopId: number,
  now: number,
): Promise<number> {
  const [row] = await sql
    .select({ visitors: countDistinct(t.sessions.visitorId) })
    .from(t.sessions)
    .where(and(eq(t.sessions.shopId, shopId), gt(t.sessions.lastSeenAt, now - ON_NOW_MS)))
  return row?.visitors ?? 0
}
