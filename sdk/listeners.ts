import type { Answer } from './answer.ts'
import type { Log } from './log.ts'
import type { GpEvents } from './types.ts'

/** What only parts of the tag hear of each other. */
interface TagEvents extends GpEvents {
  /** For who has just begun to listen. */
  now: undefined
  /** The name of an event that waits to be sent. */
  recorded: string
  /** The server has told what to show. */
  answered: Answer
}

/** The page's ears on the tag. */
export interface Listeners {
  /** False where there is nothing to call. */
  on: (name: unknown, hear: unknown, isOnce?: unknown) => false | undefined
  off: (name: unknown, hear: unknown) => void
  emit: <E extends keyof TagEvents>(name: E, told?: TagEvents[E]) => void
}

export function createListeners({ complain }: Log): Listeners {
  let ears: { name: unknown; hear: (told: unknown) => unknown; isOnce: boolean }[] = []

  return {
    on: (name, hear, isOnce) => {
      if (typeof hear !== 'function') return false
      ears.push({ name, hear: hear as (told: unknown) => unknown, isOnce: isOnce === true })
      return undefined
    },
    off: (name, hear) => {
      ears = ears.filter((ear) => ear.name !== name || ear.hear !== hear)
    },
    emit: (name, told) => {
      const called = ears.filter((ear) => ear.name === name)
      ears = ears.filter((ear) => !ear.isOnce || ear.name !== name)
      for (const { hear } of called) {
        try {
          hear(told)
        } catch {
          void complain('listener_failed', name) // the page's own fault, which must not stop ours
        }
      }
    },
  }
}
