import { and, count, eq, gt, sum } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import type { Handle } from './definitions.ts'
import { holdAudiences } from './gate.ts'

const EVERY_MS = 5_000
/** With fewer parts it is not worth joining them. */
const MANY_PARTS = 16

/** Customers, and visitors who are nobody's yet, by audience id; 0 where an audience is not in it. */
export async function memberCounts(
  { sql, t }: Handle,
  shopId: number,
): Promise<ReadonlyMap<number, number>> {
  const { audienceCounts: counts } = t
  const rows = await sql
    .select({ audienceId: counts.audienceId, members: sum(counts.members).mapWith(Number) })
    .from(counts)
    .where(eq(counts.shopId, shopId))
    .groupBy(counts.audienceId)
  return new Map(rows.map(({ audienceId, members }) => [audienceId, members]))
}

export async function memberCount(
  { sql, t }: Handle,
  shopId: number,
  audienceId: number,
): Promise<number> {
  const { audienceCounts: counts } = t
  const [row] = await sql
    .select({ members: sum(counts.members).mapWith(Number) })
    .from(counts)
    .where(and(eq(counts.shopId, shopId), eq(counts.audienceId, audienceId)))
  return row?.members ?? 0
}

interface JoiningDeps {
  readonly db: Database
  readonly now: () => number
}

/** On PostgreSQL, where each commit adds a part to an audience's count: joins them, so that they stay few. */
export function createCountJoining({ db, now }: JoiningDeps) {
  const holds = db.raw.dialect === 'postgres'
  let joinedAt = -Infinity

  return async (isOver: () => boolean): Promise<void> => {
    if (!holds || now() - joinedAt < EVERY_MS) return
    joinedAt = now()
    for (const { shopId, audienceId } of await manyParts({ sql: db.sql, t: db.t })) {
      if (isOver()) return
      await db.transaction((sql) => joinParts({ sql, t: db.t, holds }, shopId, audienceId))
    }
  }
}

function manyParts({ sql, t }: Handle) {
  const { shopId, audienceId, id } = t.audienceCounts
  return sql
    .select({ shopId, audienceId })
    .from(t.audienceCounts)
    .groupBy(shopId, audienceId)
    .having(gt(count(id), MANY_PARTS))
}

/** Another node that joins the same parts finds none left of them. */
async function joinParts(handle: Handle, shopId: number, audienceId: number): Promise<void> {
  const { sql, t } = handle
  const { audienceCounts: counts } = t
  // Nobody deletes the audience meanwhile, with which its parts would go.
  await holdAudiences(handle, [shopId])
  const parts = await sql
    .delete(counts)
    .where(and(eq(counts.shopId, shopId), eq(counts.audienceId, audienceId)))
    .returning({ members: counts.members })
  if (parts.length === 0) return
  const members = parts.reduce((total, part) => total + part.members, 0)
  await sql.insert(counts).values({ shopId, audienceId, members })
}
