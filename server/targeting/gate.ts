import { eq, sql as text } from 'drizzle-orm'
import type { Handle } from './definitions.ts'

/** A class of PostgreSQL's advisory locks; any number that no other class has. */
const GATE = 4_780

/**
 * Until the transaction ends, nobody changes these shops' audiences: else a profile could be written that was judged by
 * the old ones, and that the filling of the new one has not seen. To be asked before a subject is locked: whoever waits
 * here holds nothing that others want. SQLite has one writer anyhow.
 *
 * Advisory, because its queue is fair. Under `FOR SHARE` on the shop's row two busy nodes would never let a change in.
 */
export async function holdAudiences(
  { sql, t, holds = false }: Handle,
  shopIds: Iterable<number>,
): Promise<void> {
  if (!holds) return
  for (const shopId of [...new Set(shopIds)].toSorted((a, b) => a - b)) {
    await sql
      .select({ held: text`pg_advisory_xact_lock_shared(${GATE}, ${keyOf(shopId)})::text` })
      .from(t.shops)
      .where(eq(t.shops.id, shopId))
  }
}

/** Until the transaction ends, nobody judges by this shop's audiences, nor changes them. */
export async function claimAudiences(
  { sql, t, holds = false }: Handle,
  shopId: number,
): Promise<void> {
  if (!holds) return
  await sql
    .select({ held: text`pg_advisory_xact_lock(${GATE}, ${keyOf(shopId)})::text` })
    .from(t.shops)
    .where(eq(t.shops.id, shopId))
}

/** The lock's key has 32 bits. Two shops that share one wait for each other, no more. */
function keyOf(shopId: number) {
  return text`${shopId % 2 ** 31}::int`
}
