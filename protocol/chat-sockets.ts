import { z } from 'zod'
import type { ErrorCode } from './names.ts'
import {
  AfterSchema,
  holding,
  MemberDraftSchema,
  VisitorDraftSchema,
  type Message,
  type VisitorConversation,
} from './chat.ts'
import type { Posted } from './chat-answers.ts'
import type { Presence } from './chat-channels.ts'
import type { Conversation, ConversationLog } from './chat-conversations.ts'
import type { LiveEvent } from './sockets.ts'

/**
 * Event maps of both chat sockets; docs/chat-protocol.md tells how they go together. What is sent by a server may be
 * lost or come twice: numbers and revisions alone say what a client has.
 */

export interface SocketRefusal {
  readonly refusal: {
    readonly code: ErrorCode
    readonly message: string
    readonly retryAfterSeconds?: number
  }
}
/** How a request over a socket is answered. */
export type Acknowledge<Answer> = (answer: Answer | SocketRefusal) => void

/** What a visitor's socket says when it connects (`auth`). It is for this one conversation. */
export const VisitorSocketAuthSchema = z.object(holding)

/** Visitor → server, namespace `CHAT_NAMESPACE`: `chat:send` and `chat:resume`, which are acknowledged, `chat:typing`, `chat:read`. */
export const SendSchema = z.object({ message: VisitorDraftSchema })
export const ResumeSchema = z.object({ after: AfterSchema })
export const TypingSchema = z.object({ isTyping: z.boolean() })
export const ReadSchema = z.object({ number: z.int().min(0) })

/** Server → visitor. */
export interface ChatServerEvents {
  /** In order; each may have come before, and some may be missing before them. */
  'chat:messages': (told: { messages: Message[] }) => void
  /** Replaces what was known, unless its revision is smaller. */
  'chat:conversation': (told: { conversation: VisitorConversation }) => void
  /** Counts for `TYPING_MS` and somewhat longer. */
  'chat:typing': (told: { isTyping: boolean; name: string }) => void
  'server:restarting': () => void
}

const conversationId = holding.conversationId
export const MemberSendSchema = z.object({ conversationId, message: MemberDraftSchema })
export const MemberResumeSchema = z.object({ conversationId, after: AfterSchema })
export const MemberTypingSchema = z.object({ conversationId, isTyping: z.boolean() })
export const MemberReadSchema = z.object({ conversationId, number: z.int().min(0) })
export const LookSchema = z.object({ conversationIds: z.array(conversationId).max(10) })

/** Member → server, namespace `CONSOLE_CHAT_NAMESPACE`. */
export interface ConsoleChatClientEvents {
  'chat:send': (sent: z.input<typeof MemberSendSchema>, done: Acknowledge<Posted>) => void
  'chat:resume': (
    asked: z.input<typeof MemberResumeSchema>,
    done: Acknowledge<ConversationLog>,
  ) => void
  'chat:typing': (told: z.input<typeof MemberTypingSchema>) => void
  'chat:read': (told: z.input<typeof MemberReadSchema>) => void
  /** Which conversations are on the screen: all of them, each time. */
  'chat:look': (told: z.input<typeof LookSchema>) => void
  /** There was input; at most once a minute, or at once when presence was offline. */
  'chat:active': () => void
}

/** Server → member. */
export interface ConsoleChatServerEvents {
  'chat:messages': (told: { conversationId: string; messages: Message[] }) => void
  /** A conversation of one of the member's channels has changed, or is new. */
  'chat:conversation': (told: { conversation: Conversation }) => void
  /** It went to a channel that is none of the member's: forget it. */
  'chat:gone': (told: { conversationId: string }) => void
  /** `name`: of a colleague; absent: the visitor. */
  'chat:typing': (told: { conversationId: string; isTyping: boolean; name?: string }) => void
  /** Which members look at it, by their ids and names. */
  'chat:looking': (told: {
    conversationId: string
    members: { id: string; name: string }[]
  }) => void
  /** Of a member of the shop; one's own as well. */
  'chat:presence': (told: { memberId: string; presence: Presence }) => void
  /** Somebody was offered a conversation: whose console rings. */
  'chat:ring': (told: { conversationId: string; memberId: string }) => void
  /** The visitor of a conversation that is looked at went to a page, or did something there. */
  'chat:trail': (told: { visitorId: string; events: LiveEvent[] }) => void
  'server:restarting': () => void
}
