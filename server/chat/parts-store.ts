import { and, asc, desc, eq, inArray, isNull, lte, max, or } from 'drizzle-orm'
import { padded } from '../db/padded.ts'
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
export async function listColleagues(
  { sql, t: { conversationColleagues, members } }: Handle,
  shopId: number,
  conversationIds: readonly number[],
) {
  if (conversationIds.length === 0) return []
  return sql
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
        eq(conversationColleagues.shopId, shopId),
        inArray(conversationColleagues.conversationId, padded(conversationIds)),
      ),
    )
}

export async function listTags(
  { sql, t: { conversationTags } }: Handle,
  shopId: number,
  conversationIds: readonly number[],
) {
  if (conversationIds.length === 0) return []
  return sql
    .select({ conversationId: conversationTags.conversationId, tag: conversationTags.tag })
    .from(conversationTags)
    .where(
      and(
        eq(conversationTags.shopId, shopId),
        inArray(conversationTags.conversationId, padded(conversationIds)),
      ),
    )
    .orderBy(asc(conversationTags.tag))
}

/** Up to which of the team’s numbers each visitor has read: theirs are another counting. */
export async function listReadByVisitor(
  { sql, t: { conversations, messages } }: Handle,
  shopId: number,
  conversationIds: readonly number[],
) {
  if (conversationIds.length === 0) return []
  return sql
    .select({ conversationId: messages.conversationId, number: max(messages.number) })
    .from(messages)
    .innerJoin(conversations, eq(conversations.id, messages.conversationId))
    .where(
      and(
        eq(messages.shopId, shopId),
        inArray(messages.conversationId, padded(conversationIds)),
        lte(messages.shownNumber, conversations.readByVisitor),
      ),
    )
    .groupBy(messages.conversationId)
}

/** What their profile is called by, of those who have one. */
export async function listPublicIds(
  { sql, t: { conversations, visitors, customers, channels, members } }: Handle,
  shopId: number,
  conversationIds: readonly number[],
) {
  if (conversationIds.length === 0) return []
  return sql
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
      and(eq(conversations.shopId, shopId), inArray(conversations.id, padded(conversationIds))),
    )
}

/** The newest assignment of each, running or over. */
export async function listReasons(
  { sql, t: { conversationAssignments: assignments } }: Handle,
  shopId: number,
  conversationIds: readonly number[],
) {
  if (conversationIds.length === 0) return []
  return sql
    .select({ conversationId: assignments.conversationId, reason: assignments.reason })
    .from(assignments)
    .where(
      and(
        eq(assignments.shopId, shopId),
        inArray(assignments.conversationId, padded(conversationIds)),
        isNull(assignments.endedAt),
      ),
    )
    .orderBy(desc(assignments.id))
}
