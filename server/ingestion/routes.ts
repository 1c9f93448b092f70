import type { KeyCall } from '../core/guards.ts'
import type { Answer } from '../core/http.ts'
import type { Envelope } from './envelope.ts'
import type { Ingestion } from './service.ts'

export { describedIngestion } from './descriptions.ts'
export { EVENTS_KEY_RULES } from './envelope.ts'
export { addPageRoutes } from './page-routes.ts'
export { addCompatibleRoutes } from './compatible/routes.ts'

/** `POST /v1/events`. */
export function postEvents(
  ingestion: Pick<Ingestion, 'answer'>,
): (request: KeyCall<Envelope>) => Promise<Answer> {
  return async ({ shop, isVerified, call, body, isFromKnownPage }) => {
    const envelope = isFromKnownPage ? body : withoutCookieVisitor(body)
    const { answer, setCookie } = await ingestion.answer(envelope, {
      shop,
      isVerified,
      userAgent: call.header('user-agent') ?? '',
      cookie: call.header('cookie'),
      address: isVerified ? undefined : call.address,
    })
    return setCookie === undefined
      ? { json: answer }
      : { json: answer, headers: { 'set-cookie': setCookie } }
  }
}

/** A form on any site could otherwise have a visitor's cookie replaced, for forms need not read our answer. */
function withoutCookieVisitor(envelope: Envelope): Envelope {
  const { visitor } = envelope
  return visitor !== null && 'cookie' in visitor ? { ...envelope, visitor: null } : envelope
}
