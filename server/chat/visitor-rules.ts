import type { z } from 'zod'
import { MAX_CHAT_BODY_BYTES } from '#protocol/names.ts'
import type { KeyCall, KeyRules } from '../core/guards.ts'
import { parseJsonBody } from '../core/json-body.ts'
import type { RateLimit } from '../core/rate-limit.ts'
import { sha256 } from '../core/tokens.ts'

export interface Keyed {
  readonly key: string
  readonly token?: string
  readonly visitor?: { readonly token: string } | null
}

export function rulesOf<Schema extends z.ZodType<Keyed>>(
  schema: Schema,
): KeyRules<z.output<Schema>> {
  return {
    limitBytes: MAX_CHAT_BODY_BYTES,
    scope: 'events:write',
    parse(bytes) {
      const body = parseJsonBody(bytes, schema)
      return { key: body.key, body, ...countedBy(body) }
    },
  }
}

/** Requests are counted by who holds the token; the token itself is never a name for anything. */
function countedBy({ token: own, visitor }: Keyed): { readonly visitorId?: string } {
  const token = own ?? visitor?.token
  return token === undefined ? {} : { visitorId: `chat ${sha256(token).toString('base64url')}` }
}

/** Tokens of a visitor’s bucket. */
const COSTLY = 5

/** Each begins a conversation, mails, or both: an address that goes on and on is no shopper’s. */
export function costlyBy(rateLimit: RateLimit) {
  return ({ shop, call }: Pick<KeyCall<unknown>, 'shop' | 'call'>): void => {
    rateLimit.take('visitor', `chat ${shop.id} ${call.address}`, COSTLY)
  }
}
