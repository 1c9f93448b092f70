import { eq, sql as text } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import type { ConversationRow } from './conversation-store.ts'
import type { Handle } from './log-store.ts'

/** A class of PostgreSQL's advisory locks; any number that no other class has. */
const UPLOADS = 4_781

/**
 * Until the transaction ends, no other process keeps a file of whoever began this conversation: whoever counts theirs
 * counts all. Advisory, because there may be no row that stands for them; SQLite has one writer anyhow.
 */
export async function holdUploads(
  dialect: Database['raw']['dialect'],
  { sql, t: { shops } }: Handle,
  { shopId, begunBy, visitorId }: Pick<ConversationRow, 'shopId' | 'begunBy' | 'visitorId'>,
): Promise<void> {
  if (dialect === 'sqlite') return
  const keys = [begunBy.readInt32BE(0), ...(visitorId === null ? [] : [visitorId % 2 ** 31])]
  // In their order, so that no two wait for each other.
  for (const key of [...new Set(keys)].toSorted((a, b) => a - b)) {
    await sql
      .select({ held: text`pg_advisory_xact_lock(${UPLOADS}, ${key}::int)::text` })
      .from(shops)
      .where(eq(shops.id, shopId))
  }
}
