import type { Attachment, Message, ProductCard } from '#protocol/chat.ts'
import type { ChannelTexts } from '#protocol/chat-channels.ts'
import type { ChatHost } from '../kit/chat-host.ts'
import type { Child, VNode } from '../kit/h.ts'
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
  readonly bot: BotPart | undefined
  readonly forms: Forms | undefined
  readonly cards: Cards | undefined
  readonly emoji: Emoji | undefined
  readonly history: History | undefined
  /** Something came below what is in sight. */
  readonly isBehind: boolean
  readonly scrolled: () => void
  readonly goToEnd: () => void
  readonly goBack: () => void
  /** Puts it where the visitor writes. */
  readonly insert: (text: string) => void
}

/** What the chunk shows and asks for that comes where a bot talks. */
export interface BotPart {
  readonly styles: string
  readonly seen: (view: ChatView, now: number) => ChatView
  readonly entry: (scene: Scene, composer: (scene: Scene) => VNode) => Child
}

/** What the chunk draws that comes with the first file or product. */
export interface Cards {
  readonly styles: string
  readonly attachment: (scene: Scene, given: Attachment) => VNode
  readonly product: (scene: Scene, given: ProductCard) => VNode
  readonly upload: (scene: Scene, given: FileOnItsWay) => VNode
}

export interface Emoji {
  readonly styles: string
  readonly panel: (scene: Scene) => VNode
}

/** What the chunk of forms draws. */
export interface Forms {
  readonly styles: string
  readonly menu: (scene: Scene) => VNode
  readonly preChat: (scene: Scene) => VNode
  readonly offline: (scene: Scene) => VNode
  readonly ended: (scene: Scene) => VNode
  readonly transcript: (scene: Scene) => VNode
}

/** What the chunk of earlier conversations shows and does. */
export interface History {
  /** It was unfolded: it begins with the list. */
  readonly begin: () => void
  /** Takes up what runs on another device of who has signed in, where nothing was begun here. */
  readonly look: () => void
  /** Of the conversation that is read there. */
  readonly messages: () => readonly Message[]
  readonly screen: (scene: Scene) => Child
}

export interface HistoryPart {
  readonly styles: string
  readonly createHistory: (deps: HistoryDeps) => History
}

export interface HistoryDeps {
  readonly host: Pick<
    ChatHost,
    | 'claimToken'
    | 'isSignedIn'
    | 'language'
    | 'languages'
    | 'look'
    | 'post'
    | 'record'
    | 'remember'
    | 'root'
  >
  readonly model: ChatModel
  readonly redraw: () => void
  /** Draws a log, as the window does. */
  readonly log: (scene: Scene) => VNode
}
