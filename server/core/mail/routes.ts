import { MAIL_STATES, TestMailSchema, type MailState } from '#protocol/mail.ts'
import {
  MAIL_CHECKS_PATH,
  MAIL_PATH,
  MAIL_RESEND_PATH,
  MAIL_STATUS_PATH,
  MAIL_TESTS_PATH,
  MAILS_PATH,
  MAX_BODY_BYTES,
} from '#protocol/names.ts'
import { Refusal } from '../errors.ts'
import type { Call } from '../http.ts'
import { readJsonBody } from '../json-body.ts'
import { pageOf } from '../page.ts'
import type { Router } from '../router.ts'
import type { SecretKeyGuard } from '../secret-key-guard.ts'
import type { Mail } from './mail.ts'

interface MailRoutesDeps {
  readonly secretKey: SecretKeyGuard
  readonly mail: Mail
}

/** The management API of the outbox. Mails of the installation itself are nobody's to read here. */
export function addMailRoutes(router: Router, { secretKey, mail }: MailRoutesDeps): void {
  const read = secretKey('mail:read')
  const write = secretKey('mail:write')
  router.get(MAIL_STATUS_PATH, read, async ({ shop }) => ({ json: await mail.status(shop.id) }))
  // `POST /api/v1/mail/checks` → `{ isReachable, problem }`, after connecting and signing in.
  router.post(MAIL_CHECKS_PATH, write, async () => ({ json: await mail.check() }))
  // `POST /api/v1/mail/tests` with `{ to, language? }` → the mail, which is on its way.
  router.post(MAIL_TESTS_PATH, write, async ({ shop, call }) => {
    const { to, language } = await readJsonBody(call, TestMailSchema, MAX_BODY_BYTES)
    return { status: 202, json: await mail.sendTest(shop.id, to, language) }
  })
  // `GET /api/v1/mail/messages?state=uncertain&limit=&cursor=` → `{ items, nextCursor? }`, the newest first.
  router.get(MAILS_PATH, read, async ({ shop, call }) => ({
    json: await mail.list(shop.id, { ...pageOf(call), ...stateOf(call) }),
  }))
  router.get(MAIL_PATH, read, async ({ shop, call }) => ({
    json: await mail.find(shop.id, call.param('mailId') ?? ''),
  }))
  router.post(MAIL_RESEND_PATH, write, async ({ shop, call }) => ({
    status: 202,
    json: await mail.resend(shop.id, call.param('mailId') ?? ''),
  }))
}

function stateOf(call: Call): { readonly state?: MailState } {
  const asked = call.query('state')
  if (asked === undefined) return {}
  const state = MAIL_STATES.find((known) => known === asked)
  if (state === undefined) throw new Refusal('bad_request', `state: ${MAIL_STATES.join(', ')}`)
  return { state }
}
