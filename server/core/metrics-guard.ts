import { addressGroup } from './client-address.ts'
import { Refusal } from './errors.ts'
import { bearerOf, type Guard } from './guards.ts'
import type { Call } from './http.ts'
import type { RateLimit } from './rate-limit.ts'
import { sameBytes, sha256 } from './tokens.ts'

/** For whoever watches the server: METRICS_TOKEN as `Authorization: Bearer`. Wrong ones are counted by address. */
export function createMetricsGuard(
  token: string,
  rateLimit: Pick<RateLimit, 'take'>,
): Guard<{ readonly call: Call }> {
  const expected = sha256(token)
  return {
    principal: 'anyone',
    admit(call) {
      const given = bearerOf(call)
      if (given !== undefined && sameBytes(sha256(given), expected)) return { request: { call } }
      rateLimit.take('signIn', `metrics ${addressGroup(call.address)}`)
      throw new Refusal('unknown_key', 'Send METRICS_TOKEN as Authorization: Bearer')
    },
  }
}
