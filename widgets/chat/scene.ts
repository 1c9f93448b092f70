import type { Attachment, ProductCard } from '#protocol/chat.ts'
import type { ChannelTexts } from '#protocol/chat-channels.ts'
import type { ChatHost } from '../kit/chat-host.ts'
import type { VNode } from '../kit/h.ts'
import type { ChatModel, ChatView } from './chat-view.ts'
import type { FileOnItsWay } from './files.ts'
import type { ChatWords } from './words/en.ts'

/** What the parts draw from. */
export interface Scene {
  readonly host: Pick<ChatHost, 'claimToken' | 'newId' | 'tell'>
  readonly model: ChatModel
  readonly view: ChatView
  readonly t: (key: keyof ChatWords, fill?: Readonly<Record<string, string | number>>) => string
  /** The shop's own text, else ours. */
  readonly text: (
    key: keyof ChannelTexts & keyof ChatWords,
    fill?: Readonly<Record<string, string | number>>,
  ) => string
  readonly language: string
  readonly now: number
  /** Of a file or a picture of ours. */
  readonly address: (path: string) => string
  readonly isPage: boolean
  /** Loaded when first wanted. */
  readonly forms: Forms | undefined
  readonly cards: Cards | undefined
  readonly emoji: Emoji['emoji'] | undefined
  /** Something came below what is in sight. */
  readonly isBehind: boolean
  readonly scrolled: () => void
  readonly goToEnd: () => void
  readonly goBack: () => void
  /** Puts it where the visitor writes. */
  readonly insert: (text: string) => void
}

/** What the chunk draws that comes with the first file or product. */
export interface Cards {
  readonly styles: string
  readonly attachment: (scene: Scene, given: Attachment) => VNode
  readonly product: (scene: Scene, given: ProductCard) => VNode
  readonly upload: (scene: Scene, given: FileOnItsWay) => VNode
}

/** What the chunk of emoji holds. */
export interface Emoji {
  readonly styles: string
  readonly emoji: readonly string[]
}

/** What the chunk of forms draws. */
export interface Forms {
  readonly styles: string
  readonly preChat: (scene: Scene) => VNode
  readonly offline: (scene: Scene) => VNode
  readonly rating: (scene: Scene) => VNode
  readonly transcript: (scene: Scene) => VNode
}
