import { and, eq } from 'drizzle-orm'
import type { Handle } from './log-store.ts'

interface Token {
  readonly conversationId: number
  readonly tokenHash: Buffer
  readonly createdAt: number
}

/** From now on it opens the conversation. */
export async function insertToken(
  { sql, t: { conversationTokens } }: Handle,
  shopId: number,
  token: Token & { readonly isProven: boolean },
): Promise<void> {
  await sql
    .insert(conversationTokens)
    .values({ ...token, shopId })
    .onConflictDoNothing()
}

/** The same, shown by the customer whose conversation it is; also where it opened it before. */
export async function insertProvenToken(
  { sql, t: { conversationTokens: tokens } }: Handle,
  shopId: number,
  token: Token,
): Promise<void> {
  await sql
    .insert(tokens)
    .values({ ...token, shopId, isProven: true })
    .onConflictDoUpdate({
      target: [tokens.shopId, tokens.conversationId, tokens.tokenHash],
      set: { isProven: true },
    })
}

export async function isTokenProven(
  { sql, t: { conversationTokens: tokens } }: Handle,
  shopId: number,
  { conversationId, tokenHash }: Pick<Token, 'conversationId' | 'tokenHash'>,
): Promise<boolean> {
  const [found] = await sql
    .select({ isProven: tokens.isProven })
    .from(tokens)
    .where(
      and(
        eq(tokens.shopId, shopId),
        eq(tokens.conversationId, conversationId),
        eq(tokens.tokenHash, tokenHash),
      ),
    )
  return found?.isProven === true
}

/** The hashes of those that nobody has shown with a proof; they open it no more. */
export async function deleteUnprovenTokens(
  { sql, t: { conversationTokens: tokens } }: Handle,
  shopId: number,
  conversationId: number,
): Promise<Buffer[]> {
  const deleted = await sql
    .delete(tokens)
    .where(
      and(
        eq(tokens.shopId, shopId),
        eq(tokens.conversationId, conversationId),
        eq(tokens.isProven, false),
      ),
    )
    .returning({ tokenHash: tokens.tokenHash })
  return deleted.map(({ tokenHash }) => tokenHash)
}
