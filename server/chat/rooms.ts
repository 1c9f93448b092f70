/** Who hears of what, by names that are the same at every node. */

interface OfShop {
  readonly shopId: number
}

/** `era`: whoever came in by what opens it no more is in a room where nothing is said. */
export function visitorRoom({
  shopId,
  id,
  era,
}: OfShop & { readonly id: number; readonly era: number }): string {
  return `conversation ${shopId} ${id} ${era}`
}

/** Owners and admins: they see all channels. */
export function everyChannelRoom(shopId: number): string {
  return `channels ${shopId}`
}

export function channelRoom(shopId: number, channelId: number): string {
  return `channel ${shopId} ${channelId}`
}

export function memberRoom(shopId: number, memberId: number): string {
  return `member ${shopId} ${memberId}`
}

/** All of a shop who answer chats. */
export function teamRoom(shopId: number): string {
  return `team ${shopId}`
}

/** Whoever looks at what one visitor does. */
export function trailRoom(shopId: number, visitorId: Buffer): string {
  return `trail ${shopId} ${visitorId.toString('base64url')}`
}

/** Whoever looks at one conversation. */
export function lookingRoom(shopId: number, conversationId: number): string {
  return `looking ${shopId} ${conversationId}`
}
