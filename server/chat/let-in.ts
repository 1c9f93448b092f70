import { randomBytes } from 'node:crypto'
import { and, eq, sql as expression } from 'drizzle-orm'
import { sha256 } from '../core/tokens.ts'
import type { Database } from '../db/database.ts'
import {
  findConversation,
  holdConversation,
  updateConversation,
  type ConversationRow,
} from './conversation-store.ts'
import { holdCustomer } from './customer-turn.ts'
import type { Handle } from './log-store.ts'
import type { Doing } from './say.ts'
import { findProvenCustomer, takeUpRunning } from './take-up.ts'
import { deleteUnprovenTokens, insertProvenToken, isTokenProven } from './token-store.ts'
import { proofOf, type Shown } from './visitor-seer.ts'

type Dialect = Database['raw']['dialect']
type Shower = Omit<Shown, 'now' | 'token'> & { readonly token: string }

/** The customer whose conversation it is, if whoever asks has proven to be them, and their token is not let in yet. */
export async function findNewcomer(
  handle: Handle,
  { token, visitor }: Shower,
  { shopId, id: conversationId, publicId }: ConversationRow,
): Promise<number | null> {
  if (visitor === null) return null
  const tokenHash = sha256(token)
  if (await isTokenProven(handle, shopId, { conversationId, tokenHash })) return null
  const proof = proofOf(visitor)
  const customerId = await findProvenCustomer(handle, shopId, proof)
  if (customerId === null) return null
  const byProof = { tokenHash: undefined, visitor: proof, now: 0, reach: 'write' } as const
  const theirs = await findConversation(handle, shopId, publicId, byProof)
  return theirs === undefined ? null : customerId
}

/** A customer takes up what is theirs: by name, if none of theirs runs, and by this browser's token from now on. */
export async function takeUp(
  dialect: Dialect,
  doing: Doing,
  { token, visitor }: Shower,
  row: ConversationRow,
): Promise<void> {
  const customerId = await findNewcomer(doing, { token, visitor }, row)
  if (customerId === null || visitor === null) return
  const { shopId, channelId, id: conversationId } = row
  await holdCustomer(dialect, doing, shopId, customerId)
  const of = { channelId, customerId, visitor: proofOf(visitor), conversationId }
  if (row.customerId === null) await takeUpRunning(doing, shopId, of)
  await letIn(doing, conversationId, { tokenHash: sha256(token), customerId })
}

/**
 * From now on the token opens the conversation, for a customer showed it together with who they are; and no token does
 * that nobody showed so. For whoever began it may be somebody else, who put the visitor they were into this browser: then
 * the address that they left is not the customer's either.
 */
export async function letIn(
  doing: Doing,
  conversationId: number,
  { tokenHash, customerId }: { readonly tokenHash: Buffer; readonly customerId: number },
): Promise<void> {
  const { shopId, at: createdAt } = doing
  const held = await holdConversation(doing, shopId, conversationId)
  if (held === undefined) return
  await insertProvenToken(doing, shopId, { conversationId, tokenHash, createdAt })
  const dropped = await deleteUnprovenTokens(doing, shopId, conversationId)
  if (dropped.length === 0) return
  const isBegunElsewhere = dropped.some((hash) => hash.equals(held.begunBy))
  await updateConversation(doing, shopId, conversationId, {
    era: held.era + 1,
    ...(isBegunElsewhere && {
      begunBy: randomBytes(32),
      email: await findAddress(doing, shopId, customerId),
    }),
  })
  doing.touch(conversationId, { formerEra: held.era })
}

async function findAddress(
  { sql, t: { customers } }: Handle,
  shopId: number,
  id: number,
): Promise<string | null> {
  const [found] = await sql
    .select({ email: expression<string | null>`lower(${customers.email})` })
    .from(customers)
    .where(and(eq(customers.shopId, shopId), eq(customers.id, id)))
  return found?.email ?? null
}
