import { CHAT_PAGE_PATH } from '#protocol/names.ts'
import type { OfflineForm } from '#protocol/chat.ts'
import type { Mail } from '../core/mail/mail.ts'
import type { Shop } from '../core/guards.ts'
import { randomToken, sha256 } from '../core/tokens.ts'
import type { ConversationRow } from './conversation-store.ts'
import { findChannelRow, type ChannelRow } from './channel-store.ts'
import { listMessages, type Handle, type MessageRow } from './log-store.ts'
import { chatMailWords, type WordsIn } from './mail-words.ts'
import { insertMailing, isOwnAddress } from './mailing-store.ts'
import type { Doing } from './say.ts'
import { idText } from './shown.ts'
import { insertToken } from './token-store.ts'

/** What leaves the chat by mail. */
export interface ChatMails {
  /**
   * At a visitor's wish. An address that nobody has verified gets a fixed text with a link, once a day at most: nobody
   * can have words of their own sent to somebody else.
   */
  readonly transcript: (doing: Doing, asked: Asked) => Promise<void>
  /** At a member's wish, all of it. */
  readonly wholeTranscript: (doing: Doing, asked: Asked) => Promise<void>
  /** An operator's answer to who left an address, with a link by which the conversation goes on. */
  readonly answer: (
    doing: Doing,
    of: {
      readonly shop: Shop
      readonly conversation: ConversationRow
      readonly text: string
      readonly name: string
    },
  ) => Promise<void>
  /** A code for the window of the chat; a fixed text, for nobody has verified the address yet. */
  readonly code: (
    handle: Handle,
    of: {
      readonly shop: Shop
      readonly to: string
      readonly code: string
      readonly languages: readonly string[]
    },
  ) => Promise<void>
  /** The same of who talked with a bot while nobody was there, and left an address. */
  readonly botTalk: (
    doing: Doing,
    of: { readonly shop: Shop; readonly conversation: ConversationRow },
  ) => Promise<void>
  /** Tells the channel's address of a form. */
  readonly form: (
    doing: Doing,
    of: {
      readonly shop: Shop
      readonly channel: ChannelRow
      readonly form: Pick<OfflineForm, 'email' | 'name' | 'text'>
    },
  ) => Promise<void>
}

interface Asked {
  readonly shop: Shop
  readonly conversation: ConversationRow
  readonly to: string
}

interface ChatMailsDeps {
  readonly mail: Pick<Mail, 'enqueue'>
  readonly publicUrl: URL
}

/** Some mail programs cut what is longer. */
const MAX_TRANSCRIPT = 1_000
/** Line breaks, and what turns the direction of the text that follows. */
const NOT_IN_A_LINE = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu

export function createChatMails({ mail, publicUrl }: ChatMailsDeps): ChatMails {
  /** A token of its own, so that the link opens this conversation and can be told from the browser's. */
  async function linkTo(
    doing: Doing,
    { id, publicId, shopId, channelId, customerId }: ConversationRow,
  ): Promise<string> {
    const token = randomToken(32)
    const hash = { conversationId: id, tokenHash: sha256(token), createdAt: doing.at }
    // The address of a customer's is their own, or one that they gave.
    await insertToken(doing, shopId, { ...hash, isProven: customerId !== null })
    const channel = await findChannelRow(doing, shopId, channelId)
    const path = CHAT_PAGE_PATH.replace(':channelId', channel ? idText(channel.publicId) : '')
    return `${publicUrl.origin}${path}#${token}.${idText(publicId)}`
  }

  function wordsFor({ language }: ConversationRow, shop: Shop): WordsIn {
    return chatMailWords([language, ...shop.languages])
  }

  async function wholeTranscript(doing: Doing, { shop, conversation, to }: Asked) {
    const { words, language } = wordsFor(conversation, shop)
    const range = { after: 0, limit: MAX_TRANSCRIPT, side: 'visitor' } as const
    const rows = await listMessages(doing, doing.shopId, conversation.id, range)
    const lines = rows.flatMap((row) => lineOf(row, words.visitor, shop.timeZone))
    await mail.enqueue(doing, doing.shopId, {
      kind: 'chat_transcript',
      to: { address: to },
      subject: words.transcript.subject(inLine(shop.name)),
      text: `${words.transcript.text}\n\n${lines.join('\n')}\n\n${words.note}\n`,
      language,
    })
  }

  const form: ChatMails['form'] = async (doing, { shop, channel, form: given }) => {
    const { offlineEmail } = channel.options
    if (offlineEmail === null) return
    const { words, language } = chatMailWords(shop.languages)
    const who = given.name === '' ? given.email : `${inLine(given.name)} <${given.email}>`
    await mail.enqueue(doing, doing.shopId, {
      kind: 'chat_form',
      to: { address: offlineEmail },
      replyTo: given.email,
      subject: words.form.subject(inLine(channel.name)),
      text: `${words.form.text}\n\n${who}\n\n${given.text}\n`,
      language,
    })
  }

  return {
    wholeTranscript,

    async transcript(doing, asked) {
      const { shopId, at } = doing
      const { shop, conversation, to } = asked
      if (await isOwnAddress(doing, conversation, to)) return wholeTranscript(doing, asked)
      const dayOn = new Date(at).toISOString().slice(0, 10)
      if (!(await insertMailing(doing, shopId, { addressHash: sha256(to), dayOn }))) return
      const { words, language } = wordsFor(conversation, shop)
      const link = await linkTo(doing, conversation)
      await mail.enqueue(doing, shopId, {
        kind: 'chat_transcript',
        to: { address: to },
        subject: words.transcript.subject(inLine(shop.name)),
        text: `${words.transcript.text}\n\n${words.open}\n${link}\n\n${words.note}\n`,
        language,
        isSecret: true,
      })
    },

    async answer(doing, { shop, conversation, text, name }) {
      if (conversation.email === null) return
      const { words, language } = wordsFor(conversation, shop)
      const link = await linkTo(doing, conversation)
      await mail.enqueue(doing, doing.shopId, {
        kind: 'chat_answer',
        to: { address: conversation.email },
        subject: words.answer.subject(inLine(shop.name)),
        text: `${inLine(name)}:\n\n${text}\n\n${words.open}\n${link}\n\n${words.note}\n`,
        language,
        isSecret: true,
      })
    },

    async code(handle, { shop, to, code, languages }) {
      const { words, language } = chatMailWords([...languages, ...shop.languages])
      await mail.enqueue(handle, shop.id, {
        kind: 'chat_code',
        to: { address: to },
        subject: words.code.subject(inLine(shop.name)),
        text: `${words.code.text}\n\n${code}\n\n${words.code.ends}\n\n${words.note}\n`,
        language,
        isSecret: true,
      })
    },

    async botTalk(doing, { shop, conversation }) {
      const { shopId, id, channelId, email, name } = conversation
      const channel = await findChannelRow(doing, shopId, channelId)
      if (channel === undefined || email === null) return
      const { words } = chatMailWords(shop.languages)
      const range = { after: 0, limit: MAX_TRANSCRIPT, side: 'visitor' } as const
      const rows = await listMessages(doing, shopId, id, range)
      const text = rows.flatMap((row) => lineOf(row, words.visitor, shop.timeZone)).join('\n')
      await form(doing, { shop, channel, form: { email, name: name ?? '', text } })
    },

    form,
  }
}

function inLine(text: string): string {
  return text.replaceAll(NOT_IN_A_LINE, ' ').trim()
}

function lineOf(row: MessageRow, visitor: string, timeZone: string): string[] {
  const said = row.text ?? row.fileName ?? row.body?.product?.name
  if (said === undefined || said === null) return []
  const at = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' })
  const who = row.author === 'visitor' ? visitor : inLine(row.authorName ?? '')
  return [`[${at.format(row.at)}] ${who}: ${said}`]
}
