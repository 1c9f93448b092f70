import { and, eq, isNull, sql as text } from 'drizzle-orm'
import { keptFor } from '../db/kept-query.ts'
import type { Handle } from './log-store.ts'

export type ChannelRow = NonNullable<Awaited<ReturnType<typeof findChannel>>>

/** One that is not archived. */
export async function findChannel(
  { sql, t: { channels } }: Handle,
  shopId: number,
  publicId: Buffer,
) {
  const [found] = await sql
    .select()
    .from(channels)
    .where(
      and(
        eq(channels.shopId, shopId),
        eq(channels.publicId, publicId),
        isNull(channels.archivedAt),
      ),
    )
  return found
}

/** Whose channel it is, by its 16 random bytes alone: the address of a chat's own page says no more. */
export async function findShopOfChannel(
  { sql, t: { channels } }: Handle,
  publicId: Buffer,
): Promise<number | undefined> {
  const [found] = await sql
    .select({ shopId: channels.shopId })
    .from(channels)
    .where(and(eq(channels.publicId, publicId), isNull(channels.archivedAt)))
  return found?.shopId
}

export async function findChannelRow(
  handle: Handle,
  shopId: number,
  id: number,
): Promise<ChannelRow | undefined> {
  const [found] = await rowQuery(handle).execute({ shopId, id })
  return found
}

const rowQuery = keptFor(({ sql, t: { channels } }: Handle) =>
  sql
    .select()
    .from(channels)
    .where(
      and(eq(channels.shopId, text.placeholder('shopId')), eq(channels.id, text.placeholder('id'))),
    )
    .prepare('chat_channel'),
)

/** What the shop's pages use while chat is on. */
export async function findSelected(
  { sql, t: { channels, chatSettings } }: Handle,
  shopId: number,
): Promise<ChannelRow | undefined> {
  const [found] = await sql
    .select({ channel: channels })
    .from(chatSettings)
    .innerJoin(channels, eq(channels.id, chatSettings.channelId))
    .where(
      and(
        eq(chatSettings.shopId, shopId),
        eq(chatSettings.isOn, true),
        isNull(channels.archivedAt),
      ),
    )
  return found?.channel
}

export async function isChatOn(
  { sql, t: { chatSettings } }: Handle,
  shopId: number,
): Promise<boolean> {
  const [found] = await sql
    .select({ isOn: chatSettings.isOn })
    .from(chatSettings)
    .where(eq(chatSettings.shopId, shopId))
  return found?.isOn ?? false
}

export async function hasAvatar(
  { sql, t: { channelAvatars } }: Handle,
  shopId: number,
  channelId: number,
): Promise<boolean> {
  const [found] = await sql
    .select({ channelId: channelAvatars.channelId })
    .from(channelAvatars)
    .where(and(eq(channelAvatars.shopId, shopId), eq(channelAvatars.channelId, channelId)))
  return found !== undefined
}

export async function isChannelTakingFiles(
  handle: Handle,
  shopId: number,
  channelId: number,
): Promise<boolean> {
  return (await findChannelRow(handle, shopId, channelId))?.options.takesFiles ?? false
}
