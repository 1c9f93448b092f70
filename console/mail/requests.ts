import { MAIL_CHECKS_PATH, MAIL_RESEND_PATH, MAIL_TESTS_PATH } from '#protocol/names.ts'
import type { Mail, MailCheck, MailLanguage } from '#protocol/mail.ts'
import { send, type Reply } from '../api.ts'
import { pathOf } from '../settings/path-of.ts'

/** May take a quarter of a minute. */
export function checkMailServer(): Promise<Reply<MailCheck>> {
  return send<MailCheck>(MAIL_CHECKS_PATH, {})
}

export interface TestMail {
  readonly to: string
  readonly language: MailLanguage
}

export function sendTestMail(test: TestMail): Promise<Reply<Mail>> {
  return send<Mail>(MAIL_TESTS_PATH, test)
}

export function resendMail(mailId: string): Promise<Reply<Mail>> {
  return send<Mail>(pathOf(MAIL_RESEND_PATH, { mailId }), {})
}
