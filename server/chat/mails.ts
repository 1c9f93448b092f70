import { CHAT_PAGE_PATH } from '#protocol/names.ts'
import type { OfflineForm } from '#protocol/chat.ts'
import type { Mail } from '../core/mail/mail.ts'
import type { Shop } from '../core/guards.ts'
import { randomToken, sha256 } from '../core/tokens.ts'
import type { ConversationRow } from './conversation-store.ts'
import { findChannelRow, type ChannelRow } from './channel-store.ts'
import type { Handle } from './log-store.ts'
import { chatMailWords, type WordsIn } from './mail-words.ts'
import { insertMailing, isOwnAddress } from './mailing-store.ts'
import type { Doing } from './say.ts'
import { idText } from './shown.ts'
import { insertToken } from './token-store.ts'
import { countTranscript } from './transcript-limits.ts'
import { inLine, transcriptText } from './transcript-text.ts'

/** What leaves the chat by mail. */
export interface ChatMails {
  /**
   * At a visitor's wish; refused (`too_many_requests`) where the conversation was mailed often enough today. An address that nobody has verified gets a fixed text with a link, once a day at most: nobody
   * can have words of their own sent to somebody else.
   */
  readonly transcript: (doing: Doing, asked: Asked) => Promise<void>
  /** At a member's wish, all of it; refused likewise. */
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

  async function mailAll(doing: Doing, { shop, conversation, to }: Asked) {
    const { words, language } = wordsFor(conversation, shop)
    const said = await transcriptText(doing, conversation, { words, shop })
    await mail.enqueue(doing, doing.shopId, {
      kind: 'chat_transcript',
      to: { address: to },
      subject: words.transcript.subject(inLine(shop.name)),
      text: `${words.transcript.text}\n\n${said}\n\n${words.note}\n`,
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
    async wholeTranscript(doing, asked) {
      const { conversation, to } = asked
      await countTranscript(doing, { by: 'team', conversationId: conversation.id, to })
      await mailAll(doing, asked)
    },

    async transcript(doing, asked) {
      const { shopId, at } = doing
      const { shop, conversation, to } = asked
      await countTranscript(doing, { by: 'visitor', conversationId: conversation.id, to })
      if (await isOwnAddress(doing, conversation, to)) return mailAll(doing, asked)
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
      const { shopId, channelId, email, name } = conversation
      const channel = await findChannelRow(doing, shopId, channelId)
      if (channel === undefined || email === null) return
      const { words } = chatMailWords(shop.languages)
      const text = await transcriptText(doing, conversation, { words, shop })
      await form(doing, { shop, channel, form: { email, name: name ?? '', text } })
    },

    form,
  }
}
