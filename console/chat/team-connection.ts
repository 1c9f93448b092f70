import { io, type Socket } from 'socket.io-client'
import type { MemberDraft } from '#protocol/chat.ts'
import type { Posted } from '#protocol/chat-answers.ts'
import type { ConversationLog } from '#protocol/chat-conversations.ts'
import type {
  ConsoleChatClientEvents,
  ConsoleChatServerEvents,
  SocketRefusal,
} from '#protocol/chat-sockets.ts'
import {
  CHAT_RECONNECTING,
  chatOpeningMs,
  CONSOLE_CHAT_NAMESPACE,
  SOCKET_PATH,
} from '#protocol/names.ts'

type Told = { readonly [Name in keyof ConsoleChatServerEvents]: ConsoleChatServerEvents[Name] }

/** What the server tells, and how the connection is. */
export interface TeamListener {
  readonly onConnected: () => void
  /** It comes back by itself. */
  readonly onLost: () => void
  /** The session has ended, or its member may see no chats any more. */
  readonly onRefused: () => void
  readonly told: Omit<Told, 'server:restarting'>
}

export interface TeamConnection {
  /** Rejects where nobody knows what became of it. */
  readonly send: (conversationId: string, message: MemberDraft) => Promise<Posted | SocketRefusal>
  readonly resume: (
    conversationId: string,
    after: number,
  ) => Promise<ConversationLog | SocketRefusal>
  /** These are for now: without a connection, nothing is told. */
  readonly typing: (conversationId: string, isTyping: boolean) => void
  readonly read: (conversationId: string, number: number) => void
  readonly look: (conversationIds: readonly string[]) => void
  readonly active: () => void
  readonly stop: () => void
}

const ANSWER_MS = 10_000
const RETRY_MS = 1_000
const TOLD = [
  'chat:messages',
  'chat:conversation',
  'chat:gone',
  'chat:typing',
  'chat:looking',
  'chat:presence',
  'chat:ring',
  'chat:trail',
] as const

/** A member's socket of one shop: web sockets alone, so that any node serves any page. */
export function connectTeam(listener: TeamListener, shopKey: string): TeamConnection {
  const socket: Socket<ConsoleChatServerEvents, ConsoleChatClientEvents> = io(
    CONSOLE_CHAT_NAMESPACE,
    {
      path: SOCKET_PATH,
      transports: ['websocket'],
      // Its own: another page's socket on it would be let in by the session that this one began with.
      forceNew: true,
      auth: { shop: shopKey },
      ...CHAT_RECONNECTING,
    },
  )
  socket.io.on('reconnect_attempt', (tries) => void socket.io.timeout(chatOpeningMs(tries)))
  // An attempt may hang for a while that began without a network.
  const hurry = () => {
    if (!socket.connected && socket.active) socket.disconnect().connect()
  }
  window.addEventListener('online', hurry)
  let retrying: ReturnType<typeof setTimeout> | undefined

  socket.on('connect', listener.onConnected)
  socket.on('disconnect', (reason) => {
    if (reason === 'io client disconnect') return
    listener.onLost()
    // The server hangs up when a session ends or its rights change: asking again tells which.
    if (reason === 'io server disconnect') retry()
  })
  socket.on('connect_error', ({ message }) => {
    if (['sign_in', 'forbidden', 'not_found'].includes(message)) return listener.onRefused()
    listener.onLost()
    if (!socket.active) retry()
  })
  for (const name of TOLD) socket.on(name, listener.told[name])

  function retry(): void {
    clearTimeout(retrying)
    retrying = setTimeout(() => socket.connect(), RETRY_MS)
  }

  /** Old news is none: what can't be told now is not told later. (`volatile` would drop it while another is on its way.) */
  const tell: typeof socket.emit = (...told) => (socket.connected ? socket.emit(...told) : socket)

  return {
    send: (conversationId, message) =>
      socket.timeout(ANSWER_MS).emitWithAck('chat:send', { conversationId, message }),
    resume: (conversationId, after) =>
      socket.timeout(ANSWER_MS).emitWithAck('chat:resume', { conversationId, after }),
    typing: (conversationId, isTyping) => tell('chat:typing', { conversationId, isTyping }),
    read: (conversationId, number) => tell('chat:read', { conversationId, number }),
    look: (conversationIds) => tell('chat:look', { conversationIds: [...conversationIds] }),
    active: () => tell('chat:active'),
    stop() {
      window.removeEventListener('online', hurry)
      clearTimeout(retrying)
      socket.disconnect()
    },
  }
}
