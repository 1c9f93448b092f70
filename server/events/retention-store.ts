import { and, asc, count, eq, gt, gte, inArray, isNotNull, lt, max, min } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { verifiedKeyOf } from './once-key.ts'

type Handle = Pick<Database, 'sql' | 't'>

/** The shops that do not keep everything. The nightly job serves all, so this function asks for none. */
export async function listRetentions({
  sql,
  t,
}: Handle): Promise<{ readonly shopId: number; readonly months: number }[]> {
  const rows = await sql
    .select({ shopId: t.shops.id, months: t.shops.retentionMonths })
    .from(t.shops)
    .where(isNotNull(t.shops.retentionMonths))
    .orderBy(asc(t.shops.id))
  return rows.flatMap(({ shopId, months }) => (months === null ? [] : [{ shopId, months }]))
}

/**
 * The number from which on the shop's events arrived at `before` or later, as near as the order of arrival follows the
 * clock: found by halving, for no index knows the time. Undefined: nothing arrived earlier.
 */
export async function firstKeptEvent(
  { sql, t }: Handle,
  shopId: number,
  before: number,
): Promise<number | undefined> {
  const { events } = t
  const ofShop = eq(events.shopId, shopId)
  const [ends] = await sql
    .select({ first: min(events.seq), last: max(events.seq) })
    .from(events)
    .where(ofShop)
  let from = ends?.first ?? 0
  let to = (ends?.last ?? -1) + 1
  const first = from
  while (from < to) {
    const middle = from + Math.floor((to - from) / 2)
    const [next] = await sql
      .select({ seq: events.seq, receivedAt: events.receivedAt })
      .from(events)
      .where(and(ofShop, gte(events.seq, middle)))
      .orderBy(asc(events.seq))
      .limit(1)
    if (next === undefined || next.receivedAt >= before) to = middle
    else from = next.seq + 1
  }
  return to > first ? to : undefined
}

/** How many of the shop's events come before `kept`; `limit` at most. */
export async function countEventsBefore(
  { sql, t }: Handle,
  shopId: number,
  kept: number,
  limit: number,
): Promise<number> {
  const { seq } = t.events
  const some = sql
    .select({ seq })
    .from(t.events)
    .where(and(eq(t.events.shopId, shopId), lt(seq, kept)))
    .limit(limit)
    .as('some')
  const [counted] = await sql.select({ rows: count() }).from(some)
  return counted?.rows ?? 0
}

/** How many of the shop's sessions ended before; `limit` at most. */
export async function countSessionsBefore(
  { sql, t }: Handle,
  shopId: number,
  before: number,
  limit: number,
): Promise<number> {
  const { id, lastSeenAt } = t.sessions
  const some = sql
    .select({ id })
    .from(t.sessions)
    .where(and(eq(t.sessions.shopId, shopId), lt(lastSeenAt, before)))
    .limit(limit)
    .as('some')
  const [counted] = await sql.select({ rows: count() }).from(some)
  return counted?.rows ?? 0
}

interface Some {
  /** Behind which to go on. */
  readonly after: number
  /** Of `firstKeptEvent`. */
  readonly kept: number
  readonly before: number
  readonly limit: number
}

/** Deletes the next events with what kept them from being stored twice; `last`: behind which to go on, if there were any. */
export async function deleteSomeEvents(
  { sql, t }: Handle,
  shopId: number,
  { after, kept, before, limit }: Some,
): Promise<{ readonly numbers: readonly number[]; readonly last: number | undefined }> {
  const { events, eventIds } = t
  const ofShop = eq(events.shopId, shopId)
  // With the time as well: only so does PostgreSQL leave the months aside that it is not about.
  const isOld = lt(events.receivedAt, before)
  const some = sql
    .select({ seq: events.seq })
    .from(events)
    .where(and(ofShop, isOld, gt(events.seq, after), lt(events.seq, kept)))
    .orderBy(asc(events.seq))
    .limit(limit)
  const gone = await sql
    .delete(events)
    .where(and(ofShop, isOld, inArray(events.seq, some)))
    .returning({ seq: events.seq, id: events.id, verified: events.verified })
  if (gone.length === 0) return { numbers: [], last: undefined }
  const keys = gone.map(({ id, verified }) => (verified ? verifiedKeyOf(id) : id))
  await sql.delete(eventIds).where(and(eq(eventIds.shopId, shopId), inArray(eventIds.id, keys)))
  const numbers = gone.map(({ seq }) => seq)
  return { numbers, last: Math.max(...numbers) }
}

/** Which there were, `limit` at most. */
export async function deleteSomeSessions(
  { sql, t }: Handle,
  shopId: number,
  { before, limit }: Pick<Some, 'before' | 'limit'>,
): Promise<number[]> {
  const { sessions } = t
  const some = sql
    .select({ id: sessions.id })
    .from(sessions)
    .where(and(eq(sessions.shopId, shopId), lt(sessions.lastSeenAt, before)))
    .limit(limit)
  const gone = await sql
    .delete(sessions)
    .where(and(eq(sessions.shopId, shopId), inArray(sessions.id, some)))
    .returning({ id: sessions.id })
  return gone.map(({ id }) => id)
}
