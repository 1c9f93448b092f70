import type { Notice } from '#protocol/chat.ts'
import type { Bus } from '../core/bus.ts'
import { randomToken } from '../core/tokens.ts'
import type { Database } from '../db/database.ts'
import type { ChatFacts } from './facts.ts'
import {
  AlreadySaid,
  appendMessage,
  findMessage,
  type Handle,
  type MessageRow,
  type NewMessage,
} from './log-store.ts'

/** What a transaction did, to be told once it is committed. */
export interface Doing extends Handle {
  readonly shopId: number
  readonly at: number
  /** Appends, and remembers whom to tell. */
  readonly say: (conversationId: number, message: NewMessage) => Promise<MessageRow>
  /** It changed beside its log. */
  readonly touch: (
    conversationId: number,
    what?: Pick<Changed, 'ringing' | 'formerChannelId' | 'formerEra'>,
  ) => void
  readonly queueMoved: (channelId: number) => void
}

export type Do = <Result>(
  shopId: number,
  work: (doing: Doing) => Promise<Result>,
) => Promise<Result>

interface DoDeps {
  readonly db: Database
  readonly now: () => number
  readonly bus: Bus<ChatFacts>
  /** What else is to be true of it in the same transaction. */
  readonly beforeCommit: (
    handle: Handle,
    shopId: number,
    changes: readonly Changed[],
  ) => Promise<void>
}

type Changed = ChatFacts['chat.changed']

/** Runs a transaction of the chat, and tells what it did once that is true. */
export function createDo({ db, now, bus, beforeCommit }: DoDeps): Do {
  return async (shopId, work) => {
    const { result, changes, queues } = await db.transaction(async (sql) => {
      const handle = { sql, t: db.t }
      const at = now()
      // In here: a transaction may be run once more.
      const changes = new Map<number, Changed>()
      const queues = new Set<number>()
      function touch(conversationId: number, what: Partial<Changed> = {}) {
        const known = changes.get(conversationId) ?? { shopId, conversationId, messages: [] }
        changes.set(conversationId, {
          ...known,
          ...what,
          messages: [...known.messages, ...(what.messages ?? [])],
        })
      }
      const result = await work({
        ...handle,
        shopId,
        at,
        async say(conversationId, message) {
          await appendMessage(handle, shopId, conversationId, { ...message, at })
          const { clientId } = message
          const row = await findMessage(handle, shopId, conversationId, { clientId })
          if (row === undefined) throw new Error('The conversation is gone')
          touch(conversationId, { messages: [row] })
          return row
        },
        touch,
        queueMoved: (channelId) => void queues.add(channelId),
      })
      await beforeCommit(handle, shopId, [...changes.values()])
      return { result, changes, queues }
    })
    for (const change of changes.values()) bus.publish('chat.changed', change)
    for (const channelId of queues) bus.publish('chat.queue_moved', { shopId, channelId })
    return result
  }
}

/** The same where `clientId` may have been said before: then what was stored is the answer, and nothing else happens. */
export async function onceSaid(
  handle: Handle,
  shopId: number,
  /** Asked once it is needed: what it names may become known on the way. */
  named: () => { readonly conversationId: number; readonly clientId: string },
  saying: () => Promise<MessageRow>,
): Promise<MessageRow> {
  try {
    return await saying()
  } catch (error) {
    if (!(error instanceof AlreadySaid)) throw error
    const { conversationId, clientId } = named()
    const said = await findMessage(handle, shopId, conversationId, { clientId })
    if (said === undefined) throw error
    return said
  }
}

/** What the server itself tells in a log. */
export function noticeOf(
  notice: Notice,
  {
    isShown,
    by,
    detail,
  }: {
    readonly isShown: boolean
    readonly by?: { readonly memberId: number; readonly name: string }
    readonly detail?: Readonly<Record<string, unknown>>
  },
): NewMessage {
  return {
    clientId: randomToken(16),
    author: by === undefined ? 'system' : 'operator',
    ...(by !== undefined && { memberId: by.memberId, authorName: by.name }),
    kind: 'notice',
    body: { notice, ...(detail !== undefined && { detail }) },
    isShown,
  }
}
