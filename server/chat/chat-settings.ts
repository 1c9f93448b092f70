import type { ChatSettings, ChatSettingsDraft } from '#protocol/chat-channels.ts'
import { changesOf, recordChange } from '../audit/service.ts'
import type { Actor } from '../core/actor.ts'
import { Refusal } from '../core/errors.ts'
import * as store from './managed-channel-store.ts'
import { addChannel, requireChannel, type ChannelsDeps } from './channels.ts'
import { isDemoChannel } from './demo-channel.ts'

/** Whether a shop has chat, and which channel its pages use. */
export interface ChatSwitch {
  readonly read: (shopId: number) => Promise<ChatSettings>
  /** Turned on with no channel to use, it gets one: once, however often it is asked. */
  readonly change: (shopId: number, draft: ChatSettingsDraft, by: Actor) => Promise<ChatSettings>
}

const FIRST_NAME = 'Chat'

export function createChatSwitch({ db, now }: ChannelsDeps): ChatSwitch {
  async function chosen(
    handle: store.Handle,
    shopId: number,
    { draft, before, by }: { draft: ChatSettingsDraft; before: store.SettingsRow; by: Actor },
  ): Promise<number | null> {
    if (draft.channelId !== null) {
      const { id, archivedAt } = await requireChannel(handle, shopId, draft.channelId)
      if (archivedAt === null) return id
      throw new Refusal('conflict', 'That channel is archived: restore it, or choose another')
    }
    if (!draft.isOn) return before.channelId
    const open = await store.listChannels(handle, shopId, false)
    // The demo shop's becomes the shop's own only where somebody chooses it.
    const own = open.filter((channel) => !isDemoChannel(channel))
    // Archived while chat was off, it is no choice any more.
    const kept = open.find(({ id }) => id === before.channelId) ?? own[0]
    if (kept !== undefined) return kept.id
    return (await addChannel(handle, shopId, { name: FIRST_NAME, by, at: now() })).id
  }

  return {
    read: async (shopId) => told(db, shopId, await store.findSettings(db, shopId)),

    change: (shopId, draft, by) =>
      db.transaction(async (sql) => {
        const handle = { sql, t: db.t }
        const before = await store.holdSettings(handle, shopId)
        const channelId = await chosen(handle, shopId, { draft, before, by })
        const after = { isOn: draft.isOn, channelId }
        await store.updateSettings(handle, shopId, after)
        const shown = await told(handle, shopId, after)
        await recordChange(handle, shopId, {
          ...changesOf({ ...(await told(handle, shopId, before)) }, { ...shown }, TOLD),
          by,
          action: 'chat_settings.changed',
          at: now(),
          object: { kind: 'chat_settings', id: '' },
        })
        return shown
      }),
  }
}

const TOLD = ['isOn', 'channelId']

async function told(
  handle: store.Handle,
  shopId: number,
  settings: store.SettingsRow | undefined,
): Promise<ChatSettings> {
  const { isOn = false, channelId = null } = settings ?? {}
  if (channelId === null) return { isOn, channelId }
  const publicId = await store.findPublicId(handle, shopId, channelId)
  return { isOn, channelId: publicId?.toString('base64url') ?? null }
}
