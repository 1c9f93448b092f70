import { and, desc, eq, exists, inArray, isNull, or, sql as text, type SQL } from 'drizzle-orm'
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
  /** Who spoke last. */
  readonly lastAuthor: string | null
  /** Nobody has said anything since they were given it. */
  readonly isUnanswered: boolean
  readonly waitsSince: number
  /** Whose it is by proof, in whatever browser. */
  readonly customerId: number | null
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
function isWaiting({ state, isOffline, lastAuthor, isUnanswered }: Said): boolean {
  if (isOffline) return false
  // A shop's own server answers without taking it.
  return state === 'queued' ? lastAuthor !== 'operator' : state === 'assigned' && isUnanswered
}

function columnsOf({
  sql,
  t: { conversations, messages, conversationAssignments: given },
}: Handle) {
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
  const running = sql
    .select({ at: given.assignedAt })
    .from(given)
    .where(
      and(
        eq(given.conversationId, conversations.id),
        isNull(given.endedAt),
        isNull(given.answeredAt),
      ),
    )
    .limit(1)
  const { id, state, isOffline, customerId, lastAuthor, rating, leadState, potential } =
    conversations
  return {
    id,
    state,
    isOffline,
    customerId,
    lastAuthor,
    isUnanswered: exists(running).mapWith(Boolean),
    rating,
    leadState,
    potential,
    waitsSince:
      text<number>`coalesce(${conversations.queuedAt}, (${running}), ${conversations.createdAt})`.mapWith(
        Number,
      ),
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

/** In the browsers that are theirs; but for what a customer said in one of them by name. */
async function saidInBrowsersOf(
  handle: Handle,
  shopId: number,
  ids: readonly number[],
): Promise<Said[]> {
  const { sql, t } = handle
  const { id, customerId } = t.visitors
  const browsers = await sql
    .select({ id, customerId })
    .from(t.visitors)
    .where(and(eq(t.visitors.shopId, shopId), inArray(customerId, padded(ids))))
  const owners = new Map(browsers.map((browser) => [browser.id, browser.customerId]))
  if (owners.size === 0) return []
  const said = await saidByVisitors(handle, shopId, [...owners.keys()])
  return said.flatMap((one) => {
    const owner = owners.get(one.subjectId)
    return one.customerId === null && owner != null ? [{ ...one, subjectId: owner }] : []
  })
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

/** With a sign: by an index that begins with the shop, SQLite would go through all of its conversations. */
function isSeriousOf({ t: { conversations } }: Handle, shopId: number) {
  return and(text`+${conversations.shopId} = ${shopId}`, eq(conversations.isSpam, false))
}
