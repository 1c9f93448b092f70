import type { Actor } from '../core/actor.ts'
import type { Shop } from '../core/guards.ts'

/** Somebody of the shop's, or its own server. */
export interface TeamMember {
  readonly shop: Shop
  /** Undefined: the shop's server, by a key; or whoever opened the console by a link of the server's. */
  readonly member: { readonly id: number; readonly name: string } | undefined
  /** Of their own channels alone. */
  readonly isOwnOnly: boolean
  /** Whom the audit log names. */
  readonly by: Actor
}
