import type { ChannelOptions } from '#protocol/chat-channels.ts'
import type { accountTables } from '../account/tables.ts'
import type { memberTables } from '../account/member-tables.ts'
import type { Kit } from '../db/columns.ts'

type Others = Pick<ReturnType<typeof accountTables>, 'shops'> &
  Pick<ReturnType<typeof memberTables>, 'members' | 'accountLinks'>

/** Where chats come in, and who answers there. */
export function channelTables(k: Kit, { shops, members, accountLinks }: Others) {
  const shopId = () =>
    k
      .long()
      .notNull()
      .references(() => shops.id, { onDelete: 'cascade' })
  const memberId = () =>
    k
      .long()
      .notNull()
      .references(() => members.id, { onDelete: 'cascade' })

  const channels = k.table(
    'channels',
    {
      id: k.serial().primaryKey(),
      shopId: shopId(),
      /** 16 random bytes. */
      publicId: k.bytes().notNull(),
      name: k.text().notNull(),
      options: k.json<ChannelOptions>().notNull(),
      /** Grows with each change of it. */
      version: k.int().notNull().default(1),
      archivedAt: k.ms(),
      createdAt: k.ms().notNull(),
      updatedAt: k.ms().notNull(),
    },
    (t) => [
      k.uniqueIndex('channels_public_id').on(t.shopId, t.publicId),
      // The address of a chat's own page says no shop.
      k.index('channels_address').on(t.publicId),
    ],
  )

  const channelId = () =>
    k
      .long()
      .notNull()
      .references(() => channels.id, { onDelete: 'cascade' })

  /** No row: the shop has never had chat on. */
  const chatSettings = k.table('chat_settings', {
    shopId: k
      .long()
      .primaryKey()
      .references(() => shops.id, { onDelete: 'cascade' }),
    isOn: k.bool().notNull(),
    /** What the shop's pages use, unless they say otherwise. */
    channelId: k.long().references(() => channels.id, { onDelete: 'set null' }),
    /** Counted up by whoever routes: one after the other, so that nobody gets more chats than they may. */
    routings: k.long().notNull().default(0),
  })

  const channelAvatars = k.table('channel_avatars', {
    channelId: k
      .long()
      .primaryKey()
      .references(() => channels.id, { onDelete: 'cascade' }),
    shopId: shopId(),
    type: k.oneOf(['image/png', 'image/jpeg', 'image/webp']).notNull(),
    content: k.bytes().notNull(),
    changedAt: k.ms().notNull(),
  })

  /** Who may answer there. */
  const channelOperators = k.table(
    'channel_operators',
    {
      shopId: shopId(),
      channelId: channelId(),
      memberId: memberId(),
      /** They took their seat then, and get chats; null: they left it. */
      seatedAt: k.ms(),
      /** They left it by being away for too long: coming back, they take it again where the channel says so. */
      wasIdle: k.bool().notNull().default(false),
      createdAt: k.ms().notNull(),
    },
    (t) => [
      k.primaryKey({ columns: [t.shopId, t.channelId, t.memberId] }),
      k.index('channel_operators_channel').on(t.channelId),
      k.index('channel_operators_member').on(t.memberId, t.shopId),
    ],
  )

  /** Who becomes an operator by accepting an invitation into the shop, with which this ends. */
  const channelInvitations = k.table(
    'channel_invitations',
    {
      shopId: shopId(),
      channelId: channelId(),
      linkId: k
        .long()
        .notNull()
        .references(() => accountLinks.id, { onDelete: 'cascade' }),
      createdAt: k.ms().notNull(),
    },
    (t) => [
      k.primaryKey({ columns: [t.shopId, t.channelId, t.linkId] }),
      k.index('channel_invitations_channel').on(t.channelId),
      k.index('channel_invitations_link').on(t.linkId),
    ],
  )

  const operatorPresences = k.table(
    'operator_presences',
    {
      shopId: shopId(),
      memberId: memberId(),
      /** As they set it. */
      presence: k.oneOf(['online', 'away']).notNull(),
      /** Their last input or message. */
      activeAt: k.ms().notNull(),
      /** At most so many chats at once; null: as each channel says. */
      maxChats: k.int(),
    },
    (t) => [
      k.primaryKey({ columns: [t.shopId, t.memberId] }),
      k.index('operator_presences_member').on(t.memberId),
      k.index('operator_presences_active').on(t.shopId, t.activeAt),
    ],
  )

  const cannedReplies = k.table(
    'canned_replies',
    {
      id: k.serial().primaryKey(),
      shopId: shopId(),
      publicId: k.bytes().notNull(),
      /** Null: of all channels. */
      channelId: k.long().references(() => channels.id, { onDelete: 'cascade' }),
      /** In lower case, and once in a shop: what is typed means one reply everywhere. */
      shortcut: k.text().notNull(),
      text: k.text().notNull(),
      createdAt: k.ms().notNull(),
      updatedAt: k.ms().notNull(),
    },
    (t) => [
      k.uniqueIndex('canned_replies_public_id').on(t.shopId, t.publicId),
      k.uniqueIndex('canned_replies_shortcut').on(t.shopId, t.shortcut),
      k.index('canned_replies_channel').on(t.channelId),
    ],
  )

  return {
    channels,
    chatSettings,
    channelAvatars,
    channelOperators,
    channelInvitations,
    operatorPresences,
    cannedReplies,
  }
}
