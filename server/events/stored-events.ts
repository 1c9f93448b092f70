import { and, desc, eq, inArray } from 'drizzle-orm'
import type { StoredEventAnswer } from '#protocol/visitors.ts'
import { Refusal } from '../core/errors.ts'
import type { Database } from '../db/database.ts'
import { padded } from '../db/padded.ts'
import { uuidOf } from './event-uuid.ts'

/** Stored events by their numbers, the newest first. */
export async function storedEvents(
  { sql, t }: Pick<Database, 'sql' | 't'>,
  shopId: number,
  seqs: readonly number[],
): Promise<StoredEventAnswer[]> {
  if (seqs.length === 0) return []
  const { events, visitors } = t
  const { seq, id, type, name, at, receivedAt, url, referrer, title, pageType } = events
  const { userId, groupId, properties, traits, verified: isVerified } = events
  const what = { type, name, at, receivedAt, url, referrer, title, pageType }
  const event = { ...what, userId, groupId, properties, traits, isVerified }
  const rows = await sql
    .select({ id, visitorPublicId: visitors.publicId, event })
    .from(events)
    .leftJoin(visitors, and(eq(visitors.shopId, shopId), eq(visitors.id, events.visitorId)))
    .where(and(eq(events.shopId, shopId), inArray(seq, padded(seqs))))
    .orderBy(desc(seq))
  return rows.map((row) => ({
    ...row.event,
    id: uuidOf(row.id),
    visitorId: row.visitorPublicId?.toString('base64url') ?? null,
  }))
}

/** A visitor that was joined to another has no events any more. */
export async function visitorRow(
  { sql, t }: Pick<Database, 'sql' | 't'>,
  shopId: number,
  visitorId: string,
): Promise<number> {
  const { id, publicId, joinedTo } = t.visitors
  const [found] = await sql
    .select({ id, joinedTo })
    .from(t.visitors)
    .where(and(eq(t.visitors.shopId, shopId), eq(publicId, Buffer.from(visitorId, 'base64url'))))
  if (found === undefined) throw new Refusal('not_found', 'There is no such visitor')
  return found.joinedTo ?? found.id
}
