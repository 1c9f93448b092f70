import type { ChatbotStep } from '#protocol/chatbots.ts'
import { BOT_CONDITIONS, RULE_ACTIONS } from '#protocol/chat-rules.ts'
import type { accountTables } from '../account/tables.ts'
import type { Kit } from '../db/columns.ts'
import type { channelTables } from './channel-tables.ts'

type Others = Pick<ReturnType<typeof accountTables>, 'shops'> &
  Pick<ReturnType<typeof channelTables>, 'channels'>

/** What a channel does on which page, and the scripts that answer there. */
export function ruleTables(k: Kit, { shops, channels }: Others) {
  const shopId = () =>
    k
      .long()
      .notNull()
      .references(() => shops.id, { onDelete: 'cascade' })

  const chatbots = k.table(
    'chatbots',
    {
      id: k.serial().primaryKey(),
      shopId: shopId(),
      /** 16 random bytes. */
      publicId: k.bytes().notNull(),
      name: k.text().notNull(),
      /** In the order in which they are said. */
      steps: k.json<readonly ChatbotStep[]>().notNull(),
      /** Grows with each change of it. */
      version: k.int().notNull().default(1),
      archivedAt: k.ms(),
      createdAt: k.ms().notNull(),
      updatedAt: k.ms().notNull(),
    },
    (t) => [k.uniqueIndex('chatbots_public_id').on(t.shopId, t.publicId)],
  )

  /** Every version of a script: a conversation goes on with the one that it began with. */
  const chatbotVersions = k.table(
    'chatbot_versions',
    {
      shopId: shopId(),
      chatbotId: k
        .long()
        .notNull()
        .references(() => chatbots.id, { onDelete: 'cascade' }),
      version: k.int().notNull(),
      name: k.text().notNull(),
      steps: k.json<readonly ChatbotStep[]>().notNull(),
      createdAt: k.ms().notNull(),
    },
    (t) => [
      k.primaryKey({ columns: [t.shopId, t.chatbotId, t.version] }),
      k.index('chatbot_versions_chatbot').on(t.chatbotId),
    ],
  )

  /** A channel's list is written whole, with the channel's next version. */
  const chatRules = k.table(
    'chat_rules',
    {
      shopId: shopId(),
      channelId: k
        .long()
        .notNull()
        .references(() => channels.id, { onDelete: 'cascade' }),
      /** From 0. */
      position: k.int().notNull(),
      action: k.oneOf(RULE_ACTIONS).notNull(),
      pagePattern: k.text().notNull(),
      countries: k.json<readonly string[]>().notNull(),
      chatbotId: k.long().references(() => chatbots.id, { onDelete: 'set null' }),
      botCondition: k.oneOf(BOT_CONDITIONS).notNull(),
      afterSeconds: k.int().notNull(),
      /** By language. */
      texts: k.json<Readonly<Record<string, string>>>().notNull(),
    },
    (t) => [
      k.primaryKey({ columns: [t.shopId, t.channelId, t.position] }),
      k.index('chat_rules_channel').on(t.channelId),
      k.index('chat_rules_chatbot').on(t.chatbotId),
    ],
  )

  return { chatbots, chatbotVersions, chatRules }
}
