import type { Who } from './identity.ts'
import type { WireSession } from './session.ts'
import type { Storage } from './storage.ts'
import type { Outcome } from './types.ts'

/** With an id behind it one key for each page that lives, so that two never write over each other. */
export const QUEUE_KEY = 'q:'
const MAX_ITEMS = 1_000
const MAX_BYTES = 512_000

export interface QueueItem {
  readonly id: string
  /** For people. */
  readonly name: string
  /** The event as it goes over the wire, but for `seq` and `ageMs`. */
  readonly json: string
  readonly bytes: number
  readonly at: number
  readonly url: string
  /** Monotonic; absent where another page made the event, whose clock began elsewhere. */
  readonly bornAt?: number | undefined
  /** The person an `identify` names. */
  readonly userId?: string | undefined
  /** Undefined until consent decides or the first attempt to send does; null: without identity, for good. */
  who?: Who | null
  session?: WireSession
  seq?: number
  isFlying?: boolean | undefined
  readonly settle?: ((outcome: Outcome) => void) | undefined
}

export interface Queue {
  readonly queued: () => readonly QueueItem[]
  add: (item: QueueItem) => void
  /** Events of pages that are gone, in front of ours. */
  adopt: (found: readonly QueueItem[]) => void
  remove: (gone: readonly QueueItem[]) => void
  /** Writes down what has an identity; without consent it must not be called. */
  save: () => void
}

/** `onOverflow`: the oldest went, for lack of room. */
export function createQueue(
  storage: Storage,
  key: string,
  onOverflow: (items: QueueItem[]) => void,
): Queue {
  let items: QueueItem[] = []

  function keep(all: QueueItem[]) {
    items = all
    while (items.length > MAX_ITEMS || bytesOf(items) > MAX_BYTES) onOverflow(items.splice(0, 1))
  }

  return {
    queued: () => items,
    add: (item) => keep([...items, item]),
    adopt: (found) => keep([...found, ...items]),
    remove: (gone) => {
      items = items.filter((item) => !gone.includes(item))
    },
    save: () => {
      const ofThisPage = { bornAt: undefined, isFlying: undefined, settle: undefined }
      const kept = items.flatMap((item) => (item.who ? [{ ...item, ...ofThisPage }] : []))
      storage.write(key, kept.length ? kept : undefined)
    },
  }
}

export function bytesOf(items: readonly QueueItem[]): number {
  return items.reduce((sum, { bytes }) => sum + bytes, 0)
}
