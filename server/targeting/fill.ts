import { setImmediate as nextTurn } from 'node:timers/promises'
import { and, asc, eq, gt } from 'drizzle-orm'
import type { SubjectKind } from '#protocol/audiences.ts'
import type { Database } from '../db/database.ts'
import type { DefinitionCache, Handle } from './definitions.ts'
import { rejudge, type CustomerParts } from './rejudge.ts'

/** Profiles a transaction: events wait for it. */
const CHUNK = 50

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
    // Between two chunks requests have their turn: SQLite never waits by itself.
    while (!isOver() && (await fillSome(deps))) await nextTurn()
  }
}

/** False: there is nothing to fill. Nodes take turns: each has the audience's row to itself for one chunk. */
async function fillSome(deps: FillDeps): Promise<boolean> {
  const { db } = deps
  const { audiences } = db.t
  const [next] = await db.sql
    .select({ id: audiences.id, shopId: audiences.shopId })
    .from(audiences)
    .where(eq(audiences.state, 'computing'))
    .orderBy(asc(audiences.updatedAt), asc(audiences.id))
    .limit(1)
  if (next === undefined) return false
  await db.transaction((sql) =>
    fillChunk(deps, { sql, t: db.t, holds: db.raw.dialect === 'postgres' }, next),
  )
  return true
}

async function fillChunk(
  { definitions, customerParts, now }: FillDeps,
  handle: Handle,
  { id, shopId }: { readonly id: number; readonly shopId: number },
): Promise<void> {
  const { sql, t, holds = false } = handle
  const { audiences } = t
  // In this order, as whoever changes an audience: first the shop, then the audience.
  const found = (await definitions.of(handle, [shopId])).get(shopId)
  const query = sql.select().from(audiences).where(eq(audiences.id, id))
  // A stronger lock would keep out those who join it, and who hold profiles that are wanted here.
  const [audience] = await (holds ? query.for('no key update') : query)
  const compiled = found?.audiences.find((one) => one.id === id)
  if (found === undefined || compiled === undefined || audience?.state !== 'computing') return
  const { fillKind: kind, fillTo } = audience
  const subjectIds = await nextSubjects(handle, { shopId, kind, fillTo })
  if (subjectIds.length > 0) {
    const asked = () => [compiled]
    const whom = { kind, shopId, subjectIds }
    await rejudge(handle, { ...whom, definitions: found, asked, now, customerParts })
  }
  const filled = audience.filled + subjectIds.length
  await sql
    .update(audiences)
    .set({ ...placeAfter(kind, subjectIds), filled })
    .where(eq(audiences.id, id))
}

/** Where to go on. Visitors come first, then customers. */
function placeAfter(kind: SubjectKind, subjectIds: readonly number[]) {
  const last = subjectIds.at(-1)
  if (last !== undefined && subjectIds.length === CHUNK) return { fillTo: last }
  return kind === 'visitor'
    ? ({ fillKind: 'customer', fillTo: 0 } as const)
    : ({ state: 'ready' } as const)
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
    total += await sql.$count(profiles, eq(profiles.shopId, shopId))
  }
  return total
}
