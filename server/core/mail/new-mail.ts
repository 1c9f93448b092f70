import { randomBytes } from 'node:crypto'
import type { MailAddress } from '#protocol/mail.ts'
import { Refusal } from '../errors.ts'
import { wellFormed } from '../well-formed.ts'
import { headerText, requireAddress } from './addresses.ts'
import type { NewMailRow } from './store.ts'

/** A mail to be sent, one a reader. */
export interface NewMail {
  /** What it is for, in the outbox: `password_reset`. */
  readonly kind: string
  readonly to: MailAddress
  /** `MAIL_FROM`, unless said otherwise; whether the mail server lets others pass is its own affair. */
  readonly from?: MailAddress
  readonly replyTo?: string
  readonly subject: string
  readonly text: string
  /** The same as a page, for programs that show one; made by us, and its values escaped. */
  readonly html?: string
  /** BCP 47: of what it says. */
  readonly language?: string
  /** Ours, and signed: one POST to it must do (RFC 8058). */
  readonly unsubscribeUrl?: string
  /** It holds a link that opens something, so that the outbox shows not what it says. */
  readonly isSecret?: boolean
}

const MAX_NAME_CHARS = 200
const MAX_SUBJECT_CHARS = 500
/** Some mail programs cut what is longer. */
const MAX_BODY_CHARS = 500_000

/** As it is kept, or a refusal: nothing of it can become a header, or a command, of its own. */
export function newMailRow(
  mail: NewMail,
  { now, from: usual }: { readonly now: number; readonly from: MailAddress | undefined },
): NewMailRow {
  const { to, from, replyTo, text, html, language, unsubscribeUrl } = mail
  for (const body of [text, html ?? '']) {
    if (body.length > MAX_BODY_CHARS) throw new Refusal('bad_request', 'The mail is too long')
  }
  const sender = from === undefined ? undefined : requireAddress(from.address)
  return {
    kind: headerText('kind', mail.kind, MAX_NAME_CHARS),
    toAddress: requireAddress(to.address),
    toName: nameOf(to),
    fromAddress: sender ?? null,
    fromName: from === undefined ? null : nameOf(from),
    replyTo: replyTo === undefined ? null : requireAddress(replyTo),
    subject: wellFormed(headerText('subject', mail.subject, MAX_SUBJECT_CHARS)),
    text: wellFormed(text),
    html: html === undefined ? null : wellFormed(html),
    language: language === undefined ? null : languageOf(language),
    unsubscribeUrl: unsubscribeUrl === undefined ? null : webAddress(unsubscribeUrl),
    isSecret: mail.isSecret ?? false,
    messageId: messageIdAt(sender ?? usual?.address),
    createdAt: now,
  }
}

function nameOf({ name = '' }: MailAddress): string | null {
  return wellFormed(headerText('name', name, MAX_NAME_CHARS)) || null
}

function languageOf(tag: string): string {
  if (/^[a-z]{2,3}(?:-[a-z\d]{2,8}){0,3}$/i.test(tag)) return tag
  throw new Refusal('bad_request', 'language: a tag like es or pt-BR')
}

/** As the net spells it, hence without anything that could end the header. */
function webAddress(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  const isWeb = url?.protocol === 'https:' || url?.protocol === 'http:'
  if (url === undefined || !isWeb || /[<>\s]/.test(url.href)) {
    throw new Refusal('bad_request', 'unsubscribeUrl: a web address')
  }
  return url.href
}

function messageIdAt(address: string | undefined): string {
  const domain = address?.slice(address.lastIndexOf('@') + 1) ?? 'localhost'
  return `<${randomBytes(16).toString('hex')}@${domain}>`
}
