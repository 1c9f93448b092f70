import { z } from 'zod'

/** `uncertain`: the connection or the server ended after the message was handed over; never sent again by itself. */
export const MAIL_STATES = ['waiting', 'sending', 'sent', 'failed', 'uncertain'] as const
export type MailState = (typeof MAIL_STATES)[number]

export const MAIL_LANGUAGES = ['en', 'es'] as const
export type MailLanguage = (typeof MAIL_LANGUAGES)[number]

export const MAX_ADDRESS_CHARS = 254

export const TestMailSchema = z.strictObject({
  to: z.string().trim().min(3).max(MAX_ADDRESS_CHARS),
  language: z.enum(MAIL_LANGUAGES).default('en'),
})

export interface MailAddress {
  readonly address: string
  readonly name?: string
}

/** A mail of the outbox, as it is listed. */
export interface MailSummary {
  readonly id: string
  readonly state: MailState
  /** What it is for: `test`. */
  readonly kind: string
  readonly to: MailAddress
  readonly subject: string
  readonly attempts: number
  /** What the mail server said, or why there was no word of it. */
  readonly lastError: string | null
  readonly createdAt: number
  readonly sentAt: number | null
}

/** The same with what it says; neither, where it holds a link that opens something. */
export interface Mail extends MailSummary {
  /** Null: of the installation's `MAIL_FROM`. */
  readonly from: MailAddress | null
  readonly text: string | null
  readonly html: string | null
  readonly messageId: string
}

export interface MailStatus {
  /** False: no mail server is set, and mails stay in the outbox. */
  readonly isConfigured: boolean
  readonly server: {
    readonly host: string
    readonly port: number
    readonly isSecure: boolean
  } | null
  readonly from: MailAddress | null
  readonly dkim: { readonly domain: string; readonly selector: string } | null
  /** How many of the shop's are in each state. */
  readonly counts: Readonly<Record<MailState, number>>
}

/** What came of asking the mail server. */
export interface MailCheck {
  readonly isReachable: boolean
  /** A sentence for people; empty where all is well. */
  readonly problem: string
}
