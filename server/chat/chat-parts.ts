import { and, desc, eq, inArray, isNull, or, sql as text, type SQL } from 'drizzle-orm'
import type { SubjectKind } from '#protocol/audiences.ts'
import { padded } from '../db/padded.ts'
import type { ChatPart } from '../events/service.ts'
import type { Handle } from './log-store.ts'

/**
 * What the chat knows of these visitors or customers, by their rows: a visitor's is that of all who were joined to it, and a
 * customer's that of all its browsers. Whoever never talked is left out.
 */
export async function chatPartsOf(
  handle: Handle,
  shopId: number,
  kind: SubjectKind,
  ids: readonly number[],
): Promise<ReadonlyMap<number, ChatPart>> {
  if (ids.length === 0) return new Map()
  const rows =
    kind === 'visitor'
      ? await saidByVisitors(handle, shopId, ids)
      : [
          ...(await saidByCustomers(handle, shopId, ids)),
          ...(await saidInBrowsersOf(handle, shopId, ids)),
        ]
  const bySubject = new Map<number, Said[]>()
  for (const row of rows) {
    const known = bySubject.get(row.subjectId)
    if (known === undefined) bySubject.set(row.subjectId, [row])
    else known.push(row)
  }
  return new Map([...bySubject].map(([id, said]) => [id, partOf(said)]))
}

interface Said {
  readonly subjectId: number
  readonly id: number
  readonly state: Handle['t']['conversations']['$inferSelect']['state']
  readonly isOffline: boolean
  readonly firstAnsweredAt: number | null
  readonly waitsSince: number
  readonly rating: number | null
  readonly leadState: string
  readonly potential: string
  readonly talkedAt: number | null
}

function partOf(said: readonly Said[]): ChatPart {
  const newest = said.toSorted((a, b) => b.id - a.id)
  const talkedAt = Math.max(...said.map((one) => one.talkedAt ?? 0))
  const waiting = said.filter(isWaiting)
  const waitingSince = Math.min(...waiting.map((one) => one.waitsSince))
  const rating = newest.find((one) => one.rating !== null)?.rating
  const leadState = newest.find((one) => one.leadState !== 'none')?.leadState
  const potential = newest.find((one) => one.potential !== 'none')?.potential
  return {
    ...(talkedAt > 0 && { talkedAt }),
    ...(waiting.length > 0 && { waitingSince }),
    ...(rating != null && { rating }),
    ...(leadState !== undefined && { leadState }),
    ...(potential !== undefined && { potential }),
  }
}

/** In the queue, or with an operator who has yet to say something; what was left while nobody was there is answered by mail. */
function isWaiting({ state, isOffline, firstAnsweredAt }: Said): boolean {
  if (isOffline) return false
  return state === 'queued' || (state === 'assigned' && firstAnsweredAt === null)
}

function columnsOf({ sql, t: { conversations, messages } }: Handle) {
  const said = sql
    .select({ at: messages.at })
    .from(messages)
    .where(
      and(
        eq(messages.shopId, conversations.shopId),
        eq(messages.conversationId, conversations.id),
        eq(messages.author, 'visitor'),
      ),
    )
    .orderBy(desc(messages.number))
    .limit(1)
  const { id, state, isOffline, firstAnsweredAt, rating, leadState, potential } = conversations
  return {
    id,
    state,
    isOffline,
    firstAnsweredAt,
    rating,
    leadState,
    potential,
    waitsSince:
      text<number>`coalesce(${conversations.queuedAt}, ${conversations.createdAt})`.mapWith(Number),
    talkedAt: text<number | null>`(${said})`.mapWith((at: unknown) =>
      at === null ? null : Number(at),
    ),
  }
}

function saidByVisitors(handle: Handle, shopId: number, ids: readonly number[]): Promise<Said[]> {
  const { visitors } = handle.t
  const theirs = inArray(visitors.id, padded(ids))
  const joined = inArray(visitors.joinedTo, padded(ids))
  const subjectId = text<number>`coalesce(${visitors.joinedTo}, ${visitors.id})`.mapWith(Number)
  return saidIn(handle, shopId, { subjectId, where: or(theirs, joined) })
}

/** In the browsers that are theirs; but for what another customer said in one of them. */
function saidInBrowsersOf(handle: Handle, shopId: number, ids: readonly number[]): Promise<Said[]> {
  const { visitors, conversations } = handle.t
  const subjectId = text<number>`${visitors.customerId}`.mapWith(Number)
  const where = and(inArray(visitors.customerId, padded(ids)), isNull(conversations.customerId))
  return saidIn(handle, shopId, { subjectId, where })
}

function saidIn(
  handle: Handle,
  shopId: number,
  { subjectId, where }: { readonly subjectId: SQL<number>; readonly where: SQL | undefined },
): Promise<Said[]> {
  const { sql, t } = handle
  const { visitors, conversations } = t
  return sql
    .select({ subjectId, ...columnsOf(handle) })
    .from(visitors)
    .innerJoin(conversations, eq(conversations.visitorId, visitors.id))
    .where(and(eq(visitors.shopId, shopId), where, isSeriousOf(handle, shopId)))
}

/** Also as the customers who have become them. */
function saidByCustomers(handle: Handle, shopId: number, ids: readonly number[]): Promise<Said[]> {
  const { sql, t } = handle
  const { customers, conversations } = t
  const subjectId = text<number>`coalesce(${customers.mergedInto}, ${customers.id})`.mapWith(Number)
  const given = padded(ids)
  return sql
    .select({ subjectId, ...columnsOf(handle) })
    .from(customers)
    .innerJoin(conversations, eq(conversations.customerId, customers.id))
    .where(
      and(
        eq(customers.shopId, shopId),
        or(inArray(customers.id, given), inArray(customers.mergedInto, given)),
        isSeriousOf(handle, shopId),
      ),
    )
}

function isSeriousOf({ t: { conversations } }: Handle, shopId: number) {
  return and(eq(conversations.shopId, shopId), eq(conversations.isSpam, false))
}
