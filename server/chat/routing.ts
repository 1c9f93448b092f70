import type { AssignmentReason } from '#protocol/chat.ts'
import { assign } from './assign.ts'
import {
  endAssignment,
  findPreviousOperator,
  insertAssignment,
  listPassedOver,
} from './assignment-store.ts'
import { findChannelRow } from './channel-store.ts'
import {
  findConversationRow,
  listQueued,
  updateConversation,
  type ConversationRow,
} from './conversation-store.ts'
import type { Handle } from './log-store.ts'
import { countActiveChats, listSeated, type OperatorRow } from './operator-store.ts'
import { lockRouting } from './routing-store.ts'
import { noticeOf, type Doing } from './say.ts'

const DAY_MS = 86_400_000
const PREVIOUS_MS = 7 * DAY_MS
/** Of a channel's queue, at one go. */
const DISPATCHED = 100

export interface Routing {
  /** Gives a queued conversation to somebody who is free. False: it waits on. */
  readonly route: (doing: Doing, conversation: ConversationRow) => Promise<boolean>
  /** Gives what waits in a channel to whoever is free, the longest first. */
  readonly dispatch: (doing: Doing, channelId: number) => Promise<void>
  /** It goes to somebody by name. */
  readonly give: (doing: Doing, conversation: ConversationRow, to: Given) => Promise<void>
  /** Gives what a member has not answered to somebody else, if anybody else is free; else it stays where it is. */
  readonly offerNext: (doing: Doing, of: Unanswered) => Promise<void>
  /** Takes it from whoever has it, back to the queue; with `when`, only if they still have it and have not answered. */
  readonly takeBack: (
    doing: Doing,
    conversationId: number,
    endedBy: 'unanswered' | 'idle' | 'left' | 'transferred',
    when?: { readonly unansweredBy: number },
  ) => Promise<ConversationRow | undefined>
}

export interface Unanswered {
  readonly conversationId: number
  readonly memberId: number
}

export interface Given {
  readonly memberId: number
  readonly name: string
  readonly reason: AssignmentReason
}

export function createRouting({ random }: { readonly random: () => number }): Routing {
  async function give(doing: Doing, conversation: ConversationRow, to: Given): Promise<void> {
    const { shopId, at } = doing
    const { id: conversationId, channelId } = conversation
    const { memberId, name, reason } = to
    await endAssignment(doing, shopId, conversationId, { endedBy: 'transferred', endedAt: at })
    await insertAssignment(doing, shopId, { conversationId, memberId, reason, assignedAt: at })
    const set = { state: 'assigned', operatorId: memberId, queuedAt: null } as const
    await updateConversation(doing, shopId, conversationId, set)
    const notice = noticeOf('assigned', { isShown: false, detail: { name, ...reason } })
    await doing.say(conversationId, notice)
    doing.touch(conversationId, { ringing: memberId })
    doing.queueMoved(channelId)
  }

  /** Who is free for it, and why they. */
  async function chosenFor(
    handle: Handle,
    conversation: ConversationRow,
    { at, passedOver }: { readonly at: number; readonly passedOver: readonly number[] },
  ): Promise<Given | undefined> {
    const { shopId, channelId, language, country } = conversation
    const channel = await findChannelRow(handle, shopId, channelId)
    const seated = await listSeated(handle, shopId, channelId, at)
    if (channel === undefined || seated.length === 0) return undefined
    const chats = await countActiveChats(handle, shopId)
    const candidates = seated.map(({ memberId, languages, maxChats }) => ({
      memberId,
      languages,
      activeChats: chats.get(memberId) ?? 0,
      maxChats: maxChats ?? channel.options.chatsPerOperator,
    }))
    const previousOperator = await findPreviousOperator(handle, conversation, at - PREVIOUS_MS)
    const waiting = { language, country, previousOperator, passedOver }
    const chosen = assign(candidates, waiting, random)
    const operator = seated.find(({ memberId }) => memberId === chosen?.memberId)
    if (chosen === undefined || operator === undefined) return undefined
    const again = passedOver.length > 0 && ({ isOfferedAgain: true } as const)
    return { ...chosen, name: shownName(operator), reason: { ...chosen.reason, ...again } }
  }

  async function routeIn(doing: Doing, conversation: ConversationRow): Promise<boolean> {
    const { shopId, at } = doing
    const passedOver = await listPassedOver(doing, shopId, conversation.id)
    const given =
      (await chosenFor(doing, conversation, { at, passedOver })) ??
      // Everybody had it: it begins from the start.
      (await chosenFor(doing, conversation, { at, passedOver: [] }))
    if (given === undefined) return false
    await give(doing, conversation, given)
    return true
  }

  async function takeBack(
    doing: Doing,
    conversationId: number,
    endedBy: 'unanswered' | 'idle' | 'left' | 'transferred',
    when?: { readonly unansweredBy: number },
  ): Promise<ConversationRow | undefined> {
    const { shopId, at } = doing
    const end = { endedBy, endedAt: at }
    const ended = await endAssignment(doing, shopId, conversationId, end, when)
    if (when !== undefined && ended === undefined) return undefined
    const set = { state: 'queued', operatorId: null, queuedAt: at } as const
    const queued = await updateConversation(doing, shopId, conversationId, set, {
      state: 'assigned',
    })
    if (queued === undefined) return undefined
    const notice = noticeOf('unassigned', { isShown: false, detail: { because: endedBy } })
    await doing.say(conversationId, notice)
    doing.queueMoved(queued.channelId)
    return queued
  }

  return {
    give,
    takeBack,

    async route(doing, conversation) {
      await lockRouting(doing, doing.shopId)
      return routeIn(doing, conversation)
    },

    async dispatch(doing, channelId) {
      const { shopId } = doing
      await lockRouting(doing, shopId)
      for (const conversation of await listQueued(doing, shopId, channelId, DISPATCHED)) {
        if (!(await routeIn(doing, conversation))) return
      }
    },

    async offerNext(doing, { conversationId: id, memberId }) {
      const { shopId, at } = doing
      await lockRouting(doing, shopId)
      const conversation = await findConversationRow(doing, shopId, id)
      // Somebody else was faster, here or at another node.
      if (conversation?.operatorId !== memberId) return
      const passedOver = [...(await listPassedOver(doing, shopId, id)), memberId]
      const given = await chosenFor(doing, conversation, { at, passedOver })
      if (given === undefined) return
      const queued = await takeBack(doing, id, 'unanswered', { unansweredBy: memberId })
      if (queued !== undefined) await give(doing, queued, given)
    },
  }
}

/** What visitors are shown of a member. */
export function shownName({ alias, name }: Pick<OperatorRow, 'alias' | 'name'>): string {
  return alias ?? name
}
