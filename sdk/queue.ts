import type { Who } from './identity.ts'
import { asObject, asText, fromJson } from './json.ts'
import type { WireSession } from './session.ts'
import type { Storage } from './storage.ts'
import type { Outcome } from './types.ts'

/** One key a page that lives, so that two never write over each other. */
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
  readonly items: () => readonly QueueItem[]
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
  pageId: string,
  onOverflow: (item: QueueItem) => void,
): Queue {
  let items: QueueItem[] = []
  const key = QUEUE_KEY + pageId

  function bound() {
    while (items.length > MAX_ITEMS || bytesOf(items) > MAX_BYTES) {
      const oldest = items.shift()
      if (oldest) onOverflow(oldest)
    }
  }

  return {
    items: () => items,
    add: (item) => {
      items.push(item)
      bound()
    },
    adopt: (found) => {
      const known = new Set(items.map(({ id }) => id))
      items = [...found.filter(({ id }) => !known.has(id)), ...items]
      bound()
    },
    remove: (gone) => {
      items = items.filter((item) => !gone.includes(item))
    },
    save: () => {
      const kept = items.filter(({ who }) => who)
      const ofThisPage = { bornAt: undefined, isFlying: undefined, settle: undefined }
      if (kept.length)
        storage.write(
          key,
          kept.map((item) => ({ ...item, ...ofThisPage })),
        )
      else storage.remove(key)
    },
  }
}

export function bytesOf(items: readonly QueueItem[]): number {
  return items.reduce((sum, { bytes }) => sum + bytes, 0)
}

/** Events another page stored; what is not ours or half written is left out. */
export function readStoredItems(stored: unknown): QueueItem[] {
  const isOurs = (given: unknown): given is QueueItem => {
    const { json, who } = asObject(given) ?? {}
    return !!asObject(who) && !!asObject(fromJson(asText(json)))
  }
  return Array.isArray(stored) ? stored.filter(isOurs) : []
}
