import { randomBytes } from 'node:crypto'
import type { Begin } from '#protocol/chat.ts'
import { Refusal } from '../core/errors.ts'
import type { Shop } from '../core/guards.ts'
import { sha256 } from '../core/tokens.ts'
import type { Database } from '../db/database.ts'
import type { ChannelRow } from './channel-store.ts'
import type { VersionRow } from './chatbot-store.ts'
import {
  findRunning,
  holdConversation,
  insertConversation,
  type Beginner,
  type ConversationRow,
} from './conversation-store.ts'
import { holdCustomer } from './customer-turn.ts'
import { letIn } from './let-in.ts'
import { isBlocked } from './parts-store.ts'
import type { Doing } from './say.ts'
import { findProvenCustomer, takeUpRunning } from './take-up.ts'
import { insertProvenToken, insertToken } from './token-store.ts'
import { blocked } from './visitor-access.ts'
import { proofOf } from './visitor-seer.ts'
import { findProvenVisitor } from './visitor-store.ts'

export interface From {
  readonly shop: Shop
  /** ISO 3166. */
  readonly country: string | undefined
}

export interface Opening {
  readonly channel: ChannelRow
  readonly beginning: Omit<Begin, 'key' | 'message' | 'bot'>
  readonly from: From
  /** Of the bot that talks first. */
  readonly version: VersionRow | undefined
}

/** The row that all of this token's, or this visitor's, beginnings come to. */
export async function runningOf(
  dialect: Database['raw']['dialect'],
  doing: Doing,
  { channel, beginning, from, version }: Opening,
): Promise<{ readonly row: ConversationRow; readonly isNew: boolean }> {
  const { shopId, at } = doing
  const tokenHash = sha256(beginning.token)
  const proof = beginning.visitor === null ? undefined : proofOf(beginning.visitor)
  const proven = proof && (await findProvenVisitor(doing, shopId, proof))
  const visitorId = proven === undefined ? null : (proven.joinedTo ?? proven.id)
  const customerId = proof ? await findProvenCustomer(doing, shopId, proof) : null
  const by = { tokenHash, visitorId, customerId }
  if (await isBlocked(doing, shopId, by)) throw blocked()
  if (proof && customerId !== null) {
    await holdCustomer(dialect, doing, shopId, customerId)
    await takeUpRunning(doing, shopId, { channelId: channel.id, customerId, visitor: proof })
  }
  const made = await insertConversation(doing, {
    shopId,
    publicId: randomBytes(16),
    channelId: channel.id,
    begunBy: tokenHash,
    visitorId,
    customerId,
    state: version === undefined ? 'queued' : 'bot',
    ...knownOf(beginning, from),
    queuedAt: version === undefined ? at : null,
    lastAt: at,
    createdAt: at,
  })
  const row = made ?? (await holdRunning(doing, channel.id, by))
  // Closed, or withdrawn from them, between the two: whoever sends it again begins another.
  if (row === undefined) throw new Refusal('unavailable', 'Send it again')
  // From another device of a customer's whom the shop blocked.
  if (row.isBlocked) throw blocked()
  const token = { conversationId: row.id, tokenHash, createdAt: at }
  const isTheirs = row.customerId === customerId || row.visitorId === visitorId
  if (customerId === null || !isTheirs) {
    await insertToken(doing, shopId, { ...token, isProven: false })
  } else if (made === undefined) {
    await letIn(doing, row.id, { tokenHash, customerId })
  } else {
    await insertProvenToken(doing, shopId, token)
  }
  return { row, isNew: made !== undefined }
}

/** Held, so that nobody is let in by what has just been withdrawn. */
async function holdRunning(
  doing: Doing,
  channelId: number,
  by: Beginner,
): Promise<ConversationRow | undefined> {
  const running = await findRunning(doing, doing.shopId, channelId, by)
  const held = running && (await holdConversation(doing, doing.shopId, running.id))
  if (held === undefined || held.closedAt !== null) return undefined
  const { tokenHash, visitorId, customerId } = by
  const isSame =
    held.begunBy.equals(tokenHash) ||
    (visitorId !== null && held.visitorId === visitorId) ||
    (customerId !== null && held.customerId === customerId)
  return isSame ? held : undefined
}

/** What somebody says of themselves as they begin. */
function knownOf(
  { languages, page, fields }: Pick<Opening['beginning'], 'languages' | 'page' | 'fields'>,
  { country }: From,
) {
  const text = (name: string) => {
    const value = fields[name]
    return typeof value === 'string' && value.trim() !== '' ? value.trim() : null
  }
  const { email: _, name: __, ...rest } = fields
  return {
    name: text('name'),
    // In lower case, as one that was proven is.
    email: text('email')?.toLowerCase() ?? null,
    language: languages[0] ?? null,
    country: country ?? null,
    pageUrl: null,
    pageTitle: null,
    ...pageOf({ page }),
    fields: rest,
  }
}

/** Where somebody writes, as far as their page says so. */
export function pageOf({ page }: { readonly page?: Opening['beginning']['page'] | undefined }) {
  return page === undefined ? {} : { pageUrl: page.url, pageTitle: page.title }
}
