import type { Message, VisitorConversation } from '#protocol/chat.ts'
import type { ChatHost } from '../kit/chat-host.ts'
import { isSaidToVisitor, lastNumber } from './reading.ts'

/** What the page is told of a conversation: what is new of it, once. */
export interface News {
  readonly tell: (now: Standing) => void
  /** Another conversation: what comes after that number is news. */
  readonly startOver: (toldUpTo: number) => void
}

interface Standing {
  readonly messages: readonly Message[]
  /** All that was said before is here. */
  readonly isWhole: boolean
  readonly unread: number
  readonly conversation: VisitorConversation | undefined
}

/** To `startOver`: whatever is there when the log is whole first is no news. */
export const NOTHING_YET = -1

interface NewsDeps {
  readonly host: Pick<ChatHost, 'look' | 'tell'>
  /** Somebody said something to the visitor. */
  readonly said: (message: Message) => void
}

export function createNews({ host, said }: NewsDeps): News {
  const { look } = host
  let toldUpTo = NOTHING_YET
  let told: Partial<VisitorConversation> & { unread?: number } = {}
  let toldOf: VisitorConversation | undefined

  function tellMessage(message: Message): void {
    const { number, author, text, kind } = message
    if (kind === 'notice' || kind === 'redaction') return
    host.tell('message', { number, author: author.kind, kind, text })
    if (isSaidToVisitor(message)) said(message)
  }

  function tellConversation(conversation: VisitorConversation): void {
    const { id, operators, queuePosition, isAnyoneThere, state } = conversation
    const before = told
    toldOf = conversation
    told = { ...told, ...conversation }
    if (before.id !== id && state !== 'closed') host.tell('start', { conversationId: id })
    const names = operators.map(({ name }) => name)
    if (String(before.operators?.map(({ name }) => name) ?? '') !== String(names)) {
      host.tell('assigned', { operators: names })
    }
    if ((before.queuePosition ?? null) !== queuePosition) {
      host.tell('queue', { position: queuePosition })
    }
    if ((before.isAnyoneThere ?? look.isAnyoneThere) !== isAnyoneThere) {
      host.tell('availability', { isAnyoneThere })
    }
    if (before.state !== 'closed' && state === 'closed') host.tell('end', { conversationId: id })
  }

  return {
    tell({ messages, isWhole, unread, conversation }) {
      const last = lastNumber(messages)
      if (toldUpTo !== NOTHING_YET) {
        for (const message of messages) if (message.number > toldUpTo) tellMessage(message)
        toldUpTo = Math.max(toldUpTo, last)
      } else if (isWhole) toldUpTo = last
      if (unread !== (told.unread ?? 0)) host.tell('unread', { count: unread })
      told = { ...told, unread }
      if (conversation && conversation !== toldOf) tellConversation(conversation)
    },
    startOver(upTo) {
      toldUpTo = upTo
      told = {}
    },
  }
}
