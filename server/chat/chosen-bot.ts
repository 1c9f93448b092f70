import { and, asc, eq, isNull, ne } from 'drizzle-orm'
import type { Shop } from '../core/guards.ts'
import type { ChannelRow } from './channel-store.ts'
import type { ChatbotRow } from './chatbot-store.ts'
import type { Handle } from './log-store.ts'

export interface AskingForBot {
  /** Where the visitor is, as far as they may be asked. */
  readonly pageUrl: string | undefined
  /** ISO 3166. */
  readonly country: string | undefined
  readonly isAnyoneThere: boolean
}

/** The bot that talks on a page of a channel: of the first rule that holds everywhere and whose bot may run now. */
export async function chosenBot(
  { sql, t: { chatRules, chatbots } }: Handle,
  shop: Pick<Shop, 'id'>,
  channel: Pick<ChannelRow, 'id'>,
  { isAnyoneThere }: AskingForBot,
): Promise<ChatbotRow | undefined> {
  const rules = await sql
    .select({
      condition: chatRules.botCondition,
      countries: chatRules.countries,
      chatbot: chatbots,
    })
    .from(chatRules)
    .innerJoin(chatbots, and(eq(chatbots.shopId, shop.id), eq(chatbots.id, chatRules.chatbotId)))
    .where(
      and(
        eq(chatRules.shopId, shop.id),
        eq(chatRules.channelId, channel.id),
        ne(chatRules.action, 'hide'),
        eq(chatRules.pagePattern, ''),
        isNull(chatbots.archivedAt),
      ),
    )
    .orderBy(asc(chatRules.position))
  const wanted = isAnyoneThere ? 'somebody_available' : 'nobody_available'
  return rules.find(
    ({ condition, countries }) =>
      countries.length === 0 && (condition === 'always' || condition === wanted),
  )?.chatbot
}
