import type { MemberDraft } from '#protocol/chat.ts'
import type {
  AssignmentDraft,
  Conversation,
  ConversationChange,
  ConversationLog,
  UsedTags,
} from '#protocol/chat-conversations.ts'
import type { Posted } from '#protocol/chat-answers.ts'
import { LOG_PAGE } from '#protocol/names.ts'
import { shopDay } from '#protocol/shop-day.ts'
import type { Clock } from '../core/clock.ts'
import { Refusal } from '../core/errors.ts'
import type { Shop } from '../core/guards.ts'
import { beginningOf } from '../core/well-formed.ts'
import type { Database } from '../db/database.ts'
import { markAnswered } from './assignment-store.ts'
import { findAttachment, removeAttachmentOf } from './attachment-store.ts'
import { forgetAnswer, type KeepAttributes } from './bot-answers.ts'
import { changeConversation } from './change-conversation.ts'
import { findChannel } from './channel-store.ts'
import {
  findConversation,
  findConversationRow,
  holdConversation,
  markRead,
  updateConversation,
  type ConversationRow,
  type Seer,
} from './conversation-store.ts'
import { letRun } from './let-run.ts'
import {
  findVisitorRow,
  listConversations,
  listUsedTags,
  type ConversationFilter,
} from './list-store.ts'
import {
  AlreadySaid,
  afterIn,
  findMessage,
  lastSaidNumber,
  listMessages,
  redactMessage,
  type Handle,
  type NewMessage,
} from './log-store.ts'
import { messageOf, messagesOf } from './message-shape.ts'
import { findOperator, upsertPresence } from './operator-store.ts'
import { insertColleague } from './parts-store.ts'
import { shownName, type Routing } from './routing.ts'
import { noticeOf, onceSaid, type Do, type Doing } from './say.ts'
import { teamConversations } from './shown.ts'
import type { TeamMember } from './team-member.ts'

type Listed = Omit<
  ConversationFilter,
  'channelId' | 'operatorId' | 'visitorId' | 'memberId' | 'today' | 'before'
> & {
  readonly channel?: string | undefined
  readonly operator?: string | undefined
  readonly visitor?: string | undefined
  readonly cursor?: string | undefined
}

export interface TeamSide {
  readonly list: (
    who: TeamMember,
    asked: Listed,
  ) => Promise<{ readonly items: readonly Conversation[]; readonly nextCursor: string | null }>
  readonly tags: (who: TeamMember) => Promise<UsedTags>
  /** Refuses (`not_found`) what is of a channel that is none of theirs. */
  readonly find: (who: TeamMember, conversationId: string) => Promise<ConversationRow>
  readonly read: (who: TeamMember, conversationId: string) => Promise<Conversation>
  readonly log: (who: TeamMember, conversationId: string, after: number) => Promise<ConversationLog>
  readonly post: (who: TeamMember, conversationId: string, draft: MemberDraft) => Promise<Posted>
  readonly markRead: (who: TeamMember, conversationId: string, number: number) => Promise<void>
  readonly change: (
    who: TeamMember,
    conversationId: string,
    change: ConversationChange,
  ) => Promise<Conversation>
  readonly assign: (
    who: TeamMember,
    conversationId: string,
    to: AssignmentDraft,
  ) => Promise<Conversation>
  readonly invite: (
    who: TeamMember,
    conversationId: string,
    memberId: string,
  ) => Promise<Conversation>
  /** Takes back what was said, for good. */
  readonly redact: (who: TeamMember, conversationId: string, number: number) => Promise<void>
}

interface TeamSideDeps {
  readonly db: Database
  readonly now: Clock
  readonly perform: Do
  readonly routing: Routing
  readonly keepAttributes: KeepAttributes
  readonly removeFile: (fileKey: string) => Promise<void>
  /** Who left an address while nobody was there, and is answered: by mail. */
  readonly answerByMail: (
    doing: Doing,
    of: {
      readonly shop: Shop
      readonly conversation: ConversationRow
      readonly text: string
      readonly name: string
    },
  ) => Promise<void>
}

const PREVIEW_CHARS = 200
const MOST_USED_TAGS = 200

export function createTeamSide(deps: TeamSideDeps): TeamSide {
  const { db, now, perform, routing } = deps
  const handle: Handle = { sql: db.sql, t: db.t }

  async function find(who: TeamMember, conversationId: string): Promise<ConversationRow> {
    const publicId = Buffer.from(conversationId, 'base64url')
    const found = await findConversation(handle, who.shop.id, publicId, seerOf(who))
    if (found === undefined) throw noSuch()
    return found
  }

  /** What `find` found, as it is in the transaction and stays until its end: others may have been faster. */
  async function hold(
    doing: Doing,
    who: TeamMember,
    found: ConversationRow,
  ): Promise<ConversationRow> {
    const { id, revision, publicId } = found
    const held = await holdConversation(doing, doing.shopId, id)
    if (held?.revision === revision) return held
    const again = await findConversation(doing, doing.shopId, publicId, seerOf(who))
    if (again === undefined) throw noSuch()
    return again
  }

  async function shown(shopId: number, id: number): Promise<Conversation> {
    const row = await findConversationRow(handle, shopId, id)
    const [conversation] = row === undefined ? [] : await teamConversations(handle, shopId, [row])
    if (conversation === undefined) throw noSuch()
    return conversation
  }

  async function operatorOf(handle_: Handle, shopId: number, memberId: string) {
    const found = await findOperator(handle_, shopId, Buffer.from(memberId, 'base64url'))
    if (found === undefined) throw new Refusal('not_found', 'The shop has no such operator')
    return found
  }

  return {
    find,

    async list(who, { channel, operator, visitor, cursor, ...asked }) {
      const shopId = who.shop.id
      const bytes = (id: string) => Buffer.from(id, 'base64url')
      const filter = {
        ...asked,
        memberId: who.member?.id,
        today: shopDay(now(), who.shop.timeZone),
        before: cursor === undefined ? undefined : placeOf(cursor),
        ...(channel !== undefined && {
          channelId: (await findChannel(handle, shopId, bytes(channel)))?.id ?? 0,
        }),
        ...(operator !== undefined && {
          operatorId: (await findOperator(handle, shopId, bytes(operator)))?.id ?? 0,
        }),
        ...(visitor !== undefined && {
          visitorId: await findVisitorRow(handle, shopId, bytes(visitor)),
        }),
      }
      const rows = await listConversations(handle, shopId, seerOf(who), {
        ...filter,
        limit: asked.limit + 1,
      })
      const items = rows.slice(0, asked.limit)
      const last = rows.length > asked.limit ? items.at(-1) : undefined
      return {
        items: await teamConversations(handle, shopId, items),
        nextCursor: last === undefined ? null : `${last.lastAt}-${last.id}`,
      }
    },

    async tags(who) {
      return { items: await listUsedTags(handle, who.shop.id, seerOf(who), MOST_USED_TAGS) }
    },

    async read(who, conversationId) {
      const { shopId, id } = await find(who, conversationId)
      return shown(shopId, id)
    },

    async log(who, conversationId, after) {
      const { shopId, id, lastNumber } = await find(who, conversationId)
      const rows = await listMessages(handle, shopId, id, {
        after: afterIn(after, lastNumber),
        limit: LOG_PAGE,
        side: 'team',
      })
      return {
        messages: messagesOf(rows, 'team'),
        hasMore: rows.length === LOG_PAGE,
        conversation: await shown(shopId, id),
      }
    },

    async post(who, conversationId, draft) {
      const looked = await find(who, conversationId)
      const { shopId, id } = looked
      const once = () => ({ conversationId: id, clientId: draft.id })
      const row = await onceSaid(handle, shopId, once, () =>
        perform(shopId, async (doing) => {
          const found = await hold(doing, who, looked)
          // Whatever became of the conversation since: what is there is the answer.
          if ((await findMessage(doing, shopId, id, { clientId: draft.id })) !== undefined) {
            throw new AlreadySaid()
          }
          if (draft.kind !== 'note') await beginAnswering(doing, who, found)
          const said = await doing.say(id, await messageFrom(doing, who, found, draft))
          const { member } = who
          if (member !== undefined) {
            await upsertPresence(doing, shopId, { memberId: member.id, activeAt: doing.at })
          }
          if (draft.kind === 'text' && found.isOffline && found.email !== null) {
            const { shop } = who
            const name = member?.name ?? shop.name
            await deps.answerByMail(doing, { shop, conversation: found, text: draft.text, name })
          }
          return said
        }),
      )
      const message = messageOf(row, 'team')
      if (message === undefined) throw new Error('The team sees all')
      return { message }
    },

    async markRead(who, conversationId, number) {
      const found = await find(who, conversationId)
      if (number <= found.readByTeam) return
      await perform(found.shopId, async (doing) => {
        const changed = await markRead(doing, found.shopId, found.id, { readByTeam: number })
        if (changed !== undefined) doing.touch(found.id)
      })
    },

    async change(who, conversationId, change) {
      const looked = await find(who, conversationId)
      await perform(looked.shopId, async (doing) =>
        changeConversation({ doing, routing, who }, await hold(doing, who, looked), change),
      )
      return shown(looked.shopId, looked.id)
    },

    async assign(who, conversationId, { memberId, channelId }) {
      const looked = await find(who, conversationId)
      const { shopId, id } = looked
      await perform(shopId, async (doing) => {
        const found = await hold(doing, who, looked)
        if (found.closedAt !== null) throw closed()
        if (channelId !== undefined) return moveTo(doing, found, channelId)
        if (memberId === undefined) {
          const queued = await routing.takeBack(doing, id, 'left')
          if (queued !== undefined) await routing.route(doing, queued)
          return
        }
        const operator = await operatorOf(doing, shopId, memberId)
        const isTaken = operator.id === who.member?.id
        await insertColleague(doing, shopId, {
          conversationId: id,
          memberId: operator.id,
          createdAt: doing.at,
        })
        const reason = { rule: isTaken ? 'taken' : 'transferred' } as const
        const name = shownName(operator)
        if (found.operatorId !== null && found.operatorId !== operator.id) {
          await doing.say(id, noticeOf('transferred', { isShown: true, detail: { name } }))
        }
        await routing.give(doing, found, { memberId: operator.id, name, reason })
      })
      return shown(shopId, id)
    },

    async invite(who, conversationId, memberId) {
      const found = await find(who, conversationId)
      const { shopId, id } = found
      await perform(shopId, async (doing) => {
        const operator = await operatorOf(doing, shopId, memberId)
        const colleague = { conversationId: id, memberId: operator.id, createdAt: doing.at }
        if (!(await insertColleague(doing, shopId, colleague))) return
        const by = { memberId: operator.id, name: shownName(operator) }
        await doing.say(id, noticeOf('joined', { isShown: true, by }))
        doing.touch(id, { ringing: operator.id })
      })
      return shown(shopId, id)
    },

    async redact(who, conversationId, number) {
      const found = await find(who, conversationId)
      const { shopId, id } = found
      const fileKey = await perform(shopId, async (doing) => {
        const message = { conversationId: id, number, at: doing.at }
        const removed = await removeAttachmentOf(doing, shopId, message)
        const isNewest = (await lastSaidNumber(doing, shopId, id)) === number
        const held = await updateConversation(doing, shopId, id, {})
        const said = await findMessage(doing, shopId, id, { number })
        if (held !== undefined && said !== undefined) {
          await forgetAnswer(doing, deps.keepAttributes, { row: held, message: said })
        }
        const isRedacted = await redactMessage(doing, shopId, id, message)
        if (!isRedacted) throw new Refusal('not_found', 'There is nothing to take back')
        const row = await findMessage(doing, shopId, id, { number })
        const shownOf = row?.shownNumber ?? undefined
        if (isNewest) await updateConversation(doing, shopId, id, { lastText: null })
        await doing.say(id, redactionOf(number, shownOf, who))
        return removed
      })
      if (fileKey !== undefined) await deps.removeFile(fileKey)
    },
  }

  /** Whoever says something first takes it; and is said to have joined with their first message. */
  async function beginAnswering(
    doing: Doing,
    { member }: TeamMember,
    { id: conversationId, shopId, operatorId, ...found }: ConversationRow,
  ): Promise<void> {
    if (found.closedAt !== null) throw closed()
    if (found.firstAnsweredAt === null) {
      // Two may answer at the same moment: the first stays the first.
      const set = { firstAnsweredAt: doing.at }
      await updateConversation(doing, shopId, conversationId, set, { isUnanswered: true })
    }
    if (member === undefined) {
      const queued = { state: 'queued', queuedAt: doing.at } as const
      // A server of the shop's that answers has taken it from the bot.
      await updateConversation(doing, shopId, conversationId, queued, { state: 'bot' })
      return
    }
    if (operatorId === null) {
      const conversation = { ...found, id: conversationId, shopId, operatorId }
      const to = { memberId: member.id, name: member.name, reason: { rule: 'taken' } } as const
      await routing.give(doing, conversation, to)
    }
    const answer = { conversationId, memberId: member.id, at: doing.at }
    if (!(await markAnswered(doing, shopId, answer))) return
    const by = { memberId: member.id, name: member.name }
    await doing.say(conversationId, noticeOf('joined', { isShown: true, by }))
  }

  async function messageFrom(
    doing: Handle,
    { member, shop }: TeamMember,
    { id, shopId }: ConversationRow,
    draft: MemberDraft,
  ): Promise<NewMessage> {
    const said = {
      clientId: draft.id,
      author: 'operator',
      ...(member !== undefined && { memberId: member.id }),
      authorName: member?.name ?? shop.name,
      kind: draft.kind,
      isShown: draft.kind !== 'note',
    } as const
    if (draft.kind === 'note') return { ...said, text: draft.text }
    if (draft.kind === 'text') {
      return { ...said, text: draft.text, preview: beginningOf(draft.text, PREVIEW_CHARS) }
    }
    if (draft.kind === 'product') {
      return { ...said, body: { product: draft.product }, preview: draft.product.name }
    }
    const file = await findAttachment(doing, shopId, id, draft.fileKey)
    if (file === undefined) throw new Refusal('not_found', 'Send the file first')
    return { ...said, attachmentId: file.id, preview: file.name }
  }

  /** To another channel's team. */
  async function moveTo(doing: Doing, found: ConversationRow, channelId: string): Promise<void> {
    const { shopId } = doing
    const { id, channelId: formerChannelId } = found
    const channel = await findChannel(doing, shopId, Buffer.from(channelId, 'base64url'))
    if (channel === undefined) throw new Refusal('not_found', 'There is no such channel')
    await routing.takeBack(doing, id, 'transferred')
    const moved = await letRun(doing, {
      id,
      // From a bot, too: whoever moves it wants a team to answer.
      set: { channelId: channel.id, state: 'queued', queuedAt: doing.at },
      otherwise:
        'Another conversation with this visitor runs in that channel: answer there, or close one of the two first',
    })
    const detail = { channel: channel.name }
    await doing.say(id, noticeOf('transferred', { isShown: true, detail }))
    doing.touch(id, { formerChannelId })
    if (moved !== undefined && !(await routing.route(doing, moved))) doing.queueMoved(channel.id)
  }
}

function noSuch(): Refusal {
  return new Refusal('not_found', 'There is no such conversation')
}

function closed(): Refusal {
  return new Refusal('conflict', 'It is closed: reopen it first')
}

function seerOf({ isOwnOnly, member }: TeamMember): Seer {
  // Who has nothing of their own sees nothing.
  return { memberId: isOwnOnly ? (member?.id ?? 0) : undefined }
}

function redactionOf(of: number, shownOf: number | undefined, { member }: TeamMember): NewMessage {
  const { clientId } = noticeOf('closed', { isShown: false })
  return {
    clientId,
    author: member === undefined ? 'system' : 'operator',
    ...(member !== undefined && { memberId: member.id, authorName: member.name }),
    kind: 'redaction',
    body: { of, ...(shownOf !== undefined && { shownOf }) },
    isShown: shownOf !== undefined,
  }
}

function placeOf(cursor: string): { readonly at: number; readonly id: number } {
  const [, at, id] = /^(\d{1,15})-(\d{1,15})$/.exec(cursor) ?? []
  if (at === undefined) throw new Refusal('bad_request', 'cursor: send the nextCursor of before')
  return { at: Number(at), id: Number(id) }
}
