import type { Channel } from '#protocol/chat-channels.ts'
import type { BotCondition } from '#protocol/chat-rules.ts'
import type { Chatbot } from '#protocol/chatbots.ts'
import type { Database } from '#server/db/database.ts'
import { rowsOf } from './databases.ts'

/** A channel's first rule: the bot talks on every page. */
export async function ruleWithBot(
  db: Database,
  of: {
    readonly channel: Pick<Channel, 'id'>
    readonly bot: Pick<Chatbot, 'id'>
    readonly condition?: BotCondition
  },
): Promise<void> {
  const { channel, bot, condition = 'always' } = of
  const rowOf = async (table: 'channels' | 'chatbots', id: string) => {
    const [row] = await rowsOf<{ id: number; shop: number }>(
      db,
      `SELECT id, shop_id AS shop FROM ${table} WHERE public_id = $1`,
      [Buffer.from(id, 'base64url')],
    )
    if (row === undefined) throw new Error(`There is no such row of ${table}`)
    return row
  }
  const { id: channelRow, shop } = await rowOf('channels', channel.id)
  const { id: botRow } = await rowOf('chatbots', bot.id)
  await rowsOf(
    db,
    `INSERT INTO chat_rules (shop_id, channel_id, position, action, page_pattern, countries,
       chatbot_id, bot_condition, after_seconds, texts)
     VALUES ($1, $2, 0, 'show', '', '[]', $3, $4, 10, '{}')`,
    [shop, channelRow, botRow, condition],
  )
}
