import type { Actor } from './actor.ts'
import { addressGroup, truncatedAddress } from './client-address.ts'
import { Refusal } from './errors.ts'
import { bearerOf, type Guard, type GuardsDeps, type Shop } from './guards.ts'
import type { Call } from './http.ts'

/** A request of a shop's own server. */
export interface SecretKeyCall {
  readonly call: Call
  readonly shop: Shop
  /** Whom the audit log names for what the request changes. */
  readonly by: Actor
  /** What the key may do. */
  readonly scopes: readonly string[]
}

/** For the management API: a secret key with this scope, as `Authorization: Bearer`. */
export type SecretKeyGuard = (scope: string) => Guard<SecretKeyCall>

/** No page is let in: answers have no CORS headers, and a public key opens nothing. */
export function createSecretKeyGuard({
  rateLimit,
  findKeyHolder,
}: Pick<GuardsDeps, 'rateLimit' | 'findKeyHolder'>): SecretKeyGuard {
  return (scope) => ({
    principal: 'secret_key',
    scope,
    async admit(call) {
      rateLimit.take('address', `api ${addressGroup(call.address)}`)
      const key = bearerOf(call)
      const holder = key === undefined ? undefined : await findKeyHolder(key)
      if (holder === undefined) {
        throw new Refusal('unknown_key', 'Send a secret key as Authorization: Bearer sec_…')
      }
      // Beside the events' own count: whoever reads much must not keep the shop's pages from sending.
      rateLimit.take('key', `api ${holder.shop.publicKey}`)
      if (!holder.isVerified) {
        throw new Refusal('forbidden', 'A public key opens nothing here: make a secret one')
      }
      if (!holder.scopes.includes(scope)) {
        throw new Refusal('forbidden', `This key lacks the scope ${scope}: make one that has it`)
      }
      const { shop, scopes, ending } = holder
      const by = { kind: 'key', name: ending, address: truncatedAddress(call.address) } as const
      return { request: { call, shop, scopes, by } }
    },
  })
}
