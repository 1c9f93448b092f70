import type { LauncherAnswer } from '#protocol/chat-answers.ts'
import type { FormMistake } from '#protocol/pre-chat.ts'
import type { Message, VisitorConversation, VisitorDraft } from '#protocol/chat.ts'
import type { Holding } from '../kit/chat-host.ts'
import type { Unsent } from '../kit/conversation-log.ts'
import type { LinkState } from './delivery.ts'
import type { FileOnItsWay } from './files.ts'

export type Fields = Readonly<Record<string, string | boolean>>
/** What is unfolded over the conversation. */
export type Sheet = 'menu' | 'emoji' | 'transcript' | 'history'
export type Mistakes = Readonly<Record<string, FormMistake>>
/** What has become of a form. */
export type FormState = 'open' | 'sending' | 'failed' | 'sent'

export interface ChatView {
  readonly isOpen: boolean
  readonly look: LauncherAnswer
  readonly conversation: VisitorConversation | undefined
  readonly messages: readonly Message[]
  readonly unsent: readonly Unsent<VisitorDraft>[]
  readonly files: readonly FileOnItsWay[]
  readonly link: LinkState
  /** Who is typing. */
  readonly typist: string | undefined
  readonly unread: number
  readonly draft: string
  readonly sheet: Sheet | undefined
  readonly form: FormState
  /** What is wrong in the form that was sent last, by the fields' names. */
  readonly mistakes: Mistakes
  /** How often it was tried to send one. */
  readonly attempts: number
  readonly isMuted: boolean
  /** What is shown of the form before the chat, of the offline form, of the composer. */
  readonly stage: 'preChat' | 'offline' | 'talk' | 'ended'
  readonly isBlocked: boolean
  /** What was said last is here. */
  readonly isWhole: boolean
  /** Something was said before what is here; and it is being read. */
  readonly hasEarlier: boolean
  readonly isReadingEarlier: boolean
}

/** What a text may be to a bot beside. */
export type ToBot = Pick<Extract<VisitorDraft, { kind: 'text' }>, 'chosen' | 'restarts'>

export interface ChatModel {
  readonly view: () => ChatView
  readonly open: () => void
  readonly close: () => void
  readonly write: (text: string) => void
  readonly send: () => void
  /** `toBot`: which of its buttons was pressed, or that it is to begin anew. */
  readonly say: (text: string, toBot?: ToBot) => void
  readonly retry: (id: string) => void
  readonly discard: (id: string) => void
  readonly attach: (file: Blob & { readonly name: string }) => void
  readonly retryFile: (id: string) => void
  readonly unfold: (sheet: Sheet | undefined) => void
  /** Tells what is wrong in a form; with nothing wrong it may be sent. */
  readonly check: (mistakes: Mistakes) => boolean
  readonly answerPreChat: (fields: Fields) => void
  /** What goes with a first message: channel, languages, `given` by a form, the page. */
  readonly beginning: (given: Fields) => object
  /** What opens the conversation that runs. */
  readonly holding: () => Partial<Holding>
  /** Sends what a form holds; one at a time. Undefined: it was not taken, and the form says so. */
  readonly submit: (path: string, given: object) => Promise<unknown>
  /** A conversation that was begun by a form. */
  readonly goOn: (conversation: VisitorConversation, token: string) => void
  /** The same conversation, as it is by now. */
  readonly take: (conversation: VisitorConversation) => void
  readonly finish: () => Promise<void>
  readonly startAnew: () => void
  readonly mute: (isMuted: boolean) => void
  /** The visitor sees what is there. */
  readonly seen: () => void
  readonly readEarlier: () => void
  readonly recordChanged: () => void
  readonly end: () => void
}
