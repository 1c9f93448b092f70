import { ChannelOptionsSchema } from '#protocol/chat-channels.ts'
import { DEMO_PATH } from '#protocol/names.ts'
import { sha256 } from '../core/tokens.ts'
import { insertOperators } from './channel-operator-store.ts'
import { findChannel, type ChannelRow } from './channel-store.ts'
import type { Handle } from './log-store.ts'
import { insertChannel } from './managed-channel-store.ts'
import { updateSeat } from './operator-store.ts'

/** The same everywhere, so that a shop has one at most, archived or not, and the demo's pages can name it. */
const PUBLIC_ID = sha256('the channel of the demo shop').subarray(0, 16)
export const DEMO_CHANNEL_ID = PUBLIC_ID.toString('base64url')

const NAME = 'Demo shop'
/** As the demo shop calls itself: the shop that it belongs to has another name, or none yet. */
const TITLE = 'Casa Ceiba'
const OPTIONS = ChannelOptionsSchema.parse({
  // Above the free-shipping bar, which comes with what is in the cart.
  offset: { inline: 20, block: 84 },
  texts: {
    en: {
      title: TITLE,
      welcome: 'Hello! Looking for a coffee, a hammock or a present? Ask us.',
    },
    es: {
      title: TITLE,
      welcome: '¡Hola! ¿Buscas un café, una hamaca o un regalo? Pregúntanos.',
    },
  },
})

/**
 * Opens the demo shop's chat. It stands beside the shop's own, which stays off until somebody turns it on: the shop's
 * pages show nothing of it. In the transaction that makes the first shop, and never later: an installation that is older
 * gets none, and archived it stays archived.
 */
export async function openDemoChannel(
  handle: Handle,
  { id, createdAt }: { readonly id: number; readonly createdAt: number },
): Promise<void> {
  await insertChannel(handle, id, {
    publicId: PUBLIC_ID,
    name: NAME,
    options: OPTIONS,
    version: 1,
    archivedAt: null,
    createdAt,
    updatedAt: createdAt,
  })
}

/** One that is not archived. */
export function findDemoChannel(handle: Handle, shopId: number): Promise<ChannelRow | undefined> {
  return findChannel(handle, shopId, PUBLIC_ID)
}

/** Whoever owns the shop first answers there, and need not look for a seat: they have it, and may leave it. */
export async function answerInDemo(
  handle: Handle,
  shopId: number,
  { memberId, at }: { readonly memberId: number; readonly at: number },
): Promise<void> {
  const channel = await findDemoChannel(handle, shopId)
  if (channel === undefined) return
  const seat = { channelId: channel.id, memberId }
  await insertOperators(handle, shopId, { ...seat, memberIds: [memberId], createdAt: at })
  await updateSeat(handle, shopId, seat, { seatedAt: at, wasIdle: false })
}

/** By its path, like the demo's experiences: a server may be reached by other names than its own. */
export function isDemoPage(url: string): boolean {
  return URL.canParse(url) && new URL(url).pathname.startsWith(DEMO_PATH)
}

export function isDemoChannel({ publicId }: Pick<ChannelRow, 'publicId'>): boolean {
  return PUBLIC_ID.equals(publicId)
}
