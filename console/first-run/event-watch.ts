import { batch, computed, signal, type ReadonlySignal } from '@preact/signals'
import type { StoredEventAnswer } from '#protocol/visitors.ts'
import type { Reply } from '../api.ts'

export interface EventWatch {
  /** The newest of the shop's own pages; from then on nothing more is asked. */
  readonly arrived: ReadonlySignal<StoredEventAnswer | undefined>
  /** There are events, but of the demo shop on this server alone. */
  readonly isDemoOnly: ReadonlySignal<boolean>
  /** A minute has passed without any: likely reasons are told. */
  readonly isLong: ReadonlySignal<boolean>
  /** The server was asked once: whether there are any is known, unless it did not say. */
  readonly hasAsked: ReadonlySignal<boolean>
  /** Asks at once, and then again and again while the page is seen; returns `stop`. */
  readonly start: () => () => void
}

interface EventWatchDeps {
  /** The newest events of the shop. */
  readonly readEvents: () => Promise<Reply<{ readonly items: readonly StoredEventAnswer[] }>>
  readonly every: (milliseconds: number, act: () => void) => () => void
  readonly now: () => number
  /** Nobody looks at a hidden tab. */
  readonly isSeen: () => boolean
  /** This server's: what came from there came from its demo shop. */
  readonly ownOrigin: string
}

const EVERY_MS = 2_000
const LONG_MS = 60_000

/** Waits for the first event of a shop. */
export function createEventWatch(deps: EventWatchDeps): EventWatch {
  const arrived = signal<StoredEventAnswer | undefined>(undefined)
  const demoCount = signal(0)
  const waitedMs = signal(0)
  const hasAsked = signal(false)
  let isAsking = false

  async function ask(): Promise<void> {
    if (isAsking || arrived.value !== undefined || !deps.isSeen()) return
    isAsking = true
    const reply = await deps.readEvents()
    isAsking = false
    batch(() => {
      hasAsked.value = true
      if (reply.refusal !== undefined) return
      const { items } = reply.value
      arrived.value = items.find(({ url }) => !isFrom(deps.ownOrigin, url))
      demoCount.value = items.length
    })
  }

  return {
    arrived,
    isDemoOnly: computed(() => arrived.value === undefined && demoCount.value > 0),
    isLong: computed(() => arrived.value === undefined && waitedMs.value >= LONG_MS),
    hasAsked,

    start() {
      const startedAt = deps.now()
      void ask()
      return deps.every(EVERY_MS, () => {
        waitedMs.value = deps.now() - startedAt
        void ask()
      })
    },
  }
}

function isFrom(origin: string, url: string): boolean {
  return url === origin || url.startsWith(`${origin}/`)
}
