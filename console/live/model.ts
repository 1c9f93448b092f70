import { batch, computed, signal, type ReadonlySignal } from '@preact/signals'
import type { OwnShop } from '#protocol/account.ts'
import type { LivePerson } from '#protocol/people.ts'
import type { LiveCounts, LiveEvent } from '#protocol/sockets.ts'
import type { FoundShop } from '../account/find-shop.ts'
import type { LinkOutcome } from '../account/requests.ts'
import type { LiveConnection, LiveListener } from './connection.ts'
import { eventKey } from './event-key.ts'

/**
 * `link_spent`, `signed_out` and `forbidden` end it: only a new link, signing in or another role helps. `choosing`: it
 * is not said which of the member's shops. `failed`: never connected so far; `reconnecting`, `restarting`: what is
 * shown may be old.
 */
export type Phase =
  | 'opening'
  | 'connecting'
  | 'live'
  | 'reconnecting'
  | 'restarting'
  | 'failed'
  | 'choosing'
  | 'link_spent'
  | 'signed_out'
  | 'forbidden'

export interface LiveModel {
  readonly phase: ReadonlySignal<Phase>
  readonly shopName: ReadonlySignal<string>
  /** The member's; none: a one-time link opened this, which belongs to nobody. */
  readonly shops: ReadonlySignal<readonly OwnShop[] | undefined>
  readonly counts: ReadonlySignal<LiveCounts>
  /** Who is on the shop now: whoever came last first, so that nobody changes places. Undefined: not told yet. */
  readonly people: ReadonlySignal<readonly LivePerson[] | undefined>
  /** The shop lists no origin yet. */
  readonly acceptsAnyOrigin: ReadonlySignal<boolean>
  /** At most 500, newest first; stands still while paused. */
  readonly events: ReadonlySignal<readonly LiveEvent[]>
  /** Those whose name has the filter's text. */
  readonly shown: ReadonlySignal<readonly LiveEvent[]>
  readonly isPaused: ReadonlySignal<boolean>
  /** How many came since the pause. */
  readonly waiting: ReadonlySignal<number>
  readonly filter: ReadonlySignal<string>
  /** The row that the keyboard is on; see `eventKey`. */
  readonly selectedKey: ReadonlySignal<string | undefined>
  readonly openKeys: ReadonlySignal<ReadonlySet<string>>
  /** How many came since the last summary: read out every ten seconds, not row by row. */
  readonly arrived: ReadonlySignal<number>
  readonly now: ReadonlySignal<number>

  readonly open: () => Promise<void>
  readonly retry: () => void
  readonly pause: () => void
  readonly resume: () => void
  readonly filterBy: (text: string) => void
  readonly select: (key: string) => void
  readonly toggle: (key: string) => void
  readonly stop: () => void
}

interface LiveModelDeps {
  /** From the address, if it had one. */
  readonly linkToken: string | undefined
  readonly now: () => number
  /** What an event is called in the reader's language. */
  readonly nameOf: (event: LiveEvent) => string
  readonly spendLink: (token: string) => Promise<LinkOutcome>
  readonly findShop: () => Promise<FoundShop>
  /** Without a key for who came by a one-time link. */
  readonly connect: (listener: LiveListener, shopKey: string | undefined) => LiveConnection
  /** Runs `act` again and again; returns `stop`. */
  readonly every: (milliseconds: number, act: () => void) => () => void
}

const MAX_EVENTS = 500
const SUMMARY_MS = 10_000
const CLOCK_MS = 5_000

export function createLiveModel(deps: LiveModelDeps): LiveModel {
  const phase = signal<Phase>('opening')
  const shopName = signal('')
  const shops = signal<readonly OwnShop[] | undefined>(undefined)
  const acceptsAnyOrigin = signal(false)
  const counts = signal<LiveCounts>({ storedToday: 0, leftOut: {}, onNow: 0, experiences: [] })
  const people = signal<readonly LivePerson[] | undefined>(undefined)
  const events = signal<readonly LiveEvent[]>([])
  const held = signal<readonly LiveEvent[]>([])
  const waiting = signal(0)
  const isPaused = signal(false)
  const filter = signal('')
  const selectedKey = signal<string | undefined>(undefined)
  const openKeys = signal<ReadonlySet<string>>(new Set())
  const arrived = signal(0)
  const now = signal(deps.now())
  const shown = computed(() => {
    const wanted = filter.value.trim().toLowerCase()
    if (wanted === '') return events.value
    return events.value.filter((event) => deps.nameOf(event).toLowerCase().includes(wanted))
  })

  let connection: LiveConnection | undefined
  let isOpening = false
  let isLinkSpent = false
  let hasStarted = false
  let unread = 0
  const stops: (() => void)[] = []

  const listener: LiveListener = {
    onStart(start) {
      batch(() => {
        phase.value = 'live'
        shopName.value = start.shopName
        counts.value = start.counts
        acceptsAnyOrigin.value = start.acceptsAnyOrigin
        receive(start.events)
      })
      hasStarted = true
    },
    onEvents: (fresh) => batch(() => receive(fresh)),
    onCounts(fresh) {
      counts.value = fresh
    },
    onPeople(fresh) {
      now.value = deps.now()
      people.value = fresh.toSorted(
        (a, b) => b.startedAt - a.startedAt || (a.id < b.id ? -1 : Number(a.id > b.id)),
      )
    },
    onLost(why) {
      phase.value = !hasStarted ? 'failed' : why === 'restarting' ? 'restarting' : 'reconnecting'
    },
    onRefused(why) {
      if (why === 'forbidden') phase.value = 'forbidden'
      else phase.value = isLinkSpent ? 'link_spent' : 'signed_out'
    },
  }

  /** Events may come twice, by the start after a reconnection: those known are left out. */
  function receive(incoming: readonly LiveEvent[]): void {
    const known = new Set([...events.value, ...held.value].map(eventKey))
    const fresh = incoming.filter((event) => !known.has(eventKey(event)))
    if (fresh.length === 0) return
    now.value = deps.now()
    unread += hasStarted ? fresh.length : 0
    if (isPaused.value) {
      held.value = [...fresh, ...held.value].slice(0, MAX_EVENTS)
      waiting.value += fresh.length
    } else {
      events.value = [...fresh, ...events.value].slice(0, MAX_EVENTS)
    }
  }

  function connect(shopKey: string | undefined): void {
    phase.value = 'connecting'
    connection = deps.connect(listener, shopKey)
  }

  async function open(): Promise<void> {
    if (isOpening) return
    isOpening = true
    const outcome = deps.linkToken === undefined ? undefined : await deps.spendLink(deps.linkToken)
    // A link that was just opened knows its shop; else the cookie of an earlier visit may do.
    const found: FoundShop = outcome === 'opened' ? { kind: 'unnamed' } : await deps.findShop()
    isOpening = false
    isLinkSpent = outcome === 'spent'
    if (outcome === 'failed' || found.kind === 'failed') {
      phase.value = 'failed'
      return
    }
    if (found.kind !== 'unnamed') shops.value = found.shops
    if (found.kind === 'choose') phase.value = 'choosing'
    else connect(found.kind === 'one' ? found.key : undefined)
  }

  stops.push(
    deps.every(CLOCK_MS, () => {
      now.value = deps.now()
      if (phase.value === 'failed' && connection === undefined) void open()
    }),
    deps.every(SUMMARY_MS, () => {
      arrived.value = unread
      unread = 0
    }),
  )

  return {
    phase,
    shopName,
    shops,
    counts,
    people,
    acceptsAnyOrigin,
    events,
    shown,
    isPaused,
    waiting,
    filter,
    selectedKey,
    openKeys,
    arrived,
    now,
    open,
    retry() {
      if (connection !== undefined) connection.retry()
      else void open()
    },
    pause() {
      isPaused.value = true
    },
    resume() {
      batch(() => {
        isPaused.value = false
        events.value = [...held.value, ...events.value].slice(0, MAX_EVENTS)
        held.value = []
        waiting.value = 0
      })
    },
    filterBy(text) {
      filter.value = text
    },
    select(key) {
      selectedKey.value = key
    },
    toggle(key) {
      const open = new Set(openKeys.value)
      if (!open.delete(key)) open.add(key)
      openKeys.value = open
    },
    stop() {
      for (const end of stops) end()
      connection?.stop()
    },
  }
}
