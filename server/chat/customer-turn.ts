import { eq, sql as text } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import type { Handle } from './log-store.ts'

/** A class of PostgreSQL's advisory locks; any number that no other class has. */
const TAKING_UP = 4_782

/**
 * Until the transaction ends, no other one begins or takes up a conversation of this customer's: both look first whether one
 * runs, and the second of two would come upon the unique index. SQLite has one writer anyhow.
 */
export async function holdCustomer(
  dialect: Database['raw']['dialect'],
  { sql, t: { shops } }: Handle,
  shopId: number,
  customerId: number,
): Promise<void> {
  if (dialect === 'sqlite') return
  await sql
    .select({ held: text`pg_advisory_xact_lock(${TAKING_UP}, ${customerId % 2 ** 31}::int)::text` })
    .from(shops)
    .where(eq(shops.id, shopId))
}
