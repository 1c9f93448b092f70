import type { AnyPgColumn } from 'drizzle-orm/pg-core'
import type { BotAnswers } from '#protocol/bot-script.ts'
import type { accountTables } from '../account/tables.ts'
import type { Kit } from '../db/columns.ts'
import type { ruleTables } from './rule-tables.ts'

type Others = Pick<ReturnType<typeof accountTables>, 'shops'> &
  Pick<ReturnType<typeof ruleTables>, 'chatbots'> & {
    readonly conversations: { readonly id: AnyPgColumn }
  }

/** Where a conversation with a bot stands. Who talks is the conversation's own state. */
export function botTables(k: Kit, { shops, chatbots, conversations }: Others) {
  const botTalks = k.table(
    'bot_talks',
    {
      shopId: k
        .long()
        .notNull()
        .references(() => shops.id, { onDelete: 'cascade' }),
      conversationId: k
        .long()
        .notNull()
        .references(() => conversations.id, { onDelete: 'cascade' }),
      chatbotId: k
        .long()
        .notNull()
        .references(() => chatbots.id, { onDelete: 'cascade' }),
      /** Of the script that it began with. */
      version: k.int().notNull(),
      /** The step that waits for an answer, or, to be tried, hands over; null: the script is over. */
      stepId: k.text(),
      /** Of this way through the script, by step. */
      answers: k.json<BotAnswers>().notNull(),
      /** Of all ways through it, by attribute. */
      attributes: k.json<Readonly<Record<string, string>>>().notNull(),
      /** BCP 47, best first: what the bot speaks. */
      languages: k.json<readonly string[]>().notNull(),
      /** An operator was wanted, and nobody was there. */
      missed: k.bool().notNull(),
      updatedAt: k.ms().notNull(),
    },
    (t) => [
      k.primaryKey({ columns: [t.shopId, t.conversationId] }),
      k.index('bot_talks_conversation').on(t.conversationId),
      k.index('bot_talks_chatbot').on(t.chatbotId),
    ],
  )
  return { botTalks }
}
