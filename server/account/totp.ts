import { createHmac } from 'node:crypto'
import { sameBytes } from '../core/tokens.ts'

/** Every authenticator knows these: SHA-1, six digits, 30 s. */
const STEP_MS = 30_000
const DIGITS = 6
/** Clocks differ, and typing takes its time: the code before and the one after count too. */
const WINDOW = 1
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** The number of the 30 s at whose time `code` is right; undefined where it is wrong now. RFC 6238. */
export function stepOf(secret: string, code: string, now: number): number | undefined {
  const current = Math.floor(now / STEP_MS)
  const steps = Array.from({ length: 2 * WINDOW + 1 }, (_, at) => current - WINDOW + at)
  // All are compared, so that the time it takes tells nothing.
  const right = steps.filter((step) => sameBytes(bytes(codeAt(secret, step)), bytes(code)))
  return right.at(-1)
}

/** The code of the 30 s numbered `step`. RFC 4226. */
export function codeAt(secret: string, step: number): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(step))
  const mac = createHmac('sha1', fromBase32(secret)).update(counter).digest()
  const offset = (mac.at(-1) ?? 0) & 0xf
  const number = mac.readUInt32BE(offset) & 0x7f_ff_ff_ff
  return String(number % 10 ** DIGITS).padStart(DIGITS, '0')
}

/** What authenticators scan. */
export function totpAddress(secret: string, email: string): string {
  const label = `Granplaza:${encodeURIComponent(email)}`
  return `otpauth://totp/${label}?secret=${secret}&issuer=Granplaza`
}

/** RFC 4648, without padding. */
export function toBase32(content: Uint8Array): string {
  const bits = Array.from(content, (byte) => byte.toString(2).padStart(8, '0')).join('')
  const groups = bits.match(/.{1,5}/g) ?? []
  return groups.map((group) => ALPHABET[Number.parseInt(group.padEnd(5, '0'), 2)]).join('')
}

function fromBase32(text: string): Buffer {
  const bits = Array.from(text, (letter) => ALPHABET.indexOf(letter).toString(2).padStart(5, '0'))
  const octets = bits.join('').match(/.{8}/g) ?? []
  return Buffer.from(octets.map((octet) => Number.parseInt(octet, 2)))
}

function bytes(text: string): Buffer {
  return Buffer.from(text)
}
