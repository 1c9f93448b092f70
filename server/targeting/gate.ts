import { eq, sql as text } from 'drizzle-orm'
import { keptFor } from '../db/kept-query.ts'
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
export async function holdAudiences(handle: Handle, shopIds: Iterable<number>): Promise<void> {
  if (handle.holds !== true) return
  for (const shopId of [...new Set(shopIds)].toSorted((a, b) => a - b)) {
    await sharing(handle).execute({ shopId, key: keyOf(shopId) })
  }
}

/** Every commit asks it. */
const sharing = keptFor(({ sql, t }: Handle) =>
  sql
    .select({
      held: text`pg_advisory_xact_lock_shared(${GATE}::int, ${text.placeholder('key')}::int)::text`,
    })
    .from(t.shops)
    .where(eq(t.shops.id, text.placeholder('shopId')))
    .prepare('targeting_gate'),
)

/** Until the transaction ends, nobody judges by this shop's audiences, nor changes them. */
export async function claimAudiences(
  { sql, t, holds = false }: Handle,
  shopId: number,
): Promise<void> {
  if (!holds) return
  await sql
    .select({ held: text`pg_advisory_xact_lock(${GATE}::int, ${keyOf(shopId)}::int)::text` })
    .from(t.shops)
    .where(eq(t.shops.id, shopId))
}

/** The lock's key has 32 bits. Two shops that share one wait for each other, no more. */
function keyOf(shopId: number): number {
  return shopId % 2 ** 31
}
