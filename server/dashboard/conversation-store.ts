import { setImmediate as nextTurn } from 'node:timers/promises'
import {
  and,
  asc,
  desc,
  eq,
  exists,
  gt,
  gte,
  inArray,
  isNotNull,
  lt,
  or,
  sql as text,
} from 'drizzle-orm'
import { seenBy } from '../chat/service.ts'
import { padded } from '../db/padded.ts'
import { factOf, type ConversationFact, type StoredHand } from './conversation-facts.ts'
import type { Handle } from './figures-store.ts'
import type { Span } from './range.ts'

/** Which conversations a report is about; rows' ids. */
export interface ReportFilter {
  readonly channelId?: number | undefined
  /** That they were given. */
  readonly operatorId?: number | undefined
  /** Of those, what this member may see: they see no others' figures. */
  readonly ownOf?: number | undefined
}

/** So many at one go: in between, others have their turn. */
const PAGE = 256

interface Place {
  readonly at: number
  readonly id: number
}

/** Those that began in the span, in that order, page by page. */
export async function* conversationsIn(
  handle: Handle,
  shopId: number,
  span: Span,
  filter: ReportFilter,
): AsyncGenerator<readonly ConversationFact[]> {
  let after: Place = { at: span.start, id: 0 }
  for (;;) {
    const page = await pageOf(handle, shopId, { span, filter, after })
    yield page
    const last = page.at(-1)
    if (last === undefined || page.length < PAGE) return
    after = { at: last.at, id: last.id }
    // SQLite never waits by itself.
    await nextTurn()
  }
}

interface Asked {
  readonly span: Span
  readonly filter: ReportFilter
  readonly after: Place
}

async function pageOf(
  handle: Handle,
  shopId: number,
  { span, filter, after }: Asked,
): Promise<ConversationFact[]> {
  const { sql, t } = handle
  const { conversations, messages } = t
  const bots = sql
    .select({ one: text`1` })
    .from(messages)
    .where(and(eq(messages.conversationId, conversations.id), text`${messages.author} = 'bot'`))
  const rows = await sql
    .select({
      id: conversations.id,
      channelId: conversations.channelId,
      operatorId: conversations.operatorId,
      createdAt: conversations.createdAt,
      closedAt: conversations.closedAt,
      firstAnsweredAt: conversations.firstAnsweredAt,
      isOffline: conversations.isOffline,
      queuedAt: conversations.queuedAt,
      hasBot: exists(bots).mapWith(Boolean),
      stars: conversations.rating,
      leadState: conversations.leadState,
      potential: conversations.potential,
    })
    .from(conversations)
    .where(
      and(
        // Asked for both, SQLite begins at the span's start again for each page.
        isMeant(handle, shopId, { ...span, start: after.at }, filter),
        or(gt(conversations.createdAt, after.at), gt(conversations.id, after.id)),
      ),
    )
    .orderBy(asc(conversations.createdAt), asc(conversations.id))
    .limit(PAGE)
  const given = await handsIn(handle, shopId, rows)
  return rows.map((row) => factOf(row, given.get(row.id) ?? []))
}

/** What a file says of conversations beside what is counted, by their rows. */
export async function listWords(
  { sql, t: { conversations } }: Handle,
  shopId: number,
  rows: readonly { readonly id: number }[],
) {
  if (rows.length === 0) return []
  const { id, publicId, ratingComment: comment } = conversations
  return sql
    .select({ id, publicId, comment })
    .from(conversations)
    .where(and(eq(conversations.shopId, shopId), inArray(id, padded(rows.map((row) => row.id)))))
}

/** Of conversations, who was given them, in that order. */
async function handsIn(
  { sql, t: { conversationAssignments: hands } }: Handle,
  shopId: number,
  rows: readonly { readonly id: number }[],
): Promise<ReadonlyMap<number, StoredHand[]>> {
  const found = new Map<number, StoredHand[]>()
  if (rows.length === 0) return found
  const all = await sql
    .select({
      conversationId: hands.conversationId,
      memberId: hands.memberId,
      assignedAt: hands.assignedAt,
      answeredAt: hands.answeredAt,
      endedBy: hands.endedBy,
    })
    .from(hands)
    .where(
      and(
        eq(hands.shopId, shopId),
        inArray(hands.conversationId, padded(rows.map(({ id }) => id))),
      ),
    )
    .orderBy(asc(hands.conversationId), asc(hands.assignedAt), asc(hands.id))
  for (const hand of all) {
    const known = found.get(hand.conversationId)
    if (known === undefined) found.set(hand.conversationId, [hand])
    else known.push(hand)
  }
  return found
}

function isMeant(handle: Handle, shopId: number, { start, end }: Span, filter: ReportFilter) {
  const { conversations } = handle.t
  const { channelId, operatorId, ownOf } = filter
  return and(
    eq(conversations.shopId, shopId),
    eq(conversations.isSpam, false),
    gte(conversations.createdAt, start),
    lt(conversations.createdAt, end),
    channelId === undefined ? undefined : eq(conversations.channelId, channelId),
    operatorId === undefined ? undefined : wasGiven(handle, shopId, operatorId),
    ownOf === undefined
      ? undefined
      : and(wasGiven(handle, shopId, ownOf), seenBy(handle, shopId, { memberId: ownOf })),
  )
}

function wasGiven(
  { sql, t: { conversations, conversationAssignments: hands } }: Handle,
  shopId: number,
  memberId: number,
) {
  const given = sql
    .select({ id: hands.id })
    .from(hands)
    .where(
      and(
        eq(hands.shopId, shopId),
        eq(hands.conversationId, conversations.id),
        eq(hands.memberId, memberId),
      ),
    )
  return exists(given)
}

/** Those with a rating, the newest first. */
export async function listRated(
  handle: Handle,
  shopId: number,
  {
    span,
    filter,
    stars,
    before,
    limit,
  }: {
    readonly span: Span
    readonly filter: ReportFilter
    readonly stars?: number | undefined
    readonly before?: Place | undefined
    readonly limit: number
  },
) {
  const { sql, t } = handle
  const { conversations, channels, members } = t
  return sql
    .select({
      id: conversations.id,
      publicId: conversations.publicId,
      channelName: channels.name,
      operatorName: members.name,
      stars: conversations.rating,
      comment: conversations.ratingComment,
      beganAt: conversations.createdAt,
    })
    .from(conversations)
    .innerJoin(channels, eq(channels.id, conversations.channelId))
    .leftJoin(members, eq(members.id, conversations.operatorId))
    .where(
      and(
        isMeant(handle, shopId, span, filter),
        isNotNull(conversations.rating),
        stars === undefined ? undefined : eq(conversations.rating, stars),
        before === undefined
          ? undefined
          : or(
              lt(conversations.createdAt, before.at),
              and(eq(conversations.createdAt, before.at), lt(conversations.id, before.id)),
            ),
      ),
    )
    .orderBy(desc(conversations.createdAt), desc(conversations.id))
    .limit(limit)
}

/** Of the shop's channels, archived ones too, by their rows. */
export async function listChannelNames({ sql, t: { channels } }: Handle, shopId: number) {
  return sql
    .select({ row: channels.id, publicId: channels.publicId, name: channels.name })
    .from(channels)
    .where(eq(channels.shopId, shopId))
}

/** Of members, who may have left the shop since, by their rows. */
export async function listMemberNames({ sql, t: { members } }: Handle, rows: readonly number[]) {
  if (rows.length === 0) return []
  return sql
    .select({ row: members.id, publicId: members.publicId, name: members.name })
    .from(members)
    .where(inArray(members.id, padded(rows)))
}

/** The row of a member who was ever given a conversation of the shop; 0: nobody's. */
export async function findOperatorRow(
  { sql, t: { members, conversationAssignments: hands } }: Handle,
  shopId: number,
  publicId: Buffer,
): Promise<number> {
  const [found] = await sql
    .select({ id: members.id })
    .from(members)
    .innerJoin(hands, and(eq(hands.memberId, members.id), eq(hands.shopId, shopId)))
    .where(eq(members.publicId, publicId))
    .limit(1)
  return found?.id ?? 0
}
