import {
  and,
  count,
  desc,
  eq,
  exists,
  inArray,
  isNotNull,
  isNull,
  lt,
  lte,
  or,
  sql as expression,
  type SQLWrapper,
} from 'drizzle-orm'
import type { CONVERSATION_VIEWS } from '#protocol/chat-conversations.ts'
import { folded, foldedBeside } from '../core/folded.ts'
import { createBreather } from '../db/breather.ts'
import { padded } from '../db/padded.ts'
import { seenBy, type ConversationRow, type Seer } from './conversation-store.ts'
import type { Handle } from './log-store.ts'
import { isOfCustomer } from './seen-by-visitor.ts'

export interface ConversationFilter {
  readonly view: (typeof CONVERSATION_VIEWS)[number]
  readonly search?: string | undefined
  readonly tag?: string | undefined
  readonly channelId?: number | undefined
  readonly operatorId?: number | undefined
  /** Theirs, and those of the customer that they have proven to be. */
  readonly visitorId?: number | undefined
  /** By the shop's clock: up to this day, what is to be followed up is due. */
  readonly today: string
  /** Whose `mine` is. */
  readonly memberId: number | undefined
  readonly before?: { readonly at: number; readonly id: number } | undefined
  readonly limit: number
}

/** So many are looked through at once; a power of two, as `padded` makes lists. */
const PIECE = 256

/** The newest first. */
export async function listConversations(
  handle: Handle,
  shopId: number,
  seer: Seer,
  filter: ConversationFilter,
): Promise<ConversationRow[]> {
  const { sql, t } = handle
  const { conversations } = t
  const { search } = filter
  return sql
    .select()
    .from(conversations)
    .where(
      search === undefined
        ? listed(handle, shopId, seer, filter)
        : among(handle, shopId, await idsSaying(handle, shopId, seer, { ...filter, search })),
    )
    .orderBy(desc(conversations.lastAt), desc(conversations.id))
    .limit(filter.limit)
}

/**
 * No index knows what stands in the middle of a text, so those that are listed are looked through from the newest on: by
 * pieces, for SQLite works on the event loop, and nobody is to wait for all of them.
 */
async function idsSaying(
  handle: Handle,
  shopId: number,
  seer: Seer,
  filter: ConversationFilter & { readonly search: string },
): Promise<number[]> {
  const { conversations } = handle.t
  const breather = createBreather(() => performance.now())
  breather.begin()
  const found: number[] = []
  let { before } = filter
  for (;;) {
    const piece = await handle.sql
      .select({ id: conversations.id, at: conversations.lastAt })
      .from(conversations)
      .where(listed(handle, shopId, seer, { ...filter, before }))
      .orderBy(desc(conversations.lastAt), desc(conversations.id))
      .limit(PIECE)
    const ids = piece.map(({ id }) => id)
    const sought = and(among(handle, shopId, ids), saying(handle, shopId, filter.search))
    // In no order: for one, SQLite would go through all conversations there are.
    const rows = await handle.sql.select({ id: conversations.id }).from(conversations).where(sought)
    const matching = new Set(rows.map(({ id }) => id))
    found.push(...ids.filter((id) => matching.has(id)))
    before = piece.at(-1)
    if (piece.length < PIECE || found.length >= filter.limit) return found.slice(0, filter.limit)
    await breather.breathe()
  }
}

function among({ t: { conversations } }: Handle, shopId: number, ids: readonly number[]) {
  // With a sign, for SQLite would go through all of the shop's by an index rather than by their numbers.
  const isShops = expression`+${conversations.shopId} = ${shopId}`
  return and(isShops, inArray(conversations.id, padded(ids)))
}

function listed(handle: Handle, shopId: number, seer: Seer, filter: ConversationFilter) {
  const { conversations } = handle.t
  const { before, tag, channelId, operatorId, visitorId } = filter
  return and(
    eq(conversations.shopId, shopId),
    seenBy(handle, shopId, seer),
    inView(handle, filter),
    channelId === undefined ? undefined : eq(conversations.channelId, channelId),
    operatorId === undefined ? undefined : eq(conversations.operatorId, operatorId),
    visitorId === undefined ? undefined : ofPerson(handle, shopId, visitorId),
    tag === undefined ? undefined : inArray(conversations.id, tagged(handle, shopId, tag)),
    before === undefined
      ? undefined
      : and(
          // Said apart, for by this alone an index is entered where it goes on.
          lte(conversations.lastAt, before.at),
          or(lt(conversations.lastAt, before.at), lt(conversations.id, before.id)),
        ),
  )
}

function inView({ t: { conversations } }: Handle, { view, memberId, today }: ConversationFilter) {
  const { closedAt, operatorId, state, isSpam, followUpOn } = conversations
  const noSpam = eq(isSpam, false)
  if (view === 'spam') return eq(isSpam, true)
  if (view === 'all') return noSpam
  if (view === 'closed') return and(noSpam, isNotNull(closedAt))
  if (view === 'follow_up') return and(noSpam, lte(followUpOn, today))
  if (view === 'unassigned') return and(noSpam, eq(state, 'queued'))
  // Of a key, nothing is its own.
  if (view === 'mine') return and(noSpam, isNull(closedAt), eq(operatorId, memberId ?? 0))
  return and(noSpam, isNull(closedAt))
}

/** Found by themselves first, for both databases have indexes for each of these ways and none for all of them with the order. */
function ofPerson(handle: Handle, shopId: number, visitorId: number) {
  const { sql, t } = handle
  const { conversations } = t
  const customerIds = customersOf(handle, shopId, visitorId)
  const theirs = sql
    .select({ id: conversations.id })
    .from(conversations)
    .where(or(eq(conversations.visitorId, visitorId), isOfCustomer(handle, shopId, customerIds)))
  return inArray(conversations.id, theirs)
}

/** The rows of the customer that a visitor has proven to be: itself, and those that have become it. */
function customersOf({ sql, t: { customers, visitors } }: Handle, shopId: number, id: number) {
  const itself = sql
    .select({ id: expression<number>`coalesce(${customers.mergedInto}, ${customers.id})`.as('id') })
    .from(visitors)
    .innerJoin(customers, and(eq(customers.shopId, shopId), eq(customers.id, visitors.customerId)))
    .where(
      and(eq(visitors.shopId, shopId), eq(visitors.id, id), eq(visitors.isCustomerProven, true)),
    )
  return sql
    .select({ id: customers.id })
    .from(customers)
    .where(
      and(
        eq(customers.shopId, shopId),
        or(inArray(customers.id, itself), inArray(customers.mergedInto, itself)),
      ),
    )
}

function tagged({ sql, t: { conversationTags } }: Handle, shopId: number, tag: string) {
  return sql
    .select({ id: conversationTags.conversationId })
    .from(conversationTags)
    .where(and(eq(conversationTags.shopId, shopId), eq(conversationTags.tag, tag.toLowerCase())))
}

/** Of conversations that are theirs to see; those used most first. */
export async function listUsedTags(
  handle: Handle,
  shopId: number,
  seer: Seer,
  limit: number,
): Promise<{ tag: string; conversations: number }[]> {
  const { sql, t } = handle
  const { conversations, conversationTags } = t
  return sql
    .select({ tag: conversationTags.tag, conversations: count() })
    .from(conversationTags)
    .innerJoin(
      conversations,
      and(
        eq(conversations.shopId, conversationTags.shopId),
        eq(conversations.id, conversationTags.conversationId),
      ),
    )
    .where(and(eq(conversationTags.shopId, shopId), seenBy(handle, shopId, seer)))
    .groupBy(conversationTags.tag)
    .orderBy(desc(count()), conversationTags.tag)
    .limit(limit)
}

/** In names, addresses and what was said; a text anywhere in them, whatever its accents and case. */
function saying({ sql, t: { conversations, messages } }: Handle, shopId: number, search: string) {
  const like = (column: SQLWrapper, sought: string) => {
    const pattern = `%${sought.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`
    return expression`lower(${column}) like ${pattern} escape '\\'`
  }
  const within = (column: SQLWrapper, beside: SQLWrapper) =>
    or(
      like(expression`coalesce(${beside}, ${column})`, folded(search)),
      // What was stored before texts were folded is found as it is written.
      foldedBeside(search) === null
        ? undefined
        : and(isNull(beside), like(column, search.toLowerCase())),
    )
  const said = sql
    .select({ number: messages.number })
    .from(messages)
    .where(
      and(
        eq(messages.shopId, shopId),
        eq(messages.conversationId, conversations.id),
        within(messages.text, messages.foldedText),
      ),
    )
  return or(
    within(conversations.name, conversations.foldedName),
    like(conversations.email, search.toLowerCase()),
    exists(said),
  )
}

/** The row that its events belong to; 0: nobody’s. */
export async function findVisitorRow(
  { sql, t: { visitors } }: Handle,
  shopId: number,
  publicId: Buffer,
): Promise<number> {
  const [found] = await sql
    .select({ id: visitors.id, joinedTo: visitors.joinedTo })
    .from(visitors)
    .where(and(eq(visitors.shopId, shopId), inArray(visitors.publicId, [publicId])))
  return found?.joinedTo ?? found?.id ?? 0
}
