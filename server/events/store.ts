import { and, desc, eq, sql } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import type { Outcome } from './tables.ts'

/** The newest `limit` events with the visitor's public id and the session's device, newest first. */
export function newestEvents(db: Database, shopId: number, limit: number) {
  const { events, visitors, sessions } = db.t
  return db.sql
    .select({
      id: events.id,
      type: events.type,
      name: events.name,
      at: events.at,
      url: events.url,
      pageType: events.pageType,
      properties: events.properties,
      isVerified: events.verified,
      visitorId: visitors.publicId,
      device: sessions.device,
    })
    .from(events)
    .leftJoin(visitors, and(eq(visitors.shopId, shopId), eq(visitors.id, events.visitorId)))
    .leftJoin(sessions, and(eq(sessions.shopId, shopId), eq(sessions.id, events.sessionId)))
    .where(eq(events.shopId, shopId))
    .orderBy(desc(events.seq))
    .limit(limit)
}

/** How many events had each outcome on `day` (UTC, days since the epoch). */
export function countsOfDay(
  db: Database,
  shopId: number,
  day: number,
): Promise<{ outcome: Outcome; count: number }[]> {
  const { ingestionCounts: counts } = db.t
  return db.sql
    .select({ outcome: counts.outcome, count: sql<number>`sum(${counts.count})`.mapWith(Number) })
    .from(counts)
    .where(and(eq(counts.shopId, shopId), eq(counts.day, day)))
    .groupBy(counts.outcome)
}
