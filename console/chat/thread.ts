import { batch, signal, type ReadonlySignal } from '@preact/signals'
import type { MemberDraft, Message, ProductCard } from '#protocol/chat.ts'
import type { ConversationLog as LogPage } from '#protocol/chat-conversations.ts'
import type { LiveEvent } from '#protocol/sockets.ts'
import { createConversationLog, type Unsent } from '#widgets/kit/conversation-log.ts'
import type { Drafts } from './drafts.ts'
import type { TeamConnection } from './team-connection.ts'

export interface Looker {
  readonly id: string
  readonly name: string
}

/** One conversation that is on the screen, in however many places of it. */
export interface Thread {
  readonly id: string
  readonly messages: ReadonlySignal<readonly Message[]>
  readonly unsent: ReadonlySignal<readonly Unsent<MemberDraft>[]>
  /** All that was said since the first that is here. */
  readonly isWhole: ReadonlySignal<boolean>
  /** Something was said before that; and it is being read. */
  readonly hasEarlier: ReadonlySignal<boolean>
  readonly isReadingEarlier: ReadonlySignal<boolean>
  /** There is none, or it is nobody’s of this member. */
  readonly isGone: ReadonlySignal<boolean>
  readonly text: ReadonlySignal<string>
  /** For the team alone. */
  readonly isNote: ReadonlySignal<boolean>
  readonly isVisitorTyping: ReadonlySignal<boolean>
  /** Colleagues who type, by name. */
  readonly typing: ReadonlySignal<readonly string[]>
  /** Colleagues who have it on the screen. */
  readonly lookers: ReadonlySignal<readonly Looker[]>
  /** What the visitor did since it is looked at, the newest first. */
  readonly trail: ReadonlySignal<readonly LiveEvent[]>
  readonly write: (text: string) => void
  readonly setNote: (isNote: boolean) => void
  /** What is written, trimmed; nothing happens where there is nothing. */
  readonly send: () => void
  readonly sendFile: (fileKey: string) => void
  readonly sendProduct: (product: ProductCard) => void
  readonly retry: (id: string) => void
  readonly discard: (id: string) => void
  readonly readEarlier: () => void
}

/** What the team's model tells a thread. */
export interface ThreadEnds {
  readonly thread: Thread
  readonly receive: (messages: readonly Message[]) => void
  readonly typed: (who: string | undefined, isTyping: boolean) => void
  readonly looked: (members: readonly Looker[]) => void
  readonly went: (events: readonly LiveEvent[]) => void
  readonly connected: () => void
  readonly disconnected: () => void
  readonly close: () => void
}

export type After = (milliseconds: number, act: () => void) => () => void

interface ThreadDeps {
  readonly id: string
  readonly connection: Pick<TeamConnection, 'send' | 'resume' | 'typing'>
  readonly drafts: Drafts
  readonly after: After
  readonly newId: () => string
  /** An answer to a resume holds the conversation too. */
  readonly told: (page: LogPage) => void
  /** Oneself: not shown as somebody who types. */
  readonly ownName: () => string
}

/** Typing that is told again before it would be forgotten; and forgotten soon after nobody tells it. */
const TELL_TYPING_MS = 2_000
const FORGET_TYPING_MS = 5_000
const VISITOR = ''
const MAX_TRAIL = 50

export function createThread(deps: ThreadDeps): ThreadEnds {
  const { id, connection, drafts, after } = deps
  const kept = drafts.of(id)
  const messages = signal<readonly Message[]>([])
  const unsent = signal<readonly Unsent<MemberDraft>[]>([])
  const isWhole = signal(false)
  const hasEarlier = signal(false)
  const isReadingEarlier = signal(false)
  const isGone = signal(false)
  const text = signal(kept.text)
  const isNote = signal(kept.isNote)
  const isVisitorTyping = signal(false)
  const typing = signal<readonly string[]>([])
  const lookers = signal<readonly Looker[]>([])
  const trail = signal<readonly LiveEvent[]>([])
  const forgetting = new Map<string, () => void>()
  let stopTelling: (() => void) | undefined

  const log = createConversationLog<Message, MemberDraft>({
    after,
    unsent: kept.unsent,
    send: (draft) => connection.send(id, draft),
    async resume(last) {
      const page = await connection.resume(id, last)
      if ('refusal' in page) isGone.value = page.refusal.code === 'not_found'
      else deps.told(page)
      return page
    },
    changed: show,
  })
  show()

  function show(): void {
    batch(() => {
      messages.value = [...log.messages()]
      unsent.value = log.unsent()
      isWhole.value = log.isWhole()
      hasEarlier.value = log.hasEarlier()
      isReadingEarlier.value = log.isReadingEarlier()
    })
    keep()
  }

  function keep(): void {
    const waiting = unsent.value.map(({ draft }) => draft)
    drafts.keep(id, { text: text.value, isNote: isNote.value, unsent: waiting })
  }

  function write(written: string): void {
    text.value = written
    keep()
    if (isNote.value || written.startsWith('/')) return
    if (written === '') return tellTyping(false)
    if (stopTelling === undefined) tellTyping(true)
  }

  function tellTyping(isTyping: boolean): void {
    if (!isTyping && stopTelling === undefined) return
    stopTelling?.()
    stopTelling = undefined
    connection.typing(id, isTyping)
    if (!isTyping) return
    stopTelling = after(TELL_TYPING_MS, () => {
      stopTelling = undefined
    })
  }

  function say(draft: MemberDraft): void {
    tellTyping(false)
    log.send(draft)
  }

  function typed(who: string | undefined, isTyping: boolean): void {
    if (who !== undefined && who === deps.ownName()) return
    const name = who ?? VISITOR
    forgetting.get(name)?.()
    forgetting.delete(name)
    if (isTyping)
      forgetting.set(
        name,
        after(FORGET_TYPING_MS, () => typed(who, false)),
      )
    batch(() => {
      isVisitorTyping.value = forgetting.has(VISITOR)
      typing.value = [...forgetting.keys()].filter((known) => known !== VISITOR)
    })
  }

  const thread: Thread = {
    id,
    messages,
    unsent,
    isWhole,
    hasEarlier,
    isReadingEarlier,
    isGone,
    text,
    isNote,
    isVisitorTyping,
    typing,
    lookers,
    trail,
    write,
    setNote(is) {
      if (is) tellTyping(false)
      isNote.value = is
      keep()
    },
    send() {
      const written = text.value.trim()
      if (written === '') return
      text.value = ''
      say({ kind: isNote.value ? 'note' : 'text', id: deps.newId(), text: written })
      keep()
    },
    sendFile: (fileKey) => say({ kind: 'attachment', id: deps.newId(), fileKey }),
    sendProduct: (product) => say({ kind: 'product', id: deps.newId(), product }),
    retry: (messageId) => log.retry(messageId),
    discard: (messageId) => log.discard(messageId),
    readEarlier: () => void log.readEarlier(),
  }

  return {
    thread,
    receive(arrived) {
      log.receive(arrived)
      for (const { author } of arrived) {
        if (author.kind === 'visitor') typed(undefined, false)
        if (author.kind === 'operator') typed(author.name, false)
      }
    },
    typed,
    looked(members) {
      lookers.value = members
    },
    went(events) {
      trail.value = [...events.toReversed(), ...trail.value].slice(0, MAX_TRAIL)
    },
    connected: () => log.connected(),
    disconnected: () => log.disconnected(),
    close() {
      tellTyping(false)
      for (const stop of forgetting.values()) stop()
      log.close()
    },
  }
}
