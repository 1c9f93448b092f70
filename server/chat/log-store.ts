import {
  and,
  asc,
  count,
  desc,
  eq,
  gt,
  inArray,
  isNotNull,
  isNull,
  lte,
  ne,
  sql as expression,
} from 'drizzle-orm'
import { foldedBeside } from '../core/folded.ts'
import { keptFor } from '../db/kept-query.ts'
import type { AuthorKind, Message } from '#protocol/chat.ts'
import type { Database } from '../db/database.ts'
import type { MessageBody } from './tables.ts'

export type Handle = Pick<Database, 'sql' | 't'>

/** What is to be said, before it has a number. */
export interface NewMessage {
  readonly clientId: string
  readonly author: AuthorKind
  readonly memberId?: number
  readonly authorName?: string
  readonly kind: Message['kind']
  readonly text?: string
  readonly body?: MessageBody
  readonly attachmentId?: number
  /** Visitors see it as well. */
  readonly isShown: boolean
  /** It is what the list shows of the conversation. */
  readonly preview?: string
}

export interface Appended {
  readonly number: number
  readonly shownNumber: number | null
}

/** The transaction that throws it is undone, and with it the number that was taken: the message is there already. */
export class AlreadySaid extends Error {}

/**
 * Gives the next number in the row that all writers of the conversation wait for, so that numbers have no holes and
 * are seen in their order. Throws `AlreadySaid`; undefined: there is no such conversation.
 */
export async function appendMessage(
  { sql, t: { conversations, messages } }: Handle,
  shopId: number,
  conversationId: number,
  { isShown, preview, ...message }: NewMessage & { readonly at: number },
): Promise<Appended | undefined> {
  const shown = isShown ? 1 : 0
  const isVisitors = message.author === 'visitor'
  const [counted] = await sql
    .update(conversations)
    .set({
      lastNumber: expression`${conversations.lastNumber} + 1`,
      lastShown: expression`${conversations.lastShown} + ${shown}`,
      revision: expression`${conversations.revision} + 1`,
      ...(preview !== undefined && {
        lastText: preview,
        lastAuthor: message.author,
        lastAt: message.at,
      }),
      ...(isVisitors && { unread: expression`${conversations.unread} + 1` }),
    })
    .where(and(eq(conversations.shopId, shopId), eq(conversations.id, conversationId)))
    .returning({ number: conversations.lastNumber, lastShown: conversations.lastShown })
  if (counted === undefined) return undefined
  const numbers = { number: counted.number, shownNumber: isShown ? counted.lastShown : null }
  const [stored] = await sql
    .insert(messages)
    .values({
      ...message,
      ...numbers,
      foldedText: foldedBeside(message.text),
      shopId,
      conversationId,
    })
    .onConflictDoNothing()
    .returning({ number: messages.number })
  if (stored === undefined) throw new AlreadySaid()
  return numbers
}

export interface LogRange {
  /** In the counting of who asks; not below zero. */
  readonly after: number
  readonly limit: number
  readonly side: 'team' | 'visitor'
}

/** What clients say: below zero, they want the newest so many of what has `last` for its last number. */
export function afterIn(after: number, last: number): number {
  return after < 0 ? Math.max(0, last + after) : after
}

export type MessageRow = Awaited<ReturnType<typeof listMessages>>[number]

/** In order. */
export async function listMessages(
  { sql, t }: Handle,
  shopId: number,
  conversationId: number,
  { after, limit, side }: LogRange,
) {
  const { messages, members, chatAttachments } = t
  const number = side === 'team' ? messages.number : messages.shownNumber
  return sql
    .select({
      ...columnsOf(t),
    })
    .from(messages)
    .leftJoin(members, eq(members.id, messages.memberId))
    .leftJoin(chatAttachments, eq(chatAttachments.id, messages.attachmentId))
    .where(
      and(
        eq(messages.shopId, shopId),
        eq(messages.conversationId, conversationId),
        gt(number, after),
      ),
    )
    .orderBy(asc(number))
    .limit(limit)
}

function columnsOf({ messages, members, chatAttachments }: Database['t']) {
  return {
    number: messages.number,
    shownNumber: messages.shownNumber,
    clientId: messages.clientId,
    author: messages.author,
    authorName: messages.authorName,
    memberPublicId: members.publicId,
    kind: messages.kind,
    text: messages.text,
    body: messages.body,
    at: messages.at,
    redactedAt: messages.redactedAt,
    fileKey: chatAttachments.fileKey,
    fileName: chatAttachments.name,
    fileType: chatAttachments.type,
    fileBytes: chatAttachments.bytes,
    fileWidth: chatAttachments.width,
    fileHeight: chatAttachments.height,
  }
}

export async function findMessage(
  { sql, t }: Handle,
  shopId: number,
  conversationId: number,
  by: { readonly clientId: string } | { readonly number: number },
): Promise<MessageRow | undefined> {
  const { messages, members, chatAttachments } = t
  const named =
    'clientId' in by ? eq(messages.clientId, by.clientId) : eq(messages.number, by.number)
  const [found] = await sql
    .select({ ...columnsOf(t) })
    .from(messages)
    .leftJoin(members, eq(members.id, messages.memberId))
    .leftJoin(chatAttachments, eq(chatAttachments.id, messages.attachmentId))
    .where(and(eq(messages.shopId, shopId), eq(messages.conversationId, conversationId), named))
  return found
}

/** Takes back what was said; its number stays. False: it is no message of somebody, or was taken back before. */
export async function redactMessage(
  { sql, t: { messages } }: Handle,
  shopId: number,
  conversationId: number,
  { number, at }: { readonly number: number; readonly at: number },
): Promise<boolean> {
  const changed = await sql
    .update(messages)
    .set({ text: null, foldedText: null, body: null, attachmentId: null, redactedAt: at })
    .where(
      and(
        eq(messages.shopId, shopId),
        eq(messages.conversationId, conversationId),
        eq(messages.number, number),
        expression`${messages.kind} in ('text', 'attachment', 'product', 'note')`,
        expression`${messages.redactedAt} is null`,
      ),
    )
    .returning({ number: messages.number })
  return changed.length > 0
}

/** Of what the list shows of a conversation, in the team's counting; undefined: nobody has said anything. */
export async function lastSaidNumber(
  { sql, t: { messages } }: Handle,
  shopId: number,
  conversationId: number,
): Promise<number | undefined> {
  const [found] = await sql
    .select({ number: messages.number })
    .from(messages)
    .where(
      and(
        eq(messages.shopId, shopId),
        eq(messages.conversationId, conversationId),
        inArray(messages.kind, ['text', 'attachment', 'product']),
      ),
    )
    .orderBy(desc(messages.number))
    .limit(1)
  return found?.number
}

/** What somebody said, and was not taken back, up to a number of the visitor's counting. */
export async function countSaidUpTo(
  { sql, t: { messages } }: Handle,
  { shopId, id, number }: { readonly shopId: number; readonly id: number; readonly number: number },
): Promise<number> {
  const [counted] = await sql
    .select({ said: count() })
    .from(messages)
    .where(
      and(
        eq(messages.shopId, shopId),
        eq(messages.conversationId, id),
        lte(messages.shownNumber, number),
        inArray(messages.kind, ['text', 'attachment', 'product']),
        isNull(messages.redactedAt),
      ),
    )
  return counted?.said ?? 0
}

/** A number of the team's counting in the visitor's: the greatest that is not beyond it. */
export async function shownOfNumber(
  handle: Handle,
  shopId: number,
  id: number,
  number: number,
): Promise<number> {
  const [found] = await shownQuery(handle).execute({ shopId, id, number })
  return found?.shown ?? 0
}

const shownQuery = keptFor(({ sql, t: { messages } }: Handle) =>
  sql
    .select({ shown: messages.shownNumber })
    .from(messages)
    .where(
      and(
        eq(messages.shopId, expression.placeholder('shopId')),
        eq(messages.conversationId, expression.placeholder('id')),
        lte(messages.number, expression.placeholder('number')),
        isNotNull(messages.shownNumber),
      ),
    )
    .orderBy(desc(messages.number))
    .limit(1)
    .prepare('chat_shown_number'),
)

/** What somebody said to the visitor, and was not taken back, beyond what they have read. */
export async function countUnreadByVisitor(
  handle: Handle,
  {
    shopId,
    id,
    readByVisitor,
  }: { readonly shopId: number; readonly id: number; readonly readByVisitor: number },
): Promise<number> {
  const [counted] = await unreadQuery(handle).execute({ shopId, id, readByVisitor })
  return counted?.unread ?? 0
}

const unreadQuery = keptFor(({ sql, t: { messages } }: Handle) =>
  sql
    .select({ unread: count() })
    .from(messages)
    .where(
      and(
        eq(messages.shopId, expression.placeholder('shopId')),
        eq(messages.conversationId, expression.placeholder('id')),
        gt(messages.shownNumber, expression.placeholder('readByVisitor')),
        ne(messages.author, 'visitor'),
        inArray(messages.kind, ['text', 'attachment', 'product']),
        isNull(messages.redactedAt),
      ),
    )
    .prepare('chat_unread'),
)
