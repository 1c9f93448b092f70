import { z } from 'zod'
import {
  MAIL_STATES,
  type Mail as MailShown,
  type MailAddress,
  type MailCheck,
  type MailLanguage,
  type MailState,
  type MailStatus,
  type MailSummary,
} from '#protocol/mail.ts'
import type { Clock } from '../clock.ts'
import { Refusal } from '../errors.ts'
import type { JobKind, Jobs, Transaction } from '../jobs/jobs.ts'
import type { Page } from '../page.ts'
import type { Database } from '../../db/database.ts'
import { DELIVER, deliver, giveUp } from './deliver.ts'
import { newMailRow, type NewMail } from './new-mail.ts'
import type { MailSettings } from './settings.ts'
import { checkServer, MailFault } from './smtp.ts'
import {
  countMails,
  deleteOldMails,
  findMail,
  insertMail,
  listMails,
  moveMail,
  type MailRow,
} from './store.ts'
import { testMail } from './test-mail.ts'

export type { NewMail } from './new-mail.ts'

export interface Mail {
  /** Whether mails leave by themselves; else they stay in the outbox, for people to see. */
  readonly isConfigured: boolean
  /**
   * Puts a mail into the outbox in the caller's transaction; it leaves once that is committed. Returns its id.
   * Refuses (`bad_request`) addresses that are none, and line breaks in what becomes a header.
   */
  readonly enqueue: (
    transaction: Transaction,
    shopId: number | null,
    mail: NewMail,
  ) => Promise<string>
  readonly sendTest: (shopId: number, to: string, language: MailLanguage) => Promise<MailShown>
  /** The newest first. */
  readonly list: (
    shopId: number | null,
    page: Page & { readonly state?: MailState | undefined },
  ) => Promise<{ readonly items: readonly MailSummary[]; readonly nextCursor: string | null }>
  readonly find: (shopId: number | null, mailId: string) => Promise<MailShown>
  /** By hand, what failed, what is uncertain, or what waits for no one; refuses (`conflict`) what was sent. */
  readonly resend: (shopId: number | null, mailId: string) => Promise<MailShown>
  readonly status: (shopId: number | null) => Promise<MailStatus>
  /** Connects to the mail server and signs in. */
  readonly check: () => Promise<MailCheck>
}

interface MailDeps {
  readonly db: Database
  readonly jobs: Pick<Jobs, 'enqueue' | 'register' | 'schedule'>
  readonly now: Clock
  /** Undefined: no mail server is set. */
  readonly settings: MailSettings | undefined
}

const CHECK_MS = 15_000
const DAY_MS = 86_400_000
const KEPT_MS = 90 * DAY_MS
const TIDY_BATCH = 500
const TIDY: JobKind<Record<string, never>> = { name: 'mail.tidy', payload: z.strictObject({}) }

export function createMail({ db, jobs, now, settings }: MailDeps): Mail {
  if (settings !== undefined) {
    jobs.register(DELIVER, (run) => deliver({ db, now, settings }, run), giveUp)
  }
  jobs.register(TIDY, ({ signal }) => tidy(db, now() - KEPT_MS, signal))
  jobs.schedule(TIDY, { pattern: '23 3 * * *', timeZone: 'UTC' })

  async function enqueueDelivery(transaction: Transaction, shopId: number | null, id: number) {
    // Without a mail server nothing waits: what was never sent does not leave months later, once there is one.
    if (settings === undefined) return
    await jobs.enqueue(transaction, shopId, DELIVER, { payload: { mailId: id }, key: String(id) })
  }

  async function enqueue(transaction: Transaction, shopId: number | null, mail: NewMail) {
    const row = newMailRow(mail, { now: now(), from: settings?.from })
    const id = await insertMail(transaction, shopId, row)
    await enqueueDelivery(transaction, shopId, id)
    return String(id)
  }

  async function find(shopId: number | null, mailId: string): Promise<MailShown> {
    const row = await findMail(db, shopId, rowOf(mailId))
    if (row === undefined) throw new Refusal('not_found', 'There is no such mail')
    return shownOf(row)
  }

  return {
    isConfigured: settings !== undefined,
    enqueue,
    find,

    async sendTest(shopId, to, language) {
      const mail = { ...testMail(language), kind: 'test', to: { address: to }, language }
      const id = await db.transaction((sql) => enqueue({ sql, t: db.t }, shopId, mail))
      return find(shopId, id)
    },

    async list(shopId, { state, cursor, limit }) {
      const before = cursor === undefined ? undefined : rowOf(cursor)
      if (before === 0) throw new Refusal('bad_request', 'cursor: send the nextCursor of before')
      const rows = await listMails(db, shopId, { state, before, limit: limit + 1 })
      const items = rows.slice(0, limit).map(summaryOf)
      const last = items.at(-1)
      return { items, nextCursor: rows.length > limit && last ? last.id : null }
    },

    async resend(shopId, mailId) {
      if (settings === undefined) throw new Refusal('conflict', 'Set SMTP_URL and MAIL_FROM first')
      const id = rowOf(mailId)
      const isAgain = await db.transaction(async (sql) => {
        const transaction = { sql, t: db.t }
        const from: MailState[] = ['failed', 'uncertain', 'waiting']
        const moved = await moveMail(transaction, shopId, id, { from, state: 'waiting' })
        if (moved) await enqueueDelivery(transaction, shopId, id)
        return moved
      })
      const mail = await find(shopId, mailId)
      if (!isAgain) throw new Refusal('conflict', 'This mail was sent, or is just being sent')
      return mail
    },

    async status(shopId) {
      const counts = await countMails(db, shopId)
      if (settings === undefined) {
        return { isConfigured: false, server: null, from: null, dkim: null, counts }
      }
      const { host, port, isSecure, from, dkim } = settings
      return {
        isConfigured: true,
        server: { host, port, isSecure },
        from,
        dkim: dkim === undefined ? null : { domain: dkim.domain, selector: dkim.selector },
        counts,
      }
    },

    async check() {
      if (settings === undefined) {
        return { isReachable: false, problem: 'Set SMTP_URL and MAIL_FROM' }
      }
      try {
        await checkServer(settings, AbortSignal.timeout(CHECK_MS))
        return { isReachable: true, problem: '' }
      } catch (error) {
        if (error instanceof MailFault) return { isReachable: false, problem: error.message }
        throw error
      }
    },
  }
}

/** What is neither on its way nor in doubt goes after a season. */
async function tidy(db: Database, before: number, signal: AbortSignal): Promise<void> {
  const old = { states: MAIL_STATES.filter((it) => it !== 'sending'), before, limit: TIDY_BATCH }
  while (!signal.aborted && (await deleteOldMails(db, old)) > 0);
}

function rowOf(id: string): number {
  return /^[1-9]\d{0,14}$/.test(id) ? Number(id) : 0
}

function addressOf(address: string, name: string | null): MailAddress {
  return name === null ? { address } : { address, name }
}

function summaryOf(row: MailRow): MailSummary {
  const { state, kind, subject, attempts, lastError, createdAt, sentAt } = row
  const to = addressOf(row.toAddress, row.toName)
  return { id: String(row.id), state, kind, to, subject, attempts, lastError, createdAt, sentAt }
}

function shownOf(row: MailRow): MailShown {
  const { fromAddress, fromName, text, html, messageId, isSecret } = row
  return {
    ...summaryOf(row),
    from: fromAddress === null ? null : addressOf(fromAddress, fromName),
    text: isSecret ? null : text,
    html: isSecret ? null : html,
    messageId,
  }
}
