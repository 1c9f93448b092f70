import { createHash } from 'node:crypto'

const DOMAIN = 'granplaza: the visitor of a compatible client\n'

/**
 * Who an event is about, to others' clients: the browser's anonymous id, or, from a server that has none, the shop's
 * own id of the person. Undefined where there is neither. Who only has the public key says so of a visitor apart: what
 * the shop's own server knows of "42" is not for everybody to add to.
 */
export function visitorKeyOf(
  anonymousId: string | undefined,
  userId: string | undefined,
  isVerified: boolean,
): string | undefined {
  if (anonymousId !== undefined) return `anonymous:${anonymousId}`
  if (userId === undefined) return undefined
  return isVerified ? `user:${userId}` : `claimed:${userId}`
}

/**
 * The visitor's id. Anybody can guess "user:42", and these visitors have no token: so the id is a byte longer than
 * any that the native route takes, and nobody can claim it there and then read what the shop's server adds to it.
 */
export function publicIdOf(visitorKey: string): Buffer {
  const hash = createHash('sha256').update(DOMAIN).update(visitorKey).digest()
  return hash.subarray(0, 17)
}
