import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

/** `bytes` random bytes as base64url: 16 give 22 characters, 32 give 43. */
export function randomToken(bytes: number): string {
  return randomBytes(bytes).toString('base64url')
}

/** What is kept of a secret: nobody who reads the database can use it. */
export function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

/** Compares without telling by its duration where two values differ. */
export function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && timingSafeEqual(one, other)
}
