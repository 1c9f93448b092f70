import {
  and,
  asc,
  count,
  eq,
  gt,
  inArray,
  isNotNull,
  isNull,
  lt,
  or,
  sql as expression,
} from 'drizzle-orm'
import { foldedBeside } from '../core/folded.ts'
import { keptFor, keptForIds } from '../db/kept-query.ts'
import type { Handle } from './log-store.ts'
import { seenByVisitor, type VisitorSeer } from './seen-by-visitor.ts'

export type ConversationRow = NonNullable<Awaited<ReturnType<typeof findConversation>>>
type ConversationValues = Handle['t']['conversations']['$inferInsert']

/** What of a row may be changed beside its log. */
export type ConversationSet = Partial<
  Omit<
    ConversationValues,
    'id' | 'shopId' | 'publicId' | 'foldedName' | 'revision' | 'lastNumber' | 'lastShown'
  >
>

/** Whoever asks as a visitor shows who they are; as a member, sees channels. Both stand in the query itself. */
export type Seer =
  | VisitorSeer
  /** `memberId`: of the channels of that one alone; undefined: of all. */
  | { readonly memberId: number | undefined }

export async function findConversation(
  { sql, t }: Handle,
  shopId: number,
  publicId: Buffer,
  seer: Seer,
) {
  const { conversations } = t
  const [found] = await sql
    .select()
    .from(conversations)
    .where(
      and(
        eq(conversations.shopId, shopId),
        eq(conversations.publicId, publicId),
        seenBy({ sql, t }, shopId, seer),
      ),
    )
  return found
}

export async function findConversationRow(
  handle: Handle,
  shopId: number,
  id: number,
): Promise<ConversationRow | undefined> {
  const [found] = await rowQuery(handle).execute({ shopId, id })
  return found
}

/** Each message asks for it, and putting it together takes longer than the look. So do those below that are kept. */
const rowQuery = keptFor(({ sql, t: { conversations } }: Handle) =>
  sql
    .select()
    .from(conversations)
    .where(
      and(
        eq(conversations.shopId, expression.placeholder('shopId')),
        eq(conversations.id, expression.placeholder('id')),
      ),
    )
    .prepare('chat_conversation'),
)

/** Where each of them is. */
export function listChannelsOf(handle: Handle, shopId: number, conversationIds: readonly number[]) {
  return channelsQuery(handle, { shopId }, conversationIds)
}

const channelsQuery = keptForIds(({ sql, t: { conversations } }: Handle, ids) =>
  sql
    .select({ id: conversations.id, channelId: conversations.channelId })
    .from(conversations)
    .where(
      and(
        eq(conversations.shopId, expression.placeholder('shopId')),
        inArray(conversations.id, ids),
      ),
    )
    .prepare(`chat_channels_${ids.length}`),
)

/** The condition under which somebody may know of a conversation. */
export function seenBy({ sql, t }: Handle, shopId: number, seer: Seer) {
  if ('reach' in seer) return seenByVisitor({ sql, t }, shopId, seer)
  const { conversations, channelOperators, conversationColleagues } = t
  const { memberId } = seer
  if (memberId === undefined) return undefined
  const own = sql
    .select({ id: channelOperators.channelId })
    .from(channelOperators)
    .where(and(eq(channelOperators.shopId, shopId), eq(channelOperators.memberId, memberId)))
  const asked = sql
    .select({ id: conversationColleagues.conversationId })
    .from(conversationColleagues)
    .where(
      and(eq(conversationColleagues.shopId, shopId), eq(conversationColleagues.memberId, memberId)),
    )
  return or(inArray(conversations.channelId, own), inArray(conversations.id, asked))
}

/** Undefined: one runs for this token, this visitor, or this customer, in the channel. */
export async function insertConversation(
  { sql, t: { conversations } }: Handle,
  values: ConversationValues,
): Promise<ConversationRow | undefined> {
  const [made] = await sql
    .insert(conversations)
    .values({ ...values, foldedName: foldedBeside(values.name) })
    .onConflictDoNothing()
    .returning()
  return made
}

/** Of those that a token opens, the one in which that was said; its sender's id for it names it. */
export async function findSaidIn(
  { sql, t: { conversations, conversationTokens: tokens, messages } }: Handle,
  shopId: number,
  { tokenHash, clientId }: { readonly tokenHash: Buffer; readonly clientId: string },
): Promise<ConversationRow | undefined> {
  const [found] = await sql
    .select({ conversation: conversations })
    .from(tokens)
    .innerJoin(
      messages,
      and(
        eq(messages.shopId, tokens.shopId),
        eq(messages.conversationId, tokens.conversationId),
        eq(messages.clientId, clientId),
      ),
    )
    .innerJoin(conversations, eq(conversations.id, tokens.conversationId))
    .where(and(eq(tokens.shopId, shopId), eq(tokens.tokenHash, tokenHash)))
    .limit(1)
  return found?.conversation
}

/** Who somebody is, as far as it is proven. */
export interface Beginner {
  readonly tokenHash: Buffer
  readonly visitorId: number | null
  readonly customerId: number | null
}

/** As it is now, and as it stays until the transaction ends. */
export async function holdConversation(
  { sql, t: { conversations } }: Handle,
  shopId: number,
  id: number,
): Promise<ConversationRow | undefined> {
  const [held] = await sql
    .update(conversations)
    .set({ shopId })
    .where(and(eq(conversations.shopId, shopId), eq(conversations.id, id)))
    .returning()
  return held
}

/** The one that runs for a token, or for the visitor or customer behind it: the customer's by name before others. */
export async function findRunning(
  { sql, t: { conversations } }: Handle,
  shopId: number,
  channelId: number,
  by: Beginner,
): Promise<ConversationRow | undefined> {
  const { tokenHash, visitorId, customerId } = by
  const [found] = await sql
    .select()
    .from(conversations)
    .where(
      and(
        eq(conversations.shopId, shopId),
        eq(conversations.channelId, channelId),
        isNull(conversations.closedAt),
        or(
          eq(conversations.begunBy, tokenHash),
          visitorId === null ? undefined : eq(conversations.visitorId, visitorId),
          customerId === null ? undefined : eq(conversations.customerId, customerId),
        ),
      ),
    )
    .orderBy(
      asc(expression`case when ${conversations.customerId} = ${customerId ?? 0} then 0 else 1 end`),
      asc(conversations.id),
    )
    .limit(1)
  return found
}

/** With a new revision. Undefined: there is none, or it is not as `when` says any more. */
export async function updateConversation(
  { sql, t: { conversations } }: Handle,
  shopId: number,
  id: number,
  set: ConversationSet,
  when?: {
    readonly state?: ConversationRow['state']
    readonly isRunning?: boolean
    readonly isUnanswered?: true
  },
): Promise<ConversationRow | undefined> {
  const [changed] = await sql
    .update(conversations)
    .set({
      ...set,
      ...(set.name !== undefined && { foldedName: foldedBeside(set.name) }),
      revision: expression`${conversations.revision} + 1`,
    })
    .where(
      and(
        eq(conversations.shopId, shopId),
        eq(conversations.id, id),
        when?.state === undefined ? undefined : eq(conversations.state, when.state),
        when?.isUnanswered === true ? isNull(conversations.firstAnsweredAt) : undefined,
        when?.isRunning === true ? isNull(conversations.closedAt) : undefined,
        when?.isRunning === false ? isNotNull(conversations.closedAt) : undefined,
      ),
    )
    .returning()
  return changed
}

/** Marks as read up to a number, never back. Undefined: nothing changed. */
export async function markRead(
  { sql, t: { conversations, messages } }: Handle,
  shopId: number,
  id: number,
  read: { readonly readByTeam: number } | { readonly readByVisitor: number },
): Promise<ConversationRow | undefined> {
  const isTeams = 'readByTeam' in read
  const column = isTeams ? conversations.readByTeam : conversations.readByVisitor
  const most = isTeams ? conversations.lastNumber : conversations.lastShown
  const number = isTeams ? read.readByTeam : read.readByVisitor
  const [changed] = await sql
    .update(conversations)
    .set({
      ...read,
      revision: expression`${conversations.revision} + 1`,
    })
    .where(
      and(
        eq(conversations.shopId, shopId),
        eq(conversations.id, id),
        lt(column, number),
        expression`${most} >= ${number}`,
      ),
    )
    .returning()
  if (changed === undefined || !isTeams) return changed
  const left = sql
    .select({ unread: count() })
    .from(messages)
    .where(
      and(
        eq(messages.shopId, shopId),
        eq(messages.conversationId, id),
        eq(messages.author, 'visitor'),
        gt(messages.number, number),
      ),
    )
  // Apart, with the row held: so it counts what came while that was waited for, too.
  const [counted] = await sql
    .update(conversations)
    .set({ unread: expression`(${left})` })
    .where(and(eq(conversations.shopId, shopId), eq(conversations.id, id)))
    .returning()
  return counted
}

/** How many wait in the channel before it, itself included. */
export async function queuePosition(
  { sql, t: { conversations } }: Handle,
  { shopId, channelId, queuedAt, id }: ConversationRow,
): Promise<number> {
  const at = queuedAt ?? 0
  const [counted] = await sql
    .select({ before: count() })
    .from(conversations)
    .where(
      and(
        waitsIn(conversations, shopId, channelId),
        or(
          lt(conversations.queuedAt, at),
          and(eq(conversations.queuedAt, at), lt(conversations.id, id)),
        ),
      ),
    )
  return (counted?.before ?? 0) + 1
}

/** Who waits in a channel, the longest first. */
export async function listQueued(
  { sql, t: { conversations } }: Handle,
  shopId: number,
  channelId: number,
  limit: number,
): Promise<ConversationRow[]> {
  return sql
    .select()
    .from(conversations)
    .where(waitsIn(conversations, shopId, channelId))
    .orderBy(asc(conversations.queuedAt), asc(conversations.id))
    .limit(limit)
}

/** Of a row: it waits for somebody in that channel, now. */
function waitsIn(
  { shopId, channelId, state, isOffline, isSpam }: Handle['t']['conversations'],
  shop: number,
  channel: number,
) {
  return and(
    eq(shopId, shop),
    eq(channelId, channel),
    eq(state, 'queued'),
    eq(isOffline, false),
    eq(isSpam, false),
  )
}
