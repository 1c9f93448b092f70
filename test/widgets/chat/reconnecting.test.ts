import { Manager } from 'socket.io-client'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { CHAT_RECONNECTING } from '#protocol/names.ts'

const BACK_WITHIN_MS = 3_000

afterEach(() => void vi.restoreAllMocks())

describe('a chat’s socket', () => {
  // From where chance makes waits shortest to where it makes them longest.
  it.each([0, 0.05, 0.15, 0.5, 0.85, 0.9999])(
    'waits so little that it is back within three seconds, whatever chance (%d) adds',
    (chance) => {
      vi.spyOn(Math, 'random').mockReturnValue(chance)
      const manager = new Manager('http://localhost', { autoConnect: false, ...CHAT_RECONNECTING })
      const { duration } = waitsOf(manager)
      const waits = Array.from({ length: 30 }, duration)
      // Begun just before the network came back: it hangs until it is given up, and the next wait follows.
      const worst = waits.map((wait) => CHAT_RECONNECTING.timeout + wait)

      expect(Math.max(...worst)).toBeLessThan(BACK_WITHIN_MS)
      // All who were cut at once do not come back at once.
      expect(Math.min(...waits)).toBeGreaterThan(100)
    },
  )
})

/** What socket.io waits next; it has no public word for it. */
function waitsOf(manager: Manager): { readonly duration: () => number } {
  const { backoff } = manager as unknown as { readonly backoff: { duration: () => number } }
  return { duration: () => backoff.duration() }
}
