import { io, type Socket } from 'socket.io-client'
import { LIVE_NAMESPACE, SOCKET_PATH } from '#protocol/names.ts'
import type { LivePerson } from '#protocol/people.ts'
import type {
  ConsoleServerEvents,
  LiveCounts,
  LiveEvent,
  LiveServerEvents,
  LiveStart,
} from '#protocol/sockets.ts'

export interface LiveListener {
  readonly onStart: (start: LiveStart) => void
  readonly onEvents: (events: readonly LiveEvent[]) => void
  readonly onCounts: (counts: LiveCounts) => void
  /** Who is on the shop now. */
  readonly onPeople: (people: readonly LivePerson[]) => void
  /** It comes back by itself. `restarting`: the server said that it goes. */
  readonly onLost: (why: 'lost' | 'restarting') => void
  /** There is no session, or it has ended; or its member may not see this shop's events. */
  readonly onRefused: (why: 'signed_out' | 'forbidden') => void
}

export interface LiveConnection {
  readonly retry: () => void
  readonly stop: () => void
}

const RETRY_MS = 3_000

/** Web sockets alone: any node can then serve any page. */
export function connectLive(listener: LiveListener, shopKey: string | undefined): LiveConnection {
  const socket: Socket<LiveServerEvents & ConsoleServerEvents> = io(LIVE_NAMESPACE, {
    path: SOCKET_PATH,
    transports: ['websocket'],
    ...(shopKey !== undefined && { auth: { shop: shopKey } }),
    reconnectionDelay: 500,
    reconnectionDelayMax: 5_000,
  })
  let isRestarting = false
  let retrying: ReturnType<typeof setTimeout> | undefined

  socket.on('connect', () => {
    isRestarting = false
  })
  socket.on('live:start', (start) => listener.onStart(start))
  socket.on('live:events', (events) => listener.onEvents(events))
  socket.on('live:counts', (counts) => listener.onCounts(counts))
  socket.on('live:people', (people) => listener.onPeople(people))
  socket.on('server:restarting', () => {
    isRestarting = true
  })
  socket.on('connect_error', ({ message }) => {
    if (message === 'sign_in') return listener.onRefused('signed_out')
    if (message === 'forbidden' || message === 'not_found') return listener.onRefused('forbidden')
    listener.onLost(isRestarting ? 'restarting' : 'lost')
    // The server answered with an error: socket.io leaves it to us to try again.
    if (!socket.active) retrying = setTimeout(() => socket.connect(), RETRY_MS)
  })
  socket.on('disconnect', (reason) => {
    if (reason === 'io client disconnect') return
    if (reason === 'io server disconnect') return listener.onRefused('signed_out')
    listener.onLost(isRestarting ? 'restarting' : 'lost')
  })

  return {
    retry() {
      socket.disconnect().connect()
    },
    stop() {
      clearTimeout(retrying)
      socket.disconnect()
    },
  }
}
