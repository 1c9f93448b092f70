import type { Begin } from '#protocol/chat.ts'
import type { ChannelRow } from './channel-store.ts'
import { findVersion, type VersionRow } from './chatbot-store.ts'
import type { Handle } from './log-store.ts'
import { mayTalk } from './match-rules.ts'
import { readyRows } from './ready-rules.ts'
import { listRules } from './rule-store.ts'

interface Shown {
  readonly channel: ChannelRow
  readonly bot: NonNullable<Begin['bot']>
  /** The visitor's; undefined: unknown. */
  readonly country: string | undefined
  readonly at: number
}

/** A window may be open as long as that before somebody answers. */
const SHOWN_MS = 24 * 60 * 60 * 1_000

/**
 * The script that a visitor says they were shown; undefined: they cannot have been, and an operator answers. Of what its rule
 * asks only the page is theirs to say, and is not asked: a window that is open stays so on the next route.
 */
export async function findShown(
  handle: Handle,
  { channel: { shopId, id: channelId }, bot, country, at }: Shown,
): Promise<VersionRow | undefined> {
  const publicId = Buffer.from(bot.id, 'base64url')
  const rules = readyRows(await listRules(handle, shopId, channelId))
  if (!mayTalk(rules, { chatbotId: publicId.toString('base64url'), country })) return undefined
  const since = at - SHOWN_MS
  return findVersion(handle, shopId, { publicId, version: bot.version, channelId, since })
}
