import { and, asc, desc, eq, inArray, isNull, lte, max, or, sql as text } from 'drizzle-orm'
import { keptForIds } from '../db/kept-query.ts'
import type { Beginner, ConversationRow } from './conversation-store.ts'
import type { Handle } from './log-store.ts'

/** Whether a token, the visitor behind it, or the customer that they are, was blocked. */
export async function isBlocked(
  { sql, t: { chatBlocks, conversations } }: Handle,
  shopId: number,
  { tokenHash, visitorId, customerId }: Beginner,
): Promise<boolean> {
  const [found] = await sql
    .select({ id: chatBlocks.id })
    .from(chatBlocks)
    .where(
      and(
        eq(chatBlocks.shopId, shopId),
        or(
          eq(chatBlocks.tokenHash, tokenHash),
          visitorId === null ? undefined : eq(chatBlocks.visitorId, visitorId),
        ),
      ),
    )
    .limit(1)
  if (found !== undefined || customerId === null) return found !== undefined
  const [elsewhere] = await sql
    .select({ id: conversations.id })
    .from(conversations)
    .where(
      and(
        eq(conversations.shopId, shopId),
        eq(conversations.customerId, customerId),
        eq(conversations.isBlocked, true),
      ),
    )
    .limit(1)
  return elsewhere !== undefined
}

/** Everybody who holds it, and the visitor they are. */
export async function insertBlocks(
  { sql, t: { chatBlocks, conversationTokens } }: Handle,
  { shopId, id, visitorId }: ConversationRow,
  createdAt: number,
): Promise<void> {
  const tokens = await sql
    .select({ tokenHash: conversationTokens.tokenHash })
    .from(conversationTokens)
    .where(and(eq(conversationTokens.shopId, shopId), eq(conversationTokens.conversationId, id)))
  const block = { shopId, conversationId: id, visitorId, createdAt }
  await sql.insert(chatBlocks).values(tokens.map(({ tokenHash }) => ({ ...block, tokenHash })))
}

export async function deleteBlocks(
  { sql, t: { chatBlocks } }: Handle,
  shopId: number,
  conversationId: number,
): Promise<void> {
  await sql
    .delete(chatBlocks)
    .where(and(eq(chatBlocks.shopId, shopId), eq(chatBlocks.conversationId, conversationId)))
}

/** All that it has from now on. */
export async function replaceTags(
  { sql, t: { conversationTags } }: Handle,
  shopId: number,
  conversationId: number,
  tags: readonly string[],
): Promise<void> {
  await sql
    .delete(conversationTags)
    .where(
      and(eq(conversationTags.shopId, shopId), eq(conversationTags.conversationId, conversationId)),
    )
  if (tags.length === 0) return
  await sql
    .insert(conversationTags)
    .values(tags.map((tag) => ({ shopId, conversationId, tag })))
    .onConflictDoNothing()
}

export async function insertColleague(
  { sql, t: { conversationColleagues } }: Handle,
  shopId: number,
  colleague: {
    readonly conversationId: number
    readonly memberId: number
    readonly createdAt: number
  },
): Promise<boolean> {
  const added = await sql
    .insert(conversationColleagues)
    .values({ ...colleague, shopId })
    .onConflictDoNothing()
    .returning({ memberId: conversationColleagues.memberId })
  return added.length > 0
}

/** Of several conversations, who was asked to join. */
export function listColleagues(handle: Handle, shopId: number, conversationIds: readonly number[]) {
  return colleaguesQuery(handle, { shopId }, conversationIds)
}

const colleaguesQuery = keptForIds(({ sql, t: { conversationColleagues, members } }: Handle, ids) =>
  sql
    .select({
      conversationId: conversationColleagues.conversationId,
      memberId: members.id,
      publicId: members.publicId,
      name: members.name,
      alias: members.alias,
    })
    .from(conversationColleagues)
    .innerJoin(members, eq(members.id, conversationColleagues.memberId))
    .where(
      and(
        eq(conversationColleagues.shopId, text.placeholder('shopId')),
        inArray(conversationColleagues.conversationId, ids),
      ),
    )
    .prepare(`chat_colleagues_${ids.length}`),
)

export function listTags(handle: Handle, shopId: number, conversationIds: readonly number[]) {
  return tagsQuery(handle, { shopId }, conversationIds)
}

const tagsQuery = keptForIds(({ sql, t: { conversationTags } }: Handle, ids) =>
  sql
    .select({ conversationId: conversationTags.conversationId, tag: conversationTags.tag })
    .from(conversationTags)
    .where(
      and(
        eq(conversationTags.shopId, text.placeholder('shopId')),
        inArray(conversationTags.conversationId, ids),
      ),
    )
    .orderBy(asc(conversationTags.tag))
    .prepare(`chat_tags_${ids.length}`),
)

/** Up to which of the team’s numbers each visitor has read: theirs are another counting. */
export function listReadByVisitor(
  handle: Handle,
  shopId: number,
  conversationIds: readonly number[],
) {
  return readByVisitorQuery(handle, { shopId }, conversationIds)
}

const readByVisitorQuery = keptForIds(({ sql, t: { conversations, messages } }: Handle, ids) =>
  sql
    .select({ conversationId: messages.conversationId, number: max(messages.number) })
    .from(messages)
    .innerJoin(conversations, eq(conversations.id, messages.conversationId))
    .where(
      and(
        eq(messages.shopId, text.placeholder('shopId')),
        inArray(messages.conversationId, ids),
        lte(messages.shownNumber, conversations.readByVisitor),
      ),
    )
    .groupBy(messages.conversationId)
    .prepare(`chat_read_${ids.length}`),
)

/** What their profile is called by, of those who have one. */
export function listPublicIds(handle: Handle, shopId: number, conversationIds: readonly number[]) {
  return publicIdsQuery(handle, { shopId }, conversationIds)
}

const publicIdsQuery = keptForIds(
  ({ sql, t: { conversations, visitors, customers, channels, members } }: Handle, ids) =>
    sql
      .select({
        id: conversations.id,
        visitorId: visitors.publicId,
        customerId: customers.publicId,
        channelId: channels.publicId,
        channelName: channels.name,
        operatorId: members.publicId,
        operatorName: members.name,
        operatorAlias: members.alias,
      })
      .from(conversations)
      .innerJoin(channels, eq(channels.id, conversations.channelId))
      .leftJoin(visitors, eq(visitors.id, conversations.visitorId))
      .leftJoin(customers, eq(customers.id, conversations.customerId))
      .leftJoin(members, eq(members.id, conversations.operatorId))
      .where(
        and(eq(conversations.shopId, text.placeholder('shopId')), inArray(conversations.id, ids)),
      )
      .prepare(`chat_names_${ids.length}`),
)

/** The newest assignment of each, running or over. */
export function listReasons(handle: Handle, shopId: number, conversationIds: readonly number[]) {
  return reasonsQuery(handle, { shopId }, conversationIds)
}

const reasonsQuery = keptForIds(
  ({ sql, t: { conversationAssignments: assignments } }: Handle, ids) =>
    sql
      .select({ conversationId: assignments.conversationId, reason: assignments.reason })
      .from(assignments)
      .where(
        and(
          eq(assignments.shopId, text.placeholder('shopId')),
          inArray(assignments.conversationId, ids),
          isNull(assignments.endedAt),
        ),
      )
      .orderBy(desc(assignments.id))
      .prepare(`chat_reasons_${ids.length}`),
)
