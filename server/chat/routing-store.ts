import { eq, sql as expression } from 'drizzle-orm'
import type { Handle } from './log-store.ts'

/** One routes after the other in a shop, so that who counts chats counts all. Until the transaction ends. */
export async function lockRouting(
  { sql, t: { chatSettings } }: Handle,
  shopId: number,
): Promise<void> {
  await sql
    .update(chatSettings)
    .set({ routings: expression`${chatSettings.routings} + 1` })
    .where(eq(chatSettings.shopId, shopId))
}
