import type { z } from 'zod'
import { Refusal } from '../core/errors.ts'
import type { Answer, Call } from '../core/http.ts'
import type { Handler } from '../core/router.ts'
import { LinkSchema } from './descriptions.ts'
import { SESSION_LIFETIME_MS, type Account } from './service.ts'
import { sessionCookie } from './session-cookie.ts'

export { addMemberRoutes } from './member-routes.ts'
export { addOwnAccountRoutes } from './own-account-routes.ts'
export { sessionCookieName } from './session-cookie.ts'

export { addShopRoutes } from './management-routes.ts'
export { describedLink } from './descriptions.ts'

interface SpendLinkDeps {
  readonly account: Pick<Account, 'spendOneTimeLink'>
  readonly publicUrl: URL
}

const LINK_BYTES = 1_024

/** Spends a one-time link: a POST, so that nothing that merely looks at a link (a chat's preview) uses it up. */
export function spendLink({ account, publicUrl }: SpendLinkDeps): Handler<{ call: Call }> {
  return async ({ call }): Promise<Answer> => {
    const { token } = await readLink(call)
    const sessionToken = await account.spendOneTimeLink(token)
    const cookie = { token: sessionToken, lifetimeMs: SESSION_LIFETIME_MS }
    return { headers: { 'set-cookie': sessionCookie(publicUrl, cookie) } }
  }
}

async function readLink(call: Call): Promise<z.infer<typeof LinkSchema>> {
  const body = await call.readBody(LINK_BYTES)
  const link = LinkSchema.safeParse(parseJson(body.toString()))
  if (!link.success) throw new Refusal('bad_request', 'The link is incomplete: copy all of it')
  return link.data
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Not JSON: refused with what has the wrong shape.
    return undefined
  }
}
