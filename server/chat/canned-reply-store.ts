import { and, asc, eq, inArray, isNull, or } from 'drizzle-orm'
import type { Handle } from './managed-channel-store.ts'

type CannedReplyRow = Handle['t']['cannedReplies']['$inferSelect']

/** All of the shop, with the channel of each; `of`: those for all channels, and for these. */
export async function listCannedReplies(
  { sql, t }: Handle,
  shopId: number,
  of: readonly number[] | undefined,
) {
  const { cannedReplies: replies, channels } = t
  const isTheirs =
    of === undefined
      ? undefined
      : or(isNull(replies.channelId), inArray(replies.channelId, of.length === 0 ? [0] : [...of]))
  return sql
    .select({ reply: replies, channel: channels.publicId })
    .from(replies)
    .leftJoin(channels, eq(channels.id, replies.channelId))
    .where(and(eq(replies.shopId, shopId), isTheirs))
    .orderBy(asc(replies.shortcut))
}

export async function findCannedReply({ sql, t }: Handle, shopId: number, publicId: Buffer) {
  const { cannedReplies: replies, channels } = t
  const [found] = await sql
    .select({ reply: replies, channel: channels.publicId })
    .from(replies)
    .leftJoin(channels, eq(channels.id, replies.channelId))
    .where(and(eq(replies.shopId, shopId), eq(replies.publicId, publicId)))
  return found
}

export async function countCannedReplies({ sql, t }: Handle, shopId: number): Promise<number> {
  return sql.$count(t.cannedReplies, eq(t.cannedReplies.shopId, shopId))
}

/** False where the shortcut is taken. */
export async function insertCannedReply(
  { sql, t }: Handle,
  shopId: number,
  reply: Omit<CannedReplyRow, 'id' | 'shopId'>,
): Promise<boolean> {
  const made = await sql
    .insert(t.cannedReplies)
    .values({ ...reply, shopId })
    .onConflictDoNothing()
    .returning({ id: t.cannedReplies.id })
  return made.length > 0
}

/** One that has this shortcut. */
export async function findByShortcut(
  { sql, t }: Handle,
  shopId: number,
  shortcut: string,
): Promise<{ readonly id: number } | undefined> {
  const [found] = await sql
    .select({ id: t.cannedReplies.id })
    .from(t.cannedReplies)
    .where(and(eq(t.cannedReplies.shopId, shopId), eq(t.cannedReplies.shortcut, shortcut)))
  return found
}

export async function updateCannedReply(
  { sql, t }: Handle,
  shopId: number,
  id: number,
  change: Pick<CannedReplyRow, 'shortcut' | 'text' | 'channelId' | 'updatedAt'>,
): Promise<void> {
  await sql
    .update(t.cannedReplies)
    .set(change)
    .where(and(eq(t.cannedReplies.shopId, shopId), eq(t.cannedReplies.id, id)))
}

export async function deleteCannedReply(
  { sql, t }: Handle,
  shopId: number,
  publicId: Buffer,
): Promise<CannedReplyRow | undefined> {
  const [gone] = await sql
    .delete(t.cannedReplies)
    .where(and(eq(t.cannedReplies.shopId, shopId), eq(t.cannedReplies.publicId, publicId)))
    .returning()
  return gone
}
