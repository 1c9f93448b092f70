import type { Browser } from './browser.ts'
import { attempt } from './log.ts'
import { QUEUE_KEY, readStoredItems, type QueueItem } from './queue.ts'
import { PREFIX, type Storage } from './storage.ts'

export interface Orphans {
  /** Tells other pages that ours is alive, until `leave`. */
  enter: () => void
  /** A held lock keeps a page out of the back/forward cache, so it is let go on hide. */
  leave: () => void
  /** Takes over what pages that are gone have left unsent; `take` stores it before theirs is deleted. */
  adopt: (take: (items: QueueItem[]) => void) => Promise<void>
  /** Runs `act` while no other page does, or at once where the browser has no locks. */
  alone: (name: string, act: () => void) => Promise<void>
}

export function createOrphans(browser: Browser, storage: Storage, pageId: string): Orphans {
  const locks = attempt(() => browser.window.navigator.locks)
  const own = QUEUE_KEY + pageId
  let release: (() => void) | undefined

  /** Denied locks (a sandboxed frame) are like none: the server knows an event sent twice by its id. */
  async function alone(name: string, act: () => void, options: LockOptions = {}) {
    if (!locks) return act()
    await locks.request(PREFIX + name, options, (lock) => lock && act()).catch(act)
  }

  return {
    alone,
    enter: () => {
      const held = () =>
        new Promise<void>((resolve) => {
          release = resolve
        })
      if (!release) locks?.request(PREFIX + own, held).catch(() => undefined)
    },
    leave: () => {
      release?.()
      release = undefined
    },
    adopt: async (take) => {
      for (const key of storage.keys()) {
        if (!key.startsWith(QUEUE_KEY) || key === own) continue
        const move = () => {
          take(readStoredItems(storage.read(key)))
          storage.remove(key)
        }
        await alone(key, move, { ifAvailable: true })
      }
    },
  }
}
