import type { LazyHost } from '../lazy.ts'
import type { Outcome } from '../types.ts'
import type { Launcher } from './launcher.ts'

/** What the launcher's chunk and that of the conversation know of a page's chat. */
export interface PageChat {
  readonly host: LazyHost
  /** Undefined where the shop has no chat, or nobody answers. */
  readonly draw: () => Promise<Launcher | undefined>
  /** What `draw` gave, once somebody wanted it. */
  launcher?: Promise<Launcher | undefined> | undefined
  /** What the page chose instead of the shop's channel. */
  channelId: string | undefined
  /** All that a visitor or a page wants, once somebody does. */
  run?: Run
  /** As the page wants the button, whatever the server says. */
  isWanted?: boolean
}

/** A command of the page's, or `resume`: whoever is in a conversation stays in it. */
export type Run = (command: string, given?: readonly unknown[]) => Promise<Outcome>

/** What the chunk `conversation` gives. */
export type Attend = (chat: PageChat) => Run

/** Of all commands of the chat those that show and hide the button. */
export const OF_LAUNCHER = /r$/

/** What the browser remembers of chats, under this name. */
export const RECORD = 'chat'
