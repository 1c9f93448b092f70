import type {
  Begin,
  LauncherRequest,
  LogAnswer,
  OfflineForm,
  VisitorConversation,
  VisitorDraft,
} from '#protocol/chat.ts'
import type { Begun, LauncherAnswer, Posted } from '#protocol/chat-answers.ts'
import { LOG_PAGE } from '#protocol/names.ts'
import type { Clock } from '../core/clock.ts'
import { Refusal } from '../core/errors.ts'
import type { Shop } from '../core/guards.ts'
import { sha256 } from '../core/tokens.ts'
import { beginningOf } from '../core/well-formed.ts'
import type { Database } from '../db/database.ts'
import { endAssignment } from './assignment-store.ts'
import type { Bot } from './bot.ts'
import { findAttachment } from './attachment-store.ts'
import { findChannel, findSelected, isChatOn, type ChannelRow } from './channel-store.ts'
import {
  findConversationRow,
  findSaidIn,
  markRead,
  updateConversation,
  type ConversationRow,
} from './conversation-store.ts'
import { DEMO_CHANNEL_ID, findDemoChannel } from './demo-channel.ts'
import { followPage } from './follow-page.ts'
import { launcherOf, type LauncherParts } from './launcher.ts'
import { letRun } from './let-run.ts'
import {
  AlreadySaid,
  afterIn,
  listMessages,
  type Handle,
  type MessageRow,
  type NewMessage,
} from './log-store.ts'
import { messageOf, messagesOf } from './message-shape.ts'
import { requireConsent, requirePreChat } from './pre-chat.ts'
import type { Routing } from './routing.ts'
import { pageOf, runningOf, type From } from './running-of.ts'
import { noticeOf, onceSaid, type Do, type Doing } from './say.ts'
import { isSomebodyThere, visitorConversation } from './shown.ts'
import { findShown } from './shown-bot.ts'
import { createVisitorAccess, type Holder, type VisitorAccess } from './visitor-access.ts'

type Beginning = Omit<Begin, 'key'>
type Form = Omit<OfflineForm, 'key'>

export interface VisitorSide extends Pick<
  VisitorAccess,
  'find' | 'findHeard' | 'holdHeard' | 'comeIn'
> {
  readonly launcher: (asked: Omit<LauncherRequest, 'key'>, from: From) => Promise<LauncherAnswer>
  /** With the first message; again, and from another tab, it is the one that runs. */
  readonly begin: (beginning: Beginning, from: From) => Promise<Begun>
  readonly leaveForm: (form: Form, from: From) => Promise<Begun>
  readonly post: (holder: Holder, draft: VisitorDraft) => Promise<Posted>
  readonly log: (holder: Holder, after: number) => Promise<LogAnswer>
  readonly read: (holder: Holder, number: number) => Promise<void>
  readonly rate: (
    holder: Holder,
    given: { readonly rating: number; readonly comment: string },
  ) => Promise<VisitorConversation>
  readonly end: (holder: Holder) => Promise<VisitorConversation>
  /** On this device, too. */
  readonly goOn: (holder: Holder) => Promise<VisitorConversation>
}

interface VisitorSideDeps {
  readonly db: Database
  readonly now: Clock
  readonly perform: Do
  readonly routing: Routing
  readonly bot: Bot
  /** Tells a channel's address of a form that was left. */
  readonly tellOfForm: (
    doing: Doing,
    of: { readonly shop: Shop; readonly channel: ChannelRow; readonly form: Form },
  ) => Promise<void>
}

const PREVIEW_CHARS = 200

export function createVisitorSide(deps: VisitorSideDeps): VisitorSide {
  const { db, now, perform, routing, bot } = deps
  const handle: Handle = { sql: db.sql, t: db.t }
  const { dialect } = db.raw
  const access = createVisitorAccess(deps)
  const { find, findHeard, holdHeard } = access

  async function channelOf(shopId: number, channelId: string | undefined): Promise<ChannelRow> {
    const found = await findAsked(shopId, channelId)
    if (found === undefined) throw new Refusal('not_found', 'The shop has no such chat')
    return found
  }

  async function findAsked(
    shopId: number,
    channelId: string | undefined,
  ): Promise<ChannelRow | undefined> {
    if (channelId === undefined) return findSelected(handle, shopId)
    // Its pages name it whether it is open or not; where it is not, they have what the shop's own have.
    if (channelId === DEMO_CHANNEL_ID) {
      return (await findDemoChannel(handle, shopId)) ?? findSelected(handle, shopId)
    }
    if (!(await isChatOn(handle, shopId))) return undefined
    return findChannel(handle, shopId, Buffer.from(channelId, 'base64url'))
  }

  /** Sent again after it was closed: nothing new begins, and what was just begun is undone with its transaction. */
  function saidIn({ sql, t, shopId }: Doing, token: string, clientId: string) {
    return findSaidIn({ sql, t }, shopId, { tokenHash: sha256(token), clientId })
  }

  async function messageFrom(
    doing: Handle,
    { shopId, id }: ConversationRow,
    draft: VisitorDraft,
  ): Promise<NewMessage> {
    const said = { clientId: draft.id, author: 'visitor', kind: draft.kind, isShown: true } as const
    if (draft.kind === 'text') {
      return { ...said, text: draft.text, preview: beginningOf(draft.text, PREVIEW_CHARS) }
    }
    const file = await findAttachment(doing, shopId, id, draft.fileKey)
    if (file === undefined) throw new Refusal('not_found', 'Send the file first')
    return { ...said, attachmentId: file.id, preview: file.name }
  }

  async function post(holder: Holder, draft: VisitorDraft): Promise<Posted> {
    const { id, ...looked } = await findHeard(holder)
    const shopId = holder.shop.id
    const once = () => ({ conversationId: id, clientId: draft.id })
    const row = await onceSaid(handle, shopId, once, () =>
      perform(shopId, async (doing) => {
        const found = await holdHeard(doing, holder, { id, ...looked })
        await followPage(doing, found)
        const message = await messageFrom(doing, found, draft)
        if (found.state === 'bot') {
          return bot.hears(doing, found, { shop: holder.shop, draft, message })
        }
        const said = await doing.say(found.id, message)
        // Who writes into what was closed begins it anew.
        if (found.closedAt !== null) await reopen(doing, found)
        else if (found.isOffline && found.state === 'queued') await comeBack(doing, found)
        return said
      }),
    )
    return { message: shown(row) }
  }

  async function reopen(doing: Doing, { id }: ConversationRow): Promise<void> {
    const { at } = doing
    const queued = await letRun(doing, {
      id,
      set: { state: 'queued', closedAt: null, queuedAt: at, operatorId: null },
      when: { isRunning: false },
      otherwise: 'Another conversation runs: this one stays closed',
    })
    if (queued === undefined) return
    await doing.say(id, noticeOf('reopened', { isShown: true }))
    if (!(await routing.route(doing, queued))) doing.queueMoved(queued.channelId)
  }

  /** Who left a form and writes while somebody is there, is no more answered by mail. */
  async function comeBack(doing: Doing, { shopId, id, channelId }: ConversationRow): Promise<void> {
    if (!(await isSomebodyThere(doing, shopId, channelId, doing.at))) return
    const set = { isOffline: false, queuedAt: doing.at }
    const queued = await updateConversation(doing, shopId, id, set, { state: 'queued' })
    if (queued !== undefined) await routing.route(doing, queued)
  }

  async function begun(row: ConversationRow, message: MessageRow): Promise<Begun> {
    return { conversation: await newest(row), message: shown(message) }
  }

  /** As it is by now. */
  async function newest(row: ConversationRow): Promise<VisitorConversation> {
    const found = (await findConversationRow(handle, row.shopId, row.id)) ?? row
    return visitorConversation(handle, found, now())
  }

  return {
    find,
    findHeard,
    holdHeard,
    comeIn: access.comeIn,
    post,

    async launcher({ channelId, languages, url }, { shop, country }) {
      const channel = await channelOf(shop.id, channelId)
      const parts: LauncherParts = { shop, languages, url, country, now: now() }
      return launcherOf(handle, channel, parts)
    },

    async begin({ message, ...beginning }, from) {
      const shopId = from.shop.id
      const channel = await channelOf(shopId, beginning.channelId)
      if (message.kind !== 'text') throw new Refusal('bad_request', 'Begin with a text')
      const { bot: shownBot } = beginning
      const asked = { channel, country: from.country, at: now() }
      const version = shownBot && (await findShown(handle, { ...asked, bot: shownBot }))
      let row: ConversationRow | undefined
      // Stays known where its transaction is undone: then the message is there, and so is it.
      const once = () => ({ conversationId: row?.id ?? 0, clientId: message.id })
      const said = await onceSaid(handle, shopId, once, () =>
        perform(shopId, async (doing) => {
          const opening = await runningOf(dialect, doing, { channel, beginning, from, version })
          const before = await saidIn(doing, beginning.token, message.id)
          row = before ?? opening.row
          if (before !== undefined) throw new AlreadySaid()
          // Thrown, so that what was just begun is undone.
          if (opening.isNew) requirePreChat(channel.options, beginning.fields)
          else if (beginning.page)
            await updateConversation(doing, shopId, row.id, pageOf(beginning))
          if (opening.isNew && version !== undefined) {
            const languages = [...beginning.languages, ...from.shop.languages]
            await bot.welcome(doing, row, { version, languages })
          }
          const said = await messageFrom(doing, row, message)
          if (row.state === 'bot') {
            return bot.hears(doing, row, { shop: from.shop, draft: message, message: said })
          }
          const stored = await doing.say(row.id, said)
          if (!opening.isNew) return stored
          if (!(await routing.route(doing, row))) doing.queueMoved(channel.id)
          return stored
        }),
      )
      return begun(requireRow(row), said)
    },

    async leaveForm(form, from) {
      const shopId = from.shop.id
      const channel = await channelOf(shopId, form.channelId)
      let row: ConversationRow | undefined
      const once = () => ({ conversationId: row?.id ?? 0, clientId: form.id })
      const said = await onceSaid(handle, shopId, once, () =>
        perform(shopId, async (doing) => {
          const opening = await runningOf(dialect, doing, {
            channel,
            beginning: form,
            from,
            version: undefined,
          })
          const before = await saidIn(doing, form.token, form.id)
          row = before ?? opening.row
          if (before !== undefined) throw new AlreadySaid()
          if (opening.isNew) requireConsent(channel.options, form.fields)
          else if (form.page) await updateConversation(doing, shopId, row.id, pageOf(form))
          const draft = { kind: 'text', id: form.id, text: form.text } as const
          const stored = await doing.say(row.id, await messageFrom(doing, row, draft))
          const set = { email: form.email, ...(form.name !== '' && { name: form.name }) }
          const isBots = row.state === 'bot'
          const isOffline = opening.isNew || isBots || (row.state === 'queued' && row.isOffline)
          // Who leaves a note has done with the bot.
          const queued = isBots && ({ state: 'queued', queuedAt: doing.at } as const)
          await updateConversation(doing, shopId, row.id, { ...set, isOffline, ...queued })
          await deps.tellOfForm(doing, { shop: from.shop, channel, form })
          return stored
        }),
      )
      return begun(requireRow(row), said)
    },

    async log(holder, after) {
      const found = await find(holder, 'read')
      const range = {
        after: afterIn(after, found.lastShown),
        limit: LOG_PAGE,
        side: 'visitor',
      } as const
      const rows = await listMessages(handle, found.shopId, found.id, range)
      return {
        messages: messagesOf(rows, 'visitor'),
        hasMore: rows.length === LOG_PAGE,
        conversation: await visitorConversation(handle, found, now()),
      }
    },

    async read(holder, number) {
      const found = await find(holder, 'write')
      if (number <= found.readByVisitor) return
      await perform(found.shopId, async (doing) => {
        const changed = await markRead(doing, found.shopId, found.id, { readByVisitor: number })
        if (changed !== undefined) doing.touch(found.id)
      })
    },

    async rate(holder, { rating, comment }) {
      const found = await findHeard(holder)
      const ratingComment = comment === '' ? null : comment
      await perform(found.shopId, async (doing) => {
        await doing.say(found.id, noticeOf('rated', { isShown: true, detail: { rating } }))
        await updateConversation(doing, found.shopId, found.id, { rating, ratingComment })
      })
      return newest(found)
    },

    async goOn(holder) {
      return newest(await access.goOn(holder))
    },

    async end(holder) {
      const found = await find(holder, 'write')
      if (found.closedAt !== null) return newest(found)
      await perform(found.shopId, async (doing) => {
        const { shopId, at } = doing
        const set = { state: 'closed', closedAt: at } as const
        const row = await updateConversation(doing, shopId, found.id, set, { isRunning: true })
        if (row === undefined) return
        await endAssignment(doing, shopId, found.id, { endedBy: 'closed', endedAt: at })
        await doing.say(found.id, noticeOf('closed', { isShown: true, detail: { by: 'visitor' } }))
        await routing.dispatch(doing, found.channelId)
        doing.queueMoved(found.channelId)
      })
      return newest(found)
    },
  }
}

function shown(row: MessageRow) {
  const message = messageOf(row, 'visitor')
  if (message === undefined) throw new Error('A visitor said what visitors are not shown')
  return message
}

function requireRow(row: ConversationRow | undefined): ConversationRow {
  if (row === undefined) throw new Error('Nothing was begun')
  return row
}
