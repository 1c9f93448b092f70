import { and, desc, eq, inArray, lt } from 'drizzle-orm'
import type { TrailEvent } from '#protocol/people.ts'
import { Refusal } from '../core/errors.ts'
import { padded } from '../db/padded.ts'
import { uuidOf } from '../events/service.ts'
import type { FoundPerson } from './find-person.ts'
import type { Handle } from './store.ts'

export interface TrailPage {
  readonly items: readonly TrailEvent[]
  readonly nextCursor: string | null
}

/** The newest first, of all browsers together, in the order of their arrival. */
export async function readTrail(
  handle: Handle,
  shopId: number,
  { visitors }: FoundPerson,
  { cursor, limit }: { readonly cursor?: string | undefined; readonly limit: number },
): Promise<TrailPage> {
  const before = cursor === undefined ? undefined : seqOf(cursor)
  const newest: number[] = []
  // One question a browser, each answered from its index alone: for all together SQLite would sort all their events.
  for (const { id } of visitors) {
    newest.push(...(await newestOf(handle, shopId, { visitor: id, before, limit: limit + 1 })))
  }
  const seqs = newest.toSorted((a, b) => b - a).slice(0, limit + 1)
  const shown = seqs.slice(0, limit)
  const last = seqs.length > limit ? shown.at(-1) : undefined
  return {
    items: await eventsOf(handle, shopId, shown, visitors),
    nextCursor: last === undefined ? null : String(last),
  }
}

async function newestOf(
  { sql, t: { events } }: Handle,
  shopId: number,
  asked: { readonly visitor: number; readonly before: number | undefined; readonly limit: number },
): Promise<number[]> {
  const rows = await sql
    .select({ seq: events.seq })
    .from(events)
    .where(
      and(
        eq(events.shopId, shopId),
        eq(events.visitorId, asked.visitor),
        asked.before === undefined ? undefined : lt(events.seq, asked.before),
      ),
    )
    .orderBy(desc(events.seq))
    .limit(asked.limit)
  return rows.map(({ seq }) => seq)
}

async function eventsOf(
  { sql, t }: Handle,
  shopId: number,
  seqs: readonly number[],
  visitors: FoundPerson['visitors'],
): Promise<TrailEvent[]> {
  if (seqs.length === 0) return []
  const { events, sessions } = t
  const rows = await sql
    .select({ event: events, session: sessions })
    .from(events)
    .leftJoin(sessions, and(eq(sessions.shopId, shopId), eq(sessions.id, events.sessionId)))
    .where(and(eq(events.shopId, shopId), inArray(events.seq, padded(seqs))))
    .orderBy(desc(events.seq))
  const ids = new Map(visitors.map(({ id, publicId }) => [id, publicId.toString('base64url')]))
  return rows.map(({ event, session }) => {
    const { id, type, name, at, receivedAt, url, referrer, title, pageType } = event
    const { userId, groupId, properties, traits, verified: isVerified } = event
    const what = { type, name, at, receivedAt, url, referrer, title, pageType }
    return {
      ...what,
      id: uuidOf(id),
      userId,
      groupId,
      properties,
      traits,
      isVerified,
      visitorId: ids.get(event.visitorId ?? 0) ?? null,
      session: session && {
        id: session.publicId.toString('base64url'),
        startedAt: session.startedAt,
        device: session.device,
        country: session.place?.country ?? null,
        city: session.place?.city ?? null,
        source: session.touch && { source: session.touch.source, medium: session.touch.medium },
      },
    }
  })
}

function seqOf(cursor: string): number {
  if (/^[1-9]\d{0,14}$/.test(cursor)) return Number(cursor)
  throw new Refusal('bad_request', 'cursor: send the nextCursor of the answer before')
}
