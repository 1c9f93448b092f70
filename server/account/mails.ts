import { ACCOUNT_LINK_PAGE_PATH } from '#protocol/names.ts'
import { mailAddress } from '../core/mail/addresses.ts'
import type { Mail, NewMail } from '../core/mail/mail.ts'
import type { Database } from '../db/database.ts'
import { mailWords } from './mail-words.ts'
import type { AccountMail, SendMail } from './send-mail.ts'

interface AccountMailsDeps {
  readonly db: Database
  readonly mail: Pick<Mail, 'isConfigured' | 'enqueue'>
  readonly publicUrl: URL
}

/** Line breaks, and what turns the direction of the text that follows. */
const NOT_IN_A_LINE = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu

/** What sends members their links: by the outbox, once there is a mail server. */
export function createAccountMails({ db, mail, publicUrl }: AccountMailsDeps): SendMail {
  return async (accountMail) => {
    // Without a mail server nobody could read it: the outbox never shows what opens something.
    if (!mail.isConfigured || mailAddress(accountMail.to) === undefined) return false
    const shopId = accountMail.shop?.id ?? null
    const letter = letterOf(accountMail, publicUrl)
    await db.transaction((sql) => mail.enqueue({ sql, t: db.t }, shopId, letter))
    return true
  }
}

function letterOf({ kind, to, token, shop, languages }: AccountMail, publicUrl: URL): NewMail {
  const { subject, why, action, note, language } = mailWords(kind, languages)
  const shopName = (shop?.name ?? '').replaceAll(NOT_IN_A_LINE, ' ').trim()
  const link = `${publicUrl.origin}${ACCOUNT_LINK_PAGE_PATH}#${token}`
  const page = [
    `<p>${escaped(why(shopName))}</p>`,
    `<p><a href="${escaped(link)}">${escaped(action)}</a></p>`,
    `<p>${escaped(note)}</p>`,
  ]
  return {
    kind,
    to: { address: to },
    subject: subject(shopName),
    text: `${why(shopName)}\n\n${action}:\n${link}\n\n${note}\n`,
    html: `<!doctype html><html lang="${language}"><meta charset="utf-8"><body>${page.join('')}</body></html>`,
    language,
    isSecret: true,
  }
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
