import { MAX_DEPTH, MAX_KEYS, MAX_KEY_CHARS, MAX_STRING_CHARS } from '#protocol/names.ts'
import { Refusal } from '../core/errors.ts'

/** What one pass over the bytes tells, before anything is parsed. */
interface Shape {
  /** How deep braces and brackets are nested. */
  readonly depth: number
  /** Something may break a bound or must be taken out, so that the parsed values need a walk (`tidy.ts`). */
  readonly isSuspicious: boolean
}

/** Levels that the envelope takes around an event. */
const ENVELOPE_DEPTH = 2
/** An event that is nested too deep is dropped alone; this far no page's mistake goes. */
const HOPELESS_DEPTH = 8 * MAX_DEPTH

const QUOTE = 0x22
const BACKSLASH = 0x5c
const COLON = 0x3a
const COMMA = 0x2c
const OPEN_BRACKET = 0x5b
const CLOSE_BRACKET = 0x5d
const OPEN_BRACE = 0x7b
const CLOSE_BRACE = 0x7d
const LETTER_U = 0x75

const POISON = /"(?:__proto__|constructor|prototype)"/

/**
 * Measures the JSON in `bytes` without recursion and without parsing it; says nothing of its syntax. Counts in bytes,
 * of which no character has less than one: what stays within the bounds here is within them.
 */
function scanShape(bytes: Uint8Array): Shape {
  const members = new Uint16Array(HOPELESS_DEPTH + 2)
  let depth = 0
  let deepest = 0
  let isSuspicious = false
  let i = 0
  while (i < bytes.length) {
    const byte = bytes[i]
    if (byte === QUOTE) {
      const start = i + 1
      i = start
      while (i < bytes.length && bytes[i] !== QUOTE) {
        if (bytes[i] === BACKSLASH) {
          i++
          // What an escape stands for is known only when parsed: a NUL, half of a pair, part of a poisonous key.
          if (bytes[i] === LETTER_U) isSuspicious = true
        }
        i++
      }
      const length = i - start
      if (length > MAX_STRING_CHARS) isSuspicious = true
      if (length > MAX_KEY_CHARS && isKey(bytes, i)) isSuspicious = true
    } else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
      depth++
      if (depth > deepest) deepest = depth
      if (depth > HOPELESS_DEPTH) break
      members[depth] = 0
    } else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
      if (depth > 0) depth--
    } else if (byte === COMMA) {
      const count = (members[depth] ?? 0) + 1
      members[depth] = count
      if (count >= MAX_KEYS) isSuspicious = true
    }
    i++
  }
  return {
    depth: deepest,
    isSuspicious: isSuspicious || deepest > MAX_DEPTH + ENVELOPE_DEPTH,
  }
}

interface Parsed {
  readonly value: unknown
  readonly isSuspicious: boolean
}

/** The JSON in `bytes`, or a refusal when it is none or nested beyond hope. */
export function parseBounded(bytes: Buffer): Parsed {
  const { depth, isSuspicious } = scanShape(bytes)
  if (depth > HOPELESS_DEPTH) {
    throw new Refusal('bad_request', `The body is nested deeper than ${HOPELESS_DEPTH} levels`)
  }
  try {
    const text = bytes.toString('utf8')
    return { value: JSON.parse(text), isSuspicious: isSuspicious || POISON.test(text) }
  } catch {
    throw new Refusal('bad_request', 'The body is not JSON')
  }
}

/** Whether the string that ended at `quote` is followed by a colon. */
function isKey(bytes: Uint8Array, quote: number): boolean {
  let i = quote + 1
  // Space, tab, line feed, carriage return.
  while (bytes[i] === 0x20 || bytes[i] === 0x09 || bytes[i] === 0x0a || bytes[i] === 0x0d) i++
  return bytes[i] === COLON
}
