import { and, eq, gt, lt, or, sql as expression, type SQL } from 'drizzle-orm'
import type { Handle } from './log-store.ts'

interface Code {
  readonly tokenHash: Buffer
  readonly email: string
  readonly codeHash: Buffer
  readonly expiresAt: number
}

/** One more of that day. False: there were `limit` already. */
export async function countRequest(
  { sql, t: { chatCodeRequests: requests } }: Handle,
  shopId: number,
  asked: { readonly subjectHash: Buffer; readonly dayOn: string; readonly limit: number },
): Promise<boolean> {
  const { limit, ...subject } = asked
  const counted = await sql
    .insert(requests)
    .values({ ...subject, shopId, count: 1 })
    .onConflictDoUpdate({
      target: [requests.shopId, requests.subjectHash, requests.dayOn],
      set: { count: expression`${requests.count} + 1` },
      setWhere: lt(requests.count, limit),
    })
    .returning({ count: requests.count })
  return counted.length > 0
}

/** In place of the one before. */
export async function replaceCode(
  { sql, t: { chatCodes: codes } }: Handle,
  shopId: number,
  { tokenHash, ...code }: Code,
): Promise<void> {
  const set = { ...code, attempts: 0 }
  await sql
    .insert(codes)
    .values({ ...set, tokenHash, shopId })
    .onConflictDoUpdate({ target: [codes.shopId, codes.tokenHash], set })
}

/**
 * Takes one of the attempts at a code; the row is held until the transaction ends, so that tries at the same time count
 * one after the other. Undefined: there is none, it has expired, or it was tried too often.
 */
export async function takeAttempt(
  { sql, t: { chatCodes: codes } }: Handle,
  shopId: number,
  tried: {
    readonly tokenHash: Buffer
    readonly email: string
    readonly now: number
    readonly limit: number
  },
): Promise<Buffer | undefined> {
  const { tokenHash, email, now, limit } = tried
  const [found] = await sql
    .update(codes)
    .set({ attempts: expression`${codes.attempts} + 1` })
    .where(
      and(
        eq(codes.shopId, shopId),
        eq(codes.tokenHash, tokenHash),
        eq(codes.email, email),
        gt(codes.expiresAt, now),
        lt(codes.attempts, limit),
      ),
    )
    .returning({ codeHash: codes.codeHash })
  return found?.codeHash
}

export async function deleteCode(
  { sql, t: { chatCodes: codes } }: Handle,
  shopId: number,
  tokenHash: Buffer,
): Promise<void> {
  await sql.delete(codes).where(and(eq(codes.shopId, shopId), eq(codes.tokenHash, tokenHash)))
}

export async function insertProvenAddress(
  { sql, t: { chatProvenAddresses: proven } }: Handle,
  shopId: number,
  address: { readonly tokenHash: Buffer; readonly email: string; readonly expiresAt: number },
): Promise<void> {
  const { expiresAt } = address
  await sql
    .insert(proven)
    .values({ ...address, shopId })
    .onConflictDoUpdate({
      target: [proven.shopId, proven.tokenHash, proven.email],
      set: { expiresAt },
    })
}

/** Of all shops, what counts no more. */
export async function deleteExpired(
  { sql, t: { chatCodes, chatCodeRequests, chatProvenAddresses } }: Handle,
  { now, today }: { readonly now: number; readonly today: string },
): Promise<void> {
  await sql.delete(chatCodes).where(lt(chatCodes.expiresAt, now))
  await sql.delete(chatProvenAddresses).where(lt(chatProvenAddresses.expiresAt, now))
  await sql.delete(chatCodeRequests).where(lt(chatCodeRequests.dayOn, today))
}

/** What was proven by who said this, or of the addresses that they typed: they are erased. */
export async function forgetAddresses(
  { sql, t }: Handle,
  shopId: number,
  isTheirs: SQL,
): Promise<void> {
  const { conversations, conversationTokens: tokens, chatCodes, chatProvenAddresses } = t
  const theirs = and(eq(conversations.shopId, shopId), isTheirs)
  const emails = sql.select({ email: conversations.email }).from(conversations).where(theirs)
  const held = sql
    .select({ tokenHash: tokens.tokenHash })
    .from(tokens)
    .innerJoin(conversations, eq(conversations.id, tokens.conversationId))
    .where(and(eq(tokens.shopId, shopId), theirs))
  for (const table of [chatCodes, chatProvenAddresses]) {
    await sql
      .delete(table)
      .where(
        and(
          eq(table.shopId, shopId),
          or(expression`${table.email} in ${emails}`, expression`${table.tokenHash} in ${held}`),
        ),
      )
  }
}
