import { TestMailSchema } from '#protocol/mail.ts'
import {
  MAIL_CHECKS_PATH,
  MAIL_PATH,
  MAIL_RESEND_PATH,
  MAIL_STATUS_PATH,
  MAIL_TESTS_PATH,
  MAILS_PATH,
  MAX_BODY_BYTES,
} from '#protocol/names.ts'
import { readJsonBody } from '../json-body.ts'
import { readQuery } from '../query.ts'
import type { Handler, Router } from '../router.ts'
import type { SecretKeyCall, SecretKeyGuard } from '../secret-key-guard.ts'
import { describedMail as told, mailsQuery } from './descriptions.ts'
import type { Mail } from './mail.ts'

interface MailRoutesDeps {
  readonly secretKey: SecretKeyGuard
  readonly mail: Mail
}

/** The management API of the outbox. Mails of the installation itself are nobody's to read here. */
export function addMailRoutes(router: Router, { secretKey, mail }: MailRoutesDeps): void {
  const read = secretKey('mail:read')
  const write = secretKey('mail:write')
  router.get(MAIL_STATUS_PATH, read, readStatus(mail), told.status)
  router.post(MAIL_CHECKS_PATH, write, checkServer(mail), told.check)
  router.post(MAIL_TESTS_PATH, write, sendTest(mail), told.sendTest)
  router.get(MAILS_PATH, read, listMails(mail), told.list)
  router.get(MAIL_PATH, read, readMail(mail), told.read)
  router.post(MAIL_RESEND_PATH, write, resendMail(mail), told.resend)
}

function readStatus(mail: Mail): Handler<SecretKeyCall> {
  return async ({ shop }) => ({ json: await mail.status(shop.id) })
}

function checkServer(mail: Mail): Handler<SecretKeyCall> {
  return async () => ({ json: await mail.check() })
}

function sendTest(mail: Mail): Handler<SecretKeyCall> {
  return async ({ shop, call }) => {
    const { to, language } = await readJsonBody(call, TestMailSchema, MAX_BODY_BYTES)
    return { json: await mail.sendTest(shop.id, to, language) }
  }
}

function listMails(mail: Mail): Handler<SecretKeyCall> {
  return async ({ shop, call }) => ({
    json: await mail.list(shop.id, readQuery(call, mailsQuery)),
  })
}

function readMail(mail: Mail): Handler<SecretKeyCall> {
  return async ({ shop, call }) => ({
    json: await mail.find(shop.id, call.param('mailId') ?? ''),
  })
}

function resendMail(mail: Mail): Handler<SecretKeyCall> {
  return async ({ shop, call }) => ({
    json: await mail.resend(shop.id, call.param('mailId') ?? ''),
  })
}
