import { setImmediate as nextTurn } from 'node:timers/promises'
import { and, asc, eq, gt, inArray, lte, sql as text } from 'drizzle-orm'
import { SUBJECT_KINDS, type SubjectKind } from '#protocol/audiences.ts'
import type { Database } from '../db/database.ts'
import { padded } from '../db/padded.ts'
import type { DefinitionCache, Handle } from './definitions.ts'
import { holdAudiences } from './gate.ts'
import { rejudge, type Parts } from './rejudge.ts'

/** Profiles a transaction: events wait for it. */
const CHUNK = 32

interface FillDeps extends Parts {
  readonly db: Database
  readonly definitions: DefinitionCache
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

/** False: there is nothing to fill. Nodes take turns: each has the shop's audiences to itself for one chunk. */
async function fillSome(deps: FillDeps): Promise<boolean> {
  const { db } = deps
  const { audiences } = db.t
  const [next] = await db.sql
    .select({ shopId: audiences.shopId })
    .from(audiences)
    .where(eq(audiences.state, 'computing'))
    .orderBy(asc(audiences.updatedAt))
    .limit(1)
  if (next === undefined) return false
  await db.transaction((sql) =>
    fillChunk(deps, { sql, t: db.t, holds: db.raw.dialect === 'postgres' }, next.shopId),
  )
  return true
}

/** How far an audience has been filled: visitors come first, then customers, each in the order of their rows. */
interface Filling {
  readonly id: number
  readonly kind: SubjectKind
  readonly to: number
}

/** Some profiles for those audiences that are least far: reading a profile costs more than asking it. */
async function fillChunk(
  { definitions, customerParts, chatParts, now }: FillDeps,
  handle: Handle,
  shopId: number,
): Promise<void> {
  await holdAudiences(handle, [shopId])
  const all = await fillings(handle, shopId)
  const found = await definitions.of(handle, shopId)
  const [first] = all.toSorted(compareFillings)
  if (first === undefined || found === undefined) return
  const { kind, to } = first
  const together = all.filter((one) => compareFillings(one, first) === 0)
  const ids = new Set(together.map(({ id }) => id))
  const others = all.filter((one) => one.kind === kind && one.to > to)
  // Where others are, they are joined.
  const until = others.length === 0 ? undefined : Math.min(...others.map((one) => one.to))
  const subjectIds = await nextSubjects(handle, shopId, { kind, to, until })
  if (subjectIds.length > 0) {
    const compiled = found.audiences.filter(({ id }) => ids.has(id))
    const asked = () => compiled
    const whom = { kind, shopId, subjectIds }
    const parts = { customerParts, chatParts }
    await rejudge(handle, { ...whom, ...parts, definitions: found, asked, now })
  }
  const { sql, t } = handle
  const isWhole = subjectIds.length === CHUNK
  await sql
    .update(t.audiences)
    .set({
      ...placeAfter(kind, isWhole ? subjectIds.at(-1) : until),
      filled: text`${t.audiences.filled} + ${subjectIds.length}`,
    })
    .where(and(eq(t.audiences.shopId, shopId), inArray(t.audiences.id, padded([...ids]))))
}

/** Those of a shop that are being filled, which nobody else fills meanwhile. */
async function fillings(
  { sql, t, holds = false }: Handle,
  shopId: number,
): Promise<readonly Filling[]> {
  const { id, shopId: shop, state, fillKind, fillTo } = t.audiences
  const query = sql
    .select({ id, kind: fillKind, to: fillTo })
    .from(t.audiences)
    .where(and(eq(shop, shopId), eq(state, 'computing')))
    .orderBy(asc(id))
  // A stronger lock would keep out those who join an audience, and who hold profiles that are wanted here.
  return holds ? query.for('no key update') : query
}

function compareFillings(one: Filling, other: Filling): number {
  const kinds = SUBJECT_KINDS.indexOf(one.kind) - SUBJECT_KINDS.indexOf(other.kind)
  return kinds || one.to - other.to
}

/** Where to go on behind `last`; undefined: that was the last of this kind. */
function placeAfter(kind: SubjectKind, last: number | undefined) {
  if (last !== undefined) return { fillTo: last }
  const next = SUBJECT_KINDS[SUBJECT_KINDS.indexOf(kind) + 1]
  return next === undefined ? { state: 'ready' as const } : { fillKind: next, fillTo: 0 }
}

async function nextSubjects(
  { sql, t }: Handle,
  shopId: number,
  { kind, to, until }: Pick<Filling, 'kind' | 'to'> & { readonly until: number | undefined },
): Promise<number[]> {
  const profiles = kind === 'visitor' ? t.visitorProfiles : t.customerProfiles
  const { subjectId } = profiles
  const isWanted = and(gt(subjectId, to), until === undefined ? undefined : lte(subjectId, until))
  const rows = await sql
    .select({ id: subjectId })
    .from(profiles)
    .where(and(eq(profiles.shopId, shopId), isWanted))
    .orderBy(asc(subjectId))
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
