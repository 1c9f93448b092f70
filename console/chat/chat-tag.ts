import { TAG_PATH } from '#protocol/names.ts'

interface ChatTag {
  /** Where this server is. */
  readonly server: string
  readonly shopKey: string
  /** Undefined: the shop's pages use the channel already. */
  readonly channelId: string | undefined
}

/** The line that goes into each page, with the channel that this page or site has instead of the shop's. */
export function chatTagOf({ server, shopKey, channelId }: ChatTag): string {
  const channel = channelId === undefined ? '' : ` data-chat-channel="${channelId}"`
  return `<script async src="${server}${TAG_PATH}" data-shop="${shopKey}"${channel}></script>`
}
