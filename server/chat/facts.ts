import type { MessageRow } from './log-store.ts'

/** Told after the commit that makes it true, in the process that made it. */
export interface ChatFacts {
  /** A conversation is not what it was: in its log, in itself, or both. */
  'chat.changed': {
    readonly shopId: number
    readonly conversationId: number
    readonly messages: readonly MessageRow[]
    /** Whose console rings: they were offered it. */
    readonly ringing?: number
    /** Tokens were withdrawn: whoever listens since before has to come in again. */
    readonly formerEra?: number
    /** It was another channel's until now. */
    readonly formerChannelId?: number
  }
  /** How many are before somebody, or whether anybody is there, may have changed. */
  'chat.queue_moved': { readonly shopId: number; readonly channelId: number }
  'chat.presence_changed': { readonly shopId: number; readonly memberId: number }
}
