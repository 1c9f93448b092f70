import { randomBytes } from 'node:crypto'
import type { Clock } from './clock.ts'
import { Refusal } from './errors.ts'

/** A bucket holds `burst` tokens when full and gains `perSecond` of them. */
export interface Bucket {
  readonly burst: number
  readonly perSecond: number
}

/** Requests allowed to one subject, by what the subject is. Addresses count per route. */
export interface Limits {
  readonly address: Bucket
  readonly key: Bucket
  readonly visitor: Bucket
  /** Attempts to spend a one-time link, by address. */
  readonly signIn: Bucket
}

/**
 * A tag sends at most every three seconds, and an office or a phone network shares one address:
 * these hold back floods, never shoppers.
 */
export const DEFAULT_LIMITS: Limits = {
  address: { burst: 600, perSecond: 100 },
  key: { burst: 20_000, perSecond: 5_000 },
  visitor: { burst: 60, perSecond: 5 },
  signIn: { burst: 10, perSecond: 0.1 },
}

export interface RateLimit {
  /** Takes `cost` tokens at once, or refuses with `too_many_requests` and the wait. */
  readonly take: (kind: keyof Limits, subject: string, cost?: number) => void
}

interface RateLimitDeps {
  readonly limits: Limits
  readonly now: Clock
  /** Rows of the table, four buckets each; a power of two. */
  readonly rows?: number
}

const WAYS = 4

/**
 * Token buckets in a table of fixed size (4 MB), however many subjects there are: a subject's hash names a row, and
 * when the row is full its longest unused bucket makes room. Whoever lost a bucket starts with a full one, so crowding
 * may let some through but never locks anyone out. The hash is seeded, so that nobody can aim at a row.
 */
export function createRateLimit({ limits, now, rows = 65_536 }: RateLimitDeps): RateLimit {
  const marks = new Uint32Array(rows * WAYS)
  const tokens = new Float32Array(rows * WAYS)
  const usedAt = new Float64Array(rows * WAYS)
  const seed = randomBytes(8)
  const seeds = [seed.readUInt32LE(0), seed.readUInt32LE(4)] as const

  /** Where the bucket of `mark` lies in the row from `first`, or else the place to put it. */
  function slotOf(first: number, mark: number): number {
    let oldest = first
    for (let slot = first; slot < first + WAYS; slot += 1) {
      if (marks[slot] === mark) return slot
      if ((usedAt[slot] ?? 0) < (usedAt[oldest] ?? 0)) oldest = slot
    }
    return oldest
  }

  return {
    take(kind, subject, cost = 1) {
      const { burst, perSecond } = limits[kind]
      const name = `${kind} ${subject}`
      // 0 marks an empty slot.
      const mark = hash(name, seeds[1]) || 1
      const slot = slotOf((hash(name, seeds[0]) & (rows - 1)) * WAYS, mark)
      const at = now()
      const isKnown = marks[slot] === mark
      const gained = ((at - (usedAt[slot] ?? 0)) / 1000) * perSecond
      const available = isKnown ? Math.min(burst, (tokens[slot] ?? 0) + Math.max(0, gained)) : burst
      const isGranted = available >= cost
      marks[slot] = mark
      usedAt[slot] = at
      tokens[slot] = isGranted ? available - cost : available
      if (isGranted) return
      const retryAfterSeconds = Math.max(1, Math.ceil((cost - available) / perSecond))
      throw new Refusal('too_many_requests', `Too many requests: wait ${retryAfterSeconds} s`, {
        retryAfterSeconds,
      })
    },
  }
}

/** MurmurHash3's mixing over UTF-16 units. */
function hash(text: string, seed: number): number {
  let mixed = seed
  for (let i = 0; i < text.length; i += 1) {
    mixed = Math.imul(mixed ^ text.charCodeAt(i), 0x5bd1e995)
    mixed ^= mixed >>> 15
  }
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return (mixed ^ (mixed >>> 16)) >>> 0
}
