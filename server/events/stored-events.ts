import { and, desc, eq, lt } from 'drizzle-orm'
import type { StoredEventAnswer } from '#protocol/visitors.ts'
import { Refusal } from '../core/errors.ts'
import type { Database } from '../db/database.ts'
import { uuidOf } from './event-uuid.ts'

export interface EventsAsked {
  /** Only of this visitor. */
  readonly visitorId: string | undefined
  readonly cursor: string | undefined
  readonly limit: number
}

/** Stored events in the order of their arrival, the newest first. */
export async function listStoredEvents(
  db: Database,
  shopId: number,
  { visitorId, cursor, limit }: EventsAsked,
): Promise<{ readonly items: StoredEventAnswer[]; readonly nextCursor: string | null }> {
  const before = cursor === undefined ? undefined : seqOf(cursor)
  const visitor = visitorId === undefined ? undefined : await visitorRow(db, shopId, visitorId)
  const rows = await listEvents(db, shopId, { before, visitor, limit: limit + 1 })
  const shown = rows.slice(0, limit)
  const last = rows.length > limit ? shown.at(-1) : undefined
  return {
    items: shown.map(({ id, visitorPublicId, event }) => ({
      ...event,
      id: uuidOf(id),
      visitorId: visitorPublicId?.toString('base64url') ?? null,
    })),
    nextCursor: last === undefined ? null : String(last.seq),
  }
}

function listEvents(
  { sql, t }: Database,
  shopId: number,
  page: {
    readonly before: number | undefined
    readonly visitor: number | undefined
    readonly limit: number
  },
) {
  const { events, visitors } = t
  const { seq, id, type, name, at, receivedAt, url, referrer, title, pageType } = events
  const { userId, groupId, properties, traits, verified: isVerified } = events
  const what = { type, name, at, receivedAt, url, referrer, title, pageType }
  const event = { ...what, userId, groupId, properties, traits, isVerified }
  const { before, visitor, limit } = page
  return sql
    .select({ seq, id, visitorPublicId: visitors.publicId, event })
    .from(events)
    .leftJoin(visitors, and(eq(visitors.shopId, shopId), eq(visitors.id, events.visitorId)))
    .where(
      and(
        eq(events.shopId, shopId),
        before === undefined ? undefined : lt(seq, before),
        visitor === undefined ? undefined : eq(events.visitorId, visitor),
      ),
    )
    .orderBy(desc(seq))
    .limit(limit)
}

/** A visitor that was joined to another has no events any more. */
async function visitorRow(
  { sql, t }: Database,
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

function seqOf(cursor: string): number {
  if (/^[1-9]\d{0,14}$/.test(cursor)) return Number(cursor)
  throw new Refusal('bad_request', 'cursor: send the nextCursor of the answer before')
}
