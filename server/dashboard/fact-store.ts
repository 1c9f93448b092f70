import { and, eq, gte, inArray, notInArray, sql as text } from 'drizzle-orm'
import { inGroups, padded } from '../db/padded.ts'
import type { Transaction } from '../db/transaction.ts'
import type { SessionFact, SessionTold } from './session-facts.ts'

type Handle = Pick<Transaction, 'sql' | 't'>

export async function findFacts(
  { sql, t: { sessionFigures: facts } }: Handle,
  shopId: number,
  sessionIds: readonly number[],
): Promise<Map<number, SessionFact>> {
  const found = new Map<number, SessionFact>()
  for (const ids of inGroups(sessionIds)) {
    const rows = await sql
      .select()
      .from(facts)
      .where(and(eq(facts.shopId, shopId), inArray(facts.sessionId, ids)))
    for (const row of rows) found.set(row.sessionId, row)
  }
  return found
}

export function factsOfVisitor(
  { sql, t: { sessionFigures: facts } }: Handle,
  shopId: number,
  visitorId: number,
): Promise<SessionFact[]> {
  return sql
    .select()
    .from(facts)
    .where(and(eq(facts.shopId, shopId), eq(facts.visitorId, visitorId)))
}

/** Of the visitor's sessions, also where they were another's whose change has not been counted yet. */
export async function factsOfErased(
  handle: Handle,
  shopId: number,
  visitorId: number,
): Promise<SessionFact[]> {
  const { sessions } = handle.t
  const own = await handle.sql
    .select({ id: sessions.id })
    .from(sessions)
    .where(and(eq(sessions.shopId, shopId), eq(sessions.visitorId, visitorId)))
  const facts = await findFacts(
    handle,
    shopId,
    own.map(({ id }) => id),
  )
  for (const fact of await factsOfVisitor(handle, shopId, visitorId)) {
    facts.set(fact.sessionId, fact)
  }
  return [...facts.values()]
}

/** What is known of sessions since they began; those that are gone are missing. */
export async function originsOf(
  { sql, t: { sessions } }: Handle,
  shopId: number,
  sessionIds: readonly number[],
): Promise<Map<number, Omit<SessionFact, keyof SessionTold>>> {
  const found = new Map<number, Omit<SessionFact, keyof SessionTold>>()
  for (const ids of inGroups(sessionIds)) {
    const rows = await sql
      .select({
        id: sessions.id,
        touch: sessions.touch,
        device: sessions.device,
        place: sessions.place,
      })
      .from(sessions)
      .where(and(eq(sessions.shopId, shopId), inArray(sessions.id, ids)))
    for (const { id, touch, device, place } of rows) {
      found.set(id, {
        sessionId: id,
        source: touch === null ? '' : `${touch.source} / ${touch.medium}`,
        campaign: touch?.campaign ?? null,
        landing: touch?.landing ?? '',
        device,
        country: place?.country ?? null,
      })
    }
  }
  return found
}

export async function upsertFacts(
  { sql, t: { sessionFigures: facts } }: Handle,
  shopId: number,
  rows: readonly SessionFact[],
): Promise<void> {
  for (const group of inGroups(rows, 64)) {
    await sql
      .insert(facts)
      .values(group.map((row) => ({ ...row, shopId })))
      .onConflictDoUpdate({
        target: [facts.shopId, facts.sessionId],
        set: {
          visitorId: text`excluded.visitor_id`,
          beganAt: text`excluded.began_at`,
          steps: text`excluded.steps`,
          cartAt: text`excluded.cart_at`,
        },
      })
  }
}

export async function deleteFactsOf(
  { sql, t: { sessionFigures: facts } }: Handle,
  shopId: number,
  sessionIds: readonly number[],
): Promise<void> {
  for (const ids of inGroups(sessionIds)) {
    await sql.delete(facts).where(and(eq(facts.shopId, shopId), inArray(facts.sessionId, ids)))
  }
}

/** Removes the visitor's but for `kept`. */
export async function deleteFacts(
  { sql, t: { sessionFigures: facts } }: Handle,
  shopId: number,
  visitorId: number,
  kept: readonly number[],
): Promise<void> {
  await sql
    .delete(facts)
    .where(
      and(
        eq(facts.shopId, shopId),
        eq(facts.visitorId, visitorId),
        kept.length === 0 ? undefined : notInArray(facts.sessionId, padded(kept)),
      ),
    )
}

/** Says anew, of these visitors' sessions since `from`, when the one before began. */
export async function updatePrevious(
  { sql, t: { sessionFigures: facts } }: Handle,
  shopId: number,
  visitorIds: readonly number[],
  from: number,
): Promise<void> {
  const before = text`(select max(earlier.began_at) from session_figures earlier
    where earlier.shop_id = ${facts.shopId} and earlier.visitor_id = ${facts.visitorId}
      and earlier.began_at <= ${facts.beganAt}
      and (earlier.began_at < ${facts.beganAt} or earlier.session_id < ${facts.sessionId}))`
  for (const ids of inGroups(visitorIds)) {
    await sql
      .update(facts)
      .set({ previousAt: before })
      .where(and(eq(facts.shopId, shopId), inArray(facts.visitorId, ids), gte(facts.beganAt, from)))
  }
}
