import type { Clock } from '../core/clock.ts'

export interface KeyCache<Value> {
  /** The value for `key`, at most five seconds old; callers who ask for the same one meanwhile share one look-up. */
  readonly get: (key: string) => Promise<Value | undefined>
  readonly clear: () => void
}

interface Entry<Value> {
  readonly value: Promise<Value | undefined>
  readonly expiresAt: number
}

const LIFETIME_MS = 5_000
/** Keys that exist number as many as shops; the bound is for made-up ones. */
const MAX_ENTRIES = 1_000

/** Spares each batch of events a query. Only keys that exist are kept. */
export function createKeyCache<Value>(
  find: (key: string) => Promise<Value | undefined>,
  now: Clock,
): KeyCache<Value> {
  const entries = new Map<string, Entry<Value>>()

  function add(key: string): Promise<Value | undefined> {
    const value = find(key)
    const entry = { value, expiresAt: now() + LIFETIME_MS }
    const forget = () => {
      if (entries.get(key) === entry) entries.delete(key)
    }
    entries.delete(key)
    entries.set(key, entry)
    value.then((found) => found ?? forget(), forget)
    const [oldest] = entries.keys()
    if (entries.size > MAX_ENTRIES && oldest !== undefined) entries.delete(oldest)
    return value
  }

  return {
    get(key) {
      const entry = entries.get(key)
      const leftMs = entry === undefined ? 0 : entry.expiresAt - now()
      // More is left than it ever had: the clock was set back, and a revoked key must not live until it has caught up.
      return entry !== undefined && leftMs > 0 && leftMs <= LIFETIME_MS ? entry.value : add(key)
    },
    clear: () => entries.clear(),
  }
}
