import { createHash } from 'node:crypto'

/** 16 bytes: those of a UUID, else the first half of the SHA-256 of a foreign id. */
export function eventIdBytes(id: string): Buffer {
  return uuidBytes(id) ?? createHash('sha256').update(id).digest().subarray(0, 16)
}

const UUID_CHARS = 36
const DASH = 0x2d
const NO_DIGIT = 0xff
/** What each ASCII character is worth as a hexadecimal digit. */
const DIGITS = Uint8Array.from({ length: 128 }, (_, code) => {
  const char = String.fromCharCode(code)
  return /[\da-f]/i.test(char) ? Number.parseInt(char, 16) : NO_DIGIT
})

/** By hand, for it runs for every event: a pattern, a copy without dashes and a decoder take four times as long. */
function uuidBytes(id: string): Buffer | undefined {
  if (id.length !== UUID_CHARS) return undefined
  const bytes = Buffer.allocUnsafe(16)
  let from = 0
  for (let i = 0; i < bytes.length; i += 1) {
    if (from === 8 || from === 13 || from === 18 || from === 23) {
      if (id.charCodeAt(from) !== DASH) return undefined
      from += 1
    }
    const high = DIGITS[id.charCodeAt(from)] ?? NO_DIGIT
    const low = DIGITS[id.charCodeAt(from + 1)] ?? NO_DIGIT
    if (high === NO_DIGIT || low === NO_DIGIT) return undefined
    bytes[i] = high * 16 + low
    from += 2
  }
  return bytes
}
