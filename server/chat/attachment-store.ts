import { and, count, eq, gt, inArray, isNull, or, sum } from 'drizzle-orm'
import type { ConversationRow } from './conversation-store.ts'
import type { Handle } from './log-store.ts'

type AttachmentValues = Handle['t']['chatAttachments']['$inferInsert']

export async function insertAttachment(
  { sql, t: { chatAttachments } }: Handle,
  values: AttachmentValues,
): Promise<void> {
  await sql.insert(chatAttachments).values(values)
}

/** Of this conversation alone: another's key means nothing here. */
export async function findAttachment(
  { sql, t: { chatAttachments } }: Handle,
  shopId: number,
  conversationId: number,
  fileKey: string,
) {
  const [found] = await sql
    .select({ id: chatAttachments.id, name: chatAttachments.name })
    .from(chatAttachments)
    .where(
      and(
        eq(chatAttachments.shopId, shopId),
        eq(chatAttachments.conversationId, conversationId),
        eq(chatAttachments.fileKey, fileKey),
        isNull(chatAttachments.removedAt),
      ),
    )
  return found
}

/** By its key, which is proof enough. */
export async function findFile({ sql, t: { chatAttachments } }: Handle, fileKey: string) {
  const [found] = await sql
    .select({ name: chatAttachments.name, type: chatAttachments.type })
    .from(chatAttachments)
    .where(and(eq(chatAttachments.fileKey, fileKey), isNull(chatAttachments.removedAt)))
  return found
}

export interface Kept {
  readonly files: number
  readonly bytes: number
}

export async function countAttachments(
  { sql, t: { chatAttachments } }: Handle,
  shopId: number,
  conversationId: number,
): Promise<Kept> {
  const [counted] = await sql
    .select({ files: count(), bytes: sum(chatAttachments.bytes) })
    .from(chatAttachments)
    .where(
      and(
        eq(chatAttachments.shopId, shopId),
        eq(chatAttachments.conversationId, conversationId),
        isNull(chatAttachments.removedAt),
      ),
    )
  return { files: counted?.files ?? 0, bytes: Number(counted?.bytes ?? 0) }
}

/** What they sent since, in all conversations of whoever began this one; what was taken back was sent, too. */
export async function countOfVisitor(
  { sql, t: { chatAttachments, conversationTokens, conversations } }: Handle,
  shopId: number,
  { begunBy, visitorId }: Pick<ConversationRow, 'begunBy' | 'visitorId'>,
  since: number,
): Promise<Kept> {
  const ofToken = sql
    .select({ id: conversationTokens.conversationId })
    .from(conversationTokens)
    .where(and(eq(conversationTokens.shopId, shopId), eq(conversationTokens.tokenHash, begunBy)))
  const ofVisitor = sql
    .select({ id: conversations.id })
    .from(conversations)
    .where(and(eq(conversations.shopId, shopId), eq(conversations.visitorId, visitorId ?? 0)))
  const [counted] = await sql
    .select({ files: count(), bytes: sum(chatAttachments.bytes) })
    .from(chatAttachments)
    .where(
      and(
        eq(chatAttachments.shopId, shopId),
        eq(chatAttachments.uploadedBy, 'visitor'),
        gt(chatAttachments.createdAt, since),
        or(
          inArray(chatAttachments.conversationId, ofToken),
          visitorId === null ? undefined : inArray(chatAttachments.conversationId, ofVisitor),
        ),
      ),
    )
  return { files: counted?.files ?? 0, bytes: Number(counted?.bytes ?? 0) }
}

/** The key of a message's file, which nobody gets any more; nor what it was called. */
export async function removeAttachmentOf(
  { sql, t: { chatAttachments, messages } }: Handle,
  shopId: number,
  message: { readonly conversationId: number; readonly number: number; readonly at: number },
): Promise<string | undefined> {
  const [sent] = await sql
    .select({ id: messages.attachmentId })
    .from(messages)
    .where(
      and(
        eq(messages.shopId, shopId),
        eq(messages.conversationId, message.conversationId),
        eq(messages.number, message.number),
      ),
    )
  if (sent?.id == null) return undefined
  const [removed] = await sql
    .update(chatAttachments)
    .set({ removedAt: message.at, name: '' })
    .where(and(eq(chatAttachments.shopId, shopId), eq(chatAttachments.id, sent.id)))
    .returning({ fileKey: chatAttachments.fileKey })
  return removed?.fileKey
}
