import { and, desc, eq, gt } from 'drizzle-orm'
import type { LivePerson } from '#protocol/people.ts'
import { documentOf } from '../events/service.ts'
import { cartOf, nameOf } from './person-item.ts'
import { findNames, findProfiles, type Handle } from './store.ts'

const ON_NOW_MS = 5 * 60_000
/** More than anybody reads; the count beside it tells how many there are. */
const MOST_SHOWN = 100

/** Visitors who did something in the last five minutes, those seen last first. */
export async function peopleOnNow(
  handle: Handle,
  shopId: number,
  now: number,
): Promise<LivePerson[]> {
  const { sql, t } = handle
  const { sessions, visitors } = t
  const rows = await sql
    .select({
      visitor: visitors.id,
      publicId: visitors.publicId,
      customerId: visitors.customerId,
      startedAt: sessions.startedAt,
      lastSeenAt: sessions.lastSeenAt,
      touch: sessions.touch,
      device: sessions.device,
      place: sessions.place,
    })
    .from(sessions)
    .innerJoin(visitors, and(eq(visitors.shopId, shopId), eq(visitors.id, sessions.visitorId)))
    .where(and(eq(sessions.shopId, shopId), gt(sessions.lastSeenAt, now - ON_NOW_MS)))
    .orderBy(desc(sessions.lastSeenAt))
    .limit(MOST_SHOWN)
  const newest = new Map(rows.toReversed().map((row) => [row.visitor, row]))
  const ids = [...newest.keys()]
  const profiles = await findProfiles(handle, 'visitor', shopId, ids)
  const names = await findNames(handle, shopId, [
    ...new Set(rows.flatMap(({ customerId }) => customerId ?? [])),
  ])
  const people: LivePerson[] = []
  for (const row of newest.values()) {
    const profile = profiles.get(row.visitor)
    const named = names.get(row.customerId ?? 0)
    people.push({
      id: row.publicId.toString('base64url'),
      name: named === undefined ? null : nameOf(named),
      lastSeenAt: row.lastSeenAt,
      startedAt: row.startedAt,
      url: await pageOf(handle, shopId, row.visitor),
      country: row.place?.country ?? null,
      city: row.place?.city ?? null,
      device: row.device,
      source: row.touch?.source ?? null,
      cart: cartOf(profile && documentOf(profile.document).cart),
    })
  }
  return people.toSorted((a, b) => b.lastSeenAt - a.lastSeenAt)
}

/** Where the visitor's newest event happened. */
async function pageOf(
  { sql, t: { events } }: Handle,
  shopId: number,
  visitor: number,
): Promise<string | null> {
  const [found] = await sql
    .select({ url: events.url })
    .from(events)
    .where(and(eq(events.shopId, shopId), eq(events.visitorId, visitor)))
    .orderBy(desc(events.seq))
    .limit(1)
  return found?.url || null
}
