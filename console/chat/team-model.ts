import { batch, computed, signal, type ReadonlySignal } from '@preact/signals'
import type { Presence, OwnPresence } from '#protocol/chat-channels.ts'
import type { Conversation } from '#protocol/chat-conversations.ts'
import type { Reply } from '../api.ts'
import { isWaitingFor, newerOf } from './conversation-list.ts'
import type { Drafts } from './drafts.ts'
import type { TeamConnection, TeamListener } from './team-connection.ts'
import { createThread, type After, type Thread, type ThreadEnds } from './thread.ts'

/** `refused`: the session has ended, or its member may see no chats. */
export type TeamPhase = 'connecting' | 'live' | 'reconnecting' | 'refused'

/** Something that a member who looks elsewhere should hear of. */
export interface Call {
  readonly kind: 'chat' | 'message'
  readonly conversation: Conversation
}

/** Chats of one shop, for every page of the console: one connection, and what was told by it. */
export interface TeamModel {
  readonly memberId: string
  readonly phase: ReadonlySignal<TeamPhase>
  /** By their ids: what was told of conversations since this tab was opened, the newest of each. */
  readonly known: ReadonlySignal<ReadonlyMap<string, Conversation>>
  /** Came since, and nobody here has opened them. */
  readonly fresh: ReadonlySignal<ReadonlySet<string>>
  /** Waiting for this member, those that wrote last first. */
  readonly waiting: ReadonlySignal<readonly Conversation[]>
  readonly presence: ReadonlySignal<OwnPresence | undefined>
  /** Which is in front: what is said there calls nobody. */
  readonly hasInFront: (conversationId: string) => boolean
  /** Whatever was read otherwise: lists, answers to changes. */
  readonly learn: (conversations: readonly Conversation[]) => void
  /** Shows it somewhere, as long as `close` is not called; the same thread for all who show it. */
  readonly open: (conversationId: string) => { readonly thread: Thread; readonly close: () => void }
  /** Whoever shows it has it before their eyes, to its end. */
  readonly read: (conversationId: string) => void
  /** There was input. */
  readonly active: () => void
  readonly renewPresence: () => Promise<void>
  readonly setPresence: (presence: OwnPresence) => void
  readonly onCall: (listener: (call: Call) => void) => () => void
  readonly stop: () => void
}

interface TeamModelDeps {
  readonly memberId: string
  readonly connect: (listener: TeamListener) => TeamConnection
  readonly drafts: Drafts
  readonly now: () => number
  readonly after: After
  readonly newId: () => string
  readonly readRunning: () => Promise<Reply<{ readonly items: readonly Conversation[] }>>
  readonly readPresence: () => Promise<Reply<OwnPresence>>
  /** The tab is in sight. */
  readonly isInSight: () => boolean
}

const TELL_ACTIVE_MS = 60_000

interface OpenThread extends ThreadEnds {
  shownBy: number
}

export function createTeamModel(deps: TeamModelDeps): TeamModel {
  const { memberId, now, after } = deps
  const phase = signal<TeamPhase>('connecting')
  const known = signal<ReadonlyMap<string, Conversation>>(new Map())
  const fresh = signal<ReadonlySet<string>>(new Set())
  const presence = signal<OwnPresence | undefined>(undefined)
  const ownChannels = computed(() => new Set((presence.value?.channels ?? []).map(({ id }) => id)))
  /** Given to this member since, and not looked at by them: whoever had it before may have read it all. */
  const given = signal<ReadonlySet<string>>(new Set())
  const waiting = computed(() =>
    [...known.value.values()]
      .filter((one) => isWaiting(one))
      .toSorted((a, b) => b.lastAt - a.lastAt),
  )
  const threads = new Map<string, OpenThread>()
  const listeners = new Set<(call: Call) => void>()
  /** By which message of each somebody was called last: one calls once. */
  const called = new Map<string, number>()
  /** As the server calls whoever is at this tab. */
  let ownName = ''
  let activeAt = Number.NEGATIVE_INFINITY
  /** While nobody could be told. */
  let untoldAt = Number.NEGATIVE_INFINITY

  const connection = deps.connect({
    onConnected() {
      phase.value = 'live'
      for (const open of threads.values()) open.connected()
      look()
      if (now() - untoldAt < TELL_ACTIVE_MS) tellActive()
      void catchUp()
    },
    onLost() {
      phase.value = phase.value === 'connecting' ? 'connecting' : 'reconnecting'
      for (const open of threads.values()) open.disconnected()
    },
    onRefused() {
      phase.value = 'refused'
    },
    told: {
      'chat:messages': ({ conversationId, messages }) =>
        threads.get(conversationId)?.receive(messages),
      'chat:conversation': ({ conversation }) => arrive(conversation),
      'chat:gone': ({ conversationId }) => forget(conversationId),
      'chat:typing': ({ conversationId, isTyping, name }) =>
        threads.get(conversationId)?.typed(name, isTyping),
      'chat:looking': ({ conversationId, members }) => {
        ownName = members.find(({ id }) => id === memberId)?.name ?? ownName
        threads.get(conversationId)?.looked(members.filter(({ id }) => id !== memberId))
      },
      'chat:presence': (told) => {
        if (told.memberId === memberId) ownPresence(told.presence)
      },
      'chat:ring': ({ conversationId }) => ring(conversationId),
      'chat:trail': ({ visitorId, events }) => {
        for (const [id, open] of threads) {
          if (known.value.get(id)?.visitor.visitorId === visitorId) open.went(events)
        }
      },
    },
  })

  function learn(conversations: readonly Conversation[]): void {
    const next = new Map(known.value)
    for (const one of conversations) next.set(one.id, newerOf(one, next.get(one.id)))
    known.value = next
  }

  /** What was told by the socket is news. */
  function arrive(conversation: Conversation): void {
    const before = known.value.get(conversation.id)
    if (before !== undefined && before.revision >= conversation.revision) return
    const hasWritten = conversation.unread > (before?.unread ?? 0)
    batch(() => {
      learn([conversation])
      const { id } = conversation
      if (hasWritten && !hasInFront(id)) fresh.value = new Set([...fresh.value, id])
    })
    if (hasWritten && isWaitingFor(conversation, memberId, ownChannels.value)) {
      call({ kind: before === undefined ? 'chat' : 'message', conversation })
    }
  }

  function isWaiting(one: Conversation): boolean {
    const isTheirs =
      one.operator?.id === memberId || one.colleagues.some(({ id }) => id === memberId)
    const isGiven = given.value.has(one.id) && isTheirs && one.state !== 'closed'
    return isGiven || isWaitingFor(one, memberId, ownChannels.value)
  }

  function ring(conversationId: string): void {
    if (!hasInFront(conversationId)) given.value = new Set([...given.value, conversationId])
    const conversation = known.value.get(conversationId)
    if (conversation !== undefined) call({ kind: 'chat', conversation })
  }

  function call(told: Call): void {
    const { id, lastNumber } = told.conversation
    if (hasInFront(id) || called.get(id) === lastNumber) return
    called.set(id, lastNumber)
    for (const listener of listeners) listener(told)
  }

  function hasInFront(conversationId: string): boolean {
    return threads.has(conversationId) && deps.isInSight()
  }

  function forget(conversationId: string): void {
    const next = new Map(known.value)
    next.delete(conversationId)
    known.value = next
  }

  function tellActive(): void {
    activeAt = now()
    untoldAt = Number.NEGATIVE_INFINITY
    connection.active()
  }

  function look(): void {
    connection.look([...threads.keys()])
  }

  async function catchUp(): Promise<void> {
    await Promise.all([renewPresence(), learnRunning()])
  }

  async function learnRunning(): Promise<void> {
    const reply = await deps.readRunning()
    if (reply.refusal === undefined) learn(reply.value.items)
  }

  async function renewPresence(): Promise<void> {
    const reply = await deps.readPresence()
    if (reply.refusal === undefined) presence.value = reply.value
  }

  function ownPresence(told: Presence): void {
    if (presence.value !== undefined) presence.value = { ...presence.value, presence: told }
    // Seats may have been taken or left with it.
    void renewPresence()
  }

  function open(conversationId: string): ReturnType<TeamModel['open']> {
    const shown = threads.get(conversationId) ?? begin(conversationId)
    shown.shownBy += 1
    fresh.value = new Set([...fresh.value].filter((id) => id !== conversationId))
    return {
      thread: shown.thread,
      close() {
        shown.shownBy -= 1
        if (shown.shownBy > 0) return
        shown.close()
        threads.delete(conversationId)
        look()
      },
    }
  }

  function begin(conversationId: string): OpenThread {
    const begun = {
      shownBy: 0,
      ...createThread({
        id: conversationId,
        connection,
        drafts: deps.drafts,
        after,
        newId: deps.newId,
        ownName: () => ownName,
        told: ({ conversation }) => learn([conversation]),
      }),
    }
    threads.set(conversationId, begun)
    if (phase.value === 'live') {
      begun.connected()
      look()
    }
    return begun
  }

  return {
    memberId,
    phase,
    known,
    fresh,
    waiting,
    presence,
    hasInFront,
    learn,
    open,
    read(conversationId) {
      const conversation = known.value.get(conversationId)
      if (conversation === undefined || !deps.isInSight()) return
      if (given.value.has(conversationId)) {
        given.value = new Set([...given.value].filter((id) => id !== conversationId))
      }
      const last = threads.get(conversationId)?.thread.messages.value.at(-1)?.number ?? 0
      if (last > conversation.readByTeam) connection.read(conversationId, last)
    },
    active() {
      if (phase.value !== 'live') {
        untoldAt = now()
        return
      }
      const isDue = now() - activeAt >= TELL_ACTIVE_MS
      if (!isDue && presence.value?.presence !== 'offline') return
      // While the server has not answered, one telling is enough.
      if (now() - activeAt >= 1_000) tellActive()
    },
    renewPresence,
    setPresence(told) {
      presence.value = told
    },
    onCall(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    stop() {
      connection.stop()
      for (const shown of threads.values()) shown.close()
      threads.clear()
      listeners.clear()
    },
  }
}
