import { randomUUID } from 'node:crypto'
import type { Socket } from 'socket.io-client'
import type { Message } from '#protocol/chat.ts'
import { createConversationLog, type ConversationLog } from '#widgets/kit/conversation-log.ts'
import { textOf } from './chat.ts'

type Draft = ReturnType<typeof textOf>

/** One tab, of a visitor or a member, with the delivery that both really use. */
export interface ChatTab {
  readonly log: ConversationLog<Message, Draft>
  readonly say: (text: string) => void
  /** How long it took, each time, from noticing the last cut to having all again. */
  readonly recoveries: number[]
  /** A server that was killed listens again: nobody could be back before. */
  readonly serverIsBack: () => void
  readonly close: () => void
}

const ANSWER_WITHIN_MS = 4_000

/** `named`: what a member's socket says with each event, as it is for many conversations. */
export function chatTab(socket: Socket, named: object = {}): ChatTab {
  const recoveries: number[] = []
  let noticedAt: number | undefined
  const ask = (name: string, said: object) =>
    socket.timeout(ANSWER_WITHIN_MS).emitWithAck(name, { ...named, ...said })
  const log = createConversationLog<Message, Draft>({
    send: (message) => ask('chat:send', { message }),
    resume: (after) => ask('chat:resume', { after }),
    after(ms, call) {
      const timer = setTimeout(call, ms)
      return () => clearTimeout(timer)
    },
    changed() {
      if (noticedAt === undefined || !log.isWhole()) return
      recoveries.push(performance.now() - noticedAt)
      noticedAt = undefined
    },
  })
  socket.on('chat:messages', ({ messages }: { messages: Message[] }) => log.receive(messages))
  socket.on('connect', () => {
    log.connected()
  })
  socket.on('disconnect', (reason) => {
    noticedAt = performance.now()
    log.disconnected()
    // The server hung up on purpose: the client does not come back by itself.
    if (reason === 'io server disconnect') socket.connect()
  })
  // A server that is just starting lets nobody in yet.
  socket.on('connect_error', () => {
    if (!socket.active) setTimeout(() => socket.connect(), 100)
  })
  return {
    log,
    recoveries,
    serverIsBack() {
      if (noticedAt !== undefined) noticedAt = performance.now()
    },
    say: (text) => log.send(textOf(text, randomUUID())),
    close() {
      log.close()
      socket.close()
    },
  }
}
