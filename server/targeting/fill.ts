import { and, asc, count, eq, gt } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import type { SubjectKind } from '#protocol/audiences.ts'
import type { DefinitionCache, Handle } from './definitions.ts'
import { rejudge, type CustomerParts } from './rejudge.ts'

/** Profiles a transaction: others wait for it. */
const CHUNK = 100

interface FillDeps {
  readonly db: Database
  readonly definitions: DefinitionCache
  readonly customerParts: CustomerParts
  readonly now: () => number
}

/**
 * Looks at the profiles from before an audience was made or changed, some at a time, so that it goes on after a
 * restart where it was. Resolves when no audience is left to fill, or when `isOver` says so.
 */
export function createFill(deps: FillDeps): (isOver: () => boolean) => Promise<void> {
  return async (isOver) => {
    while (!isOver() && (await fillSome(deps)));
  }
}

/** False: there is nothing to fill. Nodes take turns: each has the audience's row to itself for one chunk. */
async function fillSome(deps: FillDeps): Promise<boolean> {
  const { db, now } = deps
  const { audiences } = db.t
  const at = now()
  const [next] = await db.sql
    .select({ id: audiences.id })
    .from(audiences)
    .where(eq(audiences.state, 'computing'))
    .orderBy(asc(audiences.updatedAt), asc(audiences.id))
    .limit(1)
  if (next === undefined) return false
  await db.transaction((sql) => {
    const holds = db.raw.dialect === 'postgres'
    return fillChunk(deps, { sql, t: db.t, holds }, next.id, at)
  })
  return true
}

async function fillChunk(
  { definitions, customerParts }: FillDeps,
  handle: Handle,
  audienceId: number,
  at: number,
): Promise<void> {
  const { sql, t, holds = false } = handle
  const { audiences } = t
  const query = sql.select().from(audiences).where(eq(audiences.id, audienceId))
  const [audience] = await (holds ? query.for('update') : query)
  if (audience?.state !== 'computing') return
  const { shopId, fillKind: kind, fillTo } = audience
  const subjectIds = await nextSubjects(handle, { shopId, kind, fillTo })
  const found = (await definitions.of(handle, [shopId])).get(shopId)
  const compiled = found?.audiences.find(({ id }) => id === audienceId)
  if (found === undefined || compiled === undefined) return
  if (subjectIds.length > 0) {
    const asked = () => [compiled]
    await rejudge(handle, {
      kind,
      shopId,
      subjectIds,
      definitions: found,
      asked,
      now: at,
      customerParts,
    })
  }
  const isEnd = subjectIds.length < CHUNK
  const filled = audience.filled + subjectIds.length
  const progress = isEnd
    ? kind === 'visitor'
      ? { fillKind: 'customer' as const, fillTo: 0, filled }
      : { state: 'ready' as const, filled, fillTotal: filled }
    : { fillTo: subjectIds.at(-1) ?? fillTo, filled }
  await sql.update(audiences).set(progress).where(eq(audiences.id, audienceId))
}

async function nextSubjects(
  { sql, t }: Handle,
  { shopId, kind, fillTo }: { shopId: number; kind: SubjectKind; fillTo: number },
): Promise<number[]> {
  const profiles = kind === 'visitor' ? t.visitorProfiles : t.customerProfiles
  const rows = await sql
    .select({ id: profiles.subjectId })
    .from(profiles)
    .where(and(eq(profiles.shopId, shopId), gt(profiles.subjectId, fillTo)))
    .orderBy(asc(profiles.subjectId))
    .limit(CHUNK)
  return rows.map(({ id }) => id)
}

/** How many profiles there are to look at. */
export async function profileCount({ sql, t }: Handle, shopId: number): Promise<number> {
  let total = 0
  for (const profiles of [t.visitorProfiles, t.customerProfiles]) {
    const [row] = await sql
      .select({ count: count() })
      .from(profiles)
      .where(eq(profiles.shopId, shopId))
    total += row?.count ?? 0
  }
  return total
}
