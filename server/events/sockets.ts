import { LIVE_NAMESPACE } from '#protocol/names.ts'
import type { LivePerson } from '#protocol/people.ts'
import type { LiveCounts, LiveEvent, LiveExperience, LiveServerEvents } from '#protocol/sockets.ts'
import type { Bus } from '../core/bus.ts'
import type { Log } from '../core/log.ts'
import type { ConsoleSocket, Sockets } from '../core/sockets.ts'
import { liveEventOf, type Events, type EventsFacts } from './service.ts'

interface LiveViewDeps {
  readonly sockets: Sockets
  readonly bus: Pick<Bus<EventsFacts>, 'on'>
  readonly events: Pick<Events, 'newestEvents' | 'storedToday' | 'leftOutToday'>
  readonly log: Pick<Log, 'warn'>
  readonly countOnNow: (shopId: number) => Promise<number>
  /** Whom a later slice knows to be on the shop now. */
  readonly peopleOnNow: (shopId: number) => Promise<LivePerson[]>
  /** What a later slice has to tell of today. */
  readonly experiencesToday: (shopId: number) => Promise<LiveExperience[]>
}

/** The pages of one shop that are watching, and what they have not been told yet. */
interface Watch {
  readonly sockets: Set<ConsoleSocket<LiveServerEvents>>
  waiting: LiveEvent[]
  hasNewCounts: boolean
  hasNewPeople: boolean
}

/** Often enough to feel live; a page redraws this often at most, however much comes in. */
const EVENTS_EVERY_MS = 250
const COUNTS_EVERY_MS = 1_000
/** A hundred people are looked up: no more often than anybody can follow. */
const PEOPLE_EVERY_MS = 2_000
/** Visitors leave without saying so: their count is looked up anew even when nothing happens. */
const ON_NOW_EVERY_MS = 30_000
const SHOWN_AT_FIRST = 100
/** Under a flood a page gets the newest; the counts tell the rest. */
const MAX_WAITING = 100

/** Shows what arrives to the live pages of its shop. Costs nothing while nobody watches. Returns `stop`. */
export function addLiveView(deps: LiveViewDeps): () => void {
  const { sockets, bus, events, log, countOnNow, experiencesToday, peopleOnNow } = deps
  const watches = new Map<number, Watch>()

  async function countsOf(shopId: number): Promise<LiveCounts> {
    const [storedToday, leftOut, onNow, experiences] = await Promise.all([
      events.storedToday(shopId),
      events.leftOutToday(shopId),
      countOnNow(shopId),
      experiencesToday(shopId),
    ])
    return { storedToday, leftOut, onNow, experiences }
  }

  async function start(socket: ConsoleSocket<LiveServerEvents>): Promise<void> {
    const { shop } = socket.session
    const counts = await countsOf(shop.id)
    const newest = await events.newestEvents(shop.id, SHOWN_AT_FIRST)
    socket.emit('live:start', {
      shopName: shop.name,
      events: newest,
      counts,
      acceptsAnyOrigin: shop.origins.length === 0,
    })
    socket.emit('live:people', await peopleOnNow(shop.id))
  }

  function watch(socket: ConsoleSocket<LiveServerEvents>): void {
    const shopId = socket.session.shop.id
    const known = watches.get(shopId) ?? {
      sockets: new Set(),
      waiting: [],
      hasNewCounts: false,
      hasNewPeople: false,
    }
    known.sockets.add(socket)
    watches.set(shopId, known)
    socket.onGone(() => {
      known.sockets.delete(socket)
      if (known.sockets.size === 0) watches.delete(shopId)
    })
    // The page tells events that come both ways apart by their ids.
    start(socket).catch(reportFailure)
  }

  function sendEvents(): void {
    for (const { sockets: pages, waiting } of watches.values()) {
      if (waiting.length === 0) continue
      for (const page of pages) page.emit('live:events', [...waiting])
      waiting.length = 0
    }
  }

  async function sendCounts(shopId: number, { sockets: pages }: Watch): Promise<void> {
    const counts = await countsOf(shopId)
    for (const page of pages) page.emit('live:counts', counts)
  }

  function sendAllCounts(isDue: (watched: Watch) => boolean): void {
    for (const [shopId, watched] of watches) {
      if (!isDue(watched)) continue
      watched.hasNewCounts = false
      sendCounts(shopId, watched).catch(reportFailure)
    }
  }

  async function sendPeople(shopId: number, { sockets: pages }: Watch): Promise<void> {
    const people = await peopleOnNow(shopId)
    for (const page of pages) page.emit('live:people', people)
  }

  function sendAllPeople(isDue: (watched: Watch) => boolean): void {
    for (const [shopId, watched] of watches) {
      if (!isDue(watched)) continue
      watched.hasNewPeople = false
      sendPeople(shopId, watched).catch(reportFailure)
    }
  }

  /** The next round tries again by itself. */
  function reportFailure(error: unknown): void {
    log.warn({ err: error }, 'The live view could not be refreshed')
  }

  const namespace = { name: LIVE_NAMESPACE, permission: 'events' } as const
  sockets.addConsoleNamespace<LiveServerEvents>(namespace, watch)
  const timers = [
    setInterval(sendEvents, EVENTS_EVERY_MS),
    setInterval(() => sendAllCounts(({ hasNewCounts }) => hasNewCounts), COUNTS_EVERY_MS),
    setInterval(() => sendAllCounts(() => true), ON_NOW_EVERY_MS),
    setInterval(() => sendAllPeople(({ hasNewPeople }) => hasNewPeople), PEOPLE_EVERY_MS),
    setInterval(() => sendAllPeople(() => true), ON_NOW_EVERY_MS),
  ]
  const stops = [
    bus.on('event.stored', ({ shopId, events: stored }) => {
      const watched = watches.get(shopId)
      if (watched === undefined) return
      const newest = stored.slice(-MAX_WAITING).map(liveEventOf).toReversed()
      watched.waiting = [...newest, ...watched.waiting].slice(0, MAX_WAITING)
      watched.hasNewCounts = true
      watched.hasNewPeople = true
    }),
    bus.on('event.left_out', ({ shopId }) => {
      const watched = watches.get(shopId)
      if (watched !== undefined) watched.hasNewCounts = true
    }),
  ]

  return () => {
    for (const timer of timers) clearInterval(timer)
    for (const stop of stops) stop()
  }
}
