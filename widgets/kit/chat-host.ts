import type { LauncherAnswer } from '#protocol/chat-answers.ts'

/** Whose conversation it is: both open it, and neither is ever in an address. */
export interface Holding {
  readonly token: string
  readonly conversationId: string
}

/** What this browser remembers of chats, from the visitor's first message on. */
export interface ChatRecord {
  readonly token: string
  readonly conversationId?: string | undefined
  readonly isMuted?: boolean | undefined
}

/** What the server answered: what was asked for, or why not. */
export interface ChatRefusal {
  readonly refusal: {
    readonly code: string
    readonly message?: string
    readonly retryAfterSeconds?: number
  }
}

/** A connection for one conversation, which comes back by itself after a cut. */
export interface ChatLink {
  /** Rejects where nobody knows what became of it. */
  readonly ask: (name: string, told: object) => Promise<unknown>
  /** May be lost. */
  readonly tell: (name: string, told: object) => void
  readonly close: () => void
}

/** Says who opens a connection, each time that one is opened. */
export type Shows = (show: (who: object) => void) => void

export interface LinkEars {
  readonly opened: () => void
  readonly lost: () => void
  /** It does not open: `code` of the server, or none where no socket is possible. */
  readonly failed: (code: string | undefined) => void
  /** What the server says by itself. */
  readonly heard: (name: string, told: unknown) => void
}

/** What the page hears with `gp.on`, without `chat:`. */
export type ChatNews =
  | 'ready'
  | 'open'
  | 'close'
  | 'start'
  | 'end'
  | 'message'
  | 'unread'
  | 'availability'
  | 'assigned'
  | 'queue'
  | 'rating'
  | 'error'

/** What the window fetches when it is wanted. */
export type ChatPart = 'chat-bot' | 'chat-forms' | 'chat-cards' | 'chat-emoji' | 'chat-history'

/** All that the chat's window has of the page and the tag. */
export interface ChatHost {
  readonly root: ShadowRoot
  /** Its own, empty, beside the launcher. */
  readonly place: HTMLElement
  readonly look: LauncherAnswer
  /** What the page chose instead of the shop's channel. */
  readonly channelId: string | undefined
  /** `export const words` of the language's chunk. */
  readonly words: unknown
  /** BCP 47: the window's. */
  readonly language: string
  /** Best first: the visitor's. */
  readonly languages: readonly string[]
  /** On a page of its own: it fills it, and can't be closed. */
  readonly isPage: boolean
  readonly now: () => number
  readonly newId: () => string
  readonly after: (ms: number, run: () => void) => () => void
  /** With the visitor of events, where consent allows one. Rejects where nobody knows what became of it. */
  readonly post: (path: string, given: object) => Promise<unknown>
  /** What `post` sends, for what is sent another way. */
  readonly bodyOf: (given: object) => string
  readonly address: (path: string) => string
  readonly connect: (holding: Holding, ears: LinkEars) => Promise<ChatLink>
  /** The one that all pages of the browser share, made now if there is none. */
  readonly claimToken: () => Promise<string>
  /** The page has said who the visitor is: they may have chats elsewhere. */
  readonly isSignedIn: () => boolean
  readonly record: () => ChatRecord | undefined
  readonly remember: (change: Partial<ChatRecord>) => void
  /** The page. */
  readonly where: () => object
  readonly part: (name: ChatPart) => Promise<unknown>
  readonly tell: (news: ChatNews, told: object) => void
  /** For the launcher; `words`: how many are unread. */
  readonly stands: (isOpen: boolean, unread: number, words: string | undefined) => void
}

export interface ChatState {
  readonly isOpen: boolean
  readonly isRunning: boolean
  readonly isAnyoneThere: boolean
  readonly unread: number
}

export interface MountedChat {
  readonly open: (given: { message?: string; send?: boolean }) => void
  readonly close: () => void
  readonly say: (text: string) => void
  readonly state: () => ChatState
  /** Another page of the browser has written down something else. */
  readonly recordChanged: () => void
  readonly unmount: () => void
}

export type MountChat = (host: ChatHost) => MountedChat
