import { inGroups } from '../db/padded.ts'
import { findConversationRow, listChannelsOf, type ConversationRow } from './conversation-store.ts'
import type { Handle } from './log-store.ts'
import { isSomebodyThere } from './shown.ts'

/** Whether anybody is there, for the visitors who listen at this node: each node tells its own. */
export interface Availability {
  /** Of one more socket; returns what ends it. */
  readonly listen: (conversation: Pick<ConversationRow, 'shopId' | 'id'>) => () => void
  /** What the visitor of a conversation has last been told. */
  readonly told: (conversationId: number, isAnyoneThere: boolean) => void
  /** Tells whoever knows otherwise: somebody came or went at another node, hours began or ended. */
  readonly look: () => Promise<void>
  /** The same where something moved in a channel, which seldom changes whether anybody is there. */
  readonly lookAt: (shopId: number, channelId: number) => Promise<void>
}

interface Listening {
  sockets: number
  /** Undefined: they have just come, and ask for it as they resume. */
  isAnyoneThere?: boolean
}

interface AvailabilityDeps {
  readonly handle: Handle
  readonly now: () => number
  readonly tell: (row: ConversationRow, isAnyoneThere: boolean) => Promise<void>
}

export function createAvailability({ handle, now, tell }: AvailabilityDeps): Availability {
  /** By shop and conversation. */
  const shops = new Map<number, Map<number, Listening>>()
  const ofConversation = new Map<number, Listening>()
  /** As it was found last. */
  const ofChannel = new Map<number, boolean>()

  async function lookIn(shopId: number, listening: ReadonlyMap<number, Listening>): Promise<void> {
    const channels = new Map<number, boolean>()
    for (const ids of inGroups([...listening.keys()])) {
      for (const { id, channelId } of await listChannelsOf(handle, shopId, ids)) {
        const isThere =
          channels.get(channelId) ?? (await isSomebodyThere(handle, shopId, channelId, now()))
        channels.set(channelId, isThere)
        ofChannel.set(channelId, isThere)
        const one = listening.get(id)
        if (one === undefined || one.isAnyoneThere === isThere) continue
        const isKnown = one.isAnyoneThere !== undefined
        one.isAnyoneThere = isThere
        const row = isKnown ? await findConversationRow(handle, shopId, id) : undefined
        if (row !== undefined) await tell(row, isThere)
      }
    }
  }

  return {
    listen({ shopId, id }) {
      const ofShop = shops.get(shopId) ?? new Map<number, Listening>()
      shops.set(shopId, ofShop)
      const listening = ofShop.get(id) ?? { sockets: 0 }
      ofShop.set(id, listening)
      ofConversation.set(id, listening)
      listening.sockets += 1
      return () => {
        listening.sockets -= 1
        if (listening.sockets > 0) return
        ofShop.delete(id)
        ofConversation.delete(id)
        if (ofShop.size === 0) shops.delete(shopId)
      }
    },

    told(conversationId, isAnyoneThere) {
      const listening = ofConversation.get(conversationId)
      if (listening !== undefined) listening.isAnyoneThere = isAnyoneThere
    },

    async look() {
      for (const [shopId, listening] of shops) await lookIn(shopId, listening)
    },

    async lookAt(shopId, channelId) {
      const listening = shops.get(shopId)
      if (listening === undefined) return
      const isThere = await isSomebodyThere(handle, shopId, channelId, now())
      if (ofChannel.get(channelId) === isThere) return
      ofChannel.set(channelId, isThere)
      await lookIn(shopId, listening)
    },
  }
}
