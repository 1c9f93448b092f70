import type { IncomingMessage, Server as HttpServer } from 'node:http'
import { Server, type DefaultEventsMap, type ServerOptions, type Socket } from 'socket.io'
import type { Access, Permission, Role } from '#protocol/account.ts'
import { SOCKET_PATH, SOCKET_SHOP_PARAMETER } from '#protocol/names.ts'
import { addressGroup, clientAddress, type IsTrusted } from './client-address.ts'
import type { Clock } from './clock.ts'
import { Refusal } from './errors.ts'
import { cookieOf, type KeyHolder, type SessionHolder, type Shop } from './guards.ts'
import type { FindSession } from './member-guards.ts'
import type { Log } from './log.ts'
import { openSocket, type OpenSocket } from './open-socket.ts'
import { isListedOrigin } from './origins.ts'
import type { RateLimit } from './rate-limit.ts'
import { sha256 } from './tokens.ts'

type EventsMap = { [Name in string]: (...values: never[]) => void }

/** A socket of the console, whose session is known and still runs. */
export interface ConsoleSocket<Sent extends object> extends OpenSocket<Sent> {
  readonly session: SessionHolder
}

/** A page that wants to open a socket. */
export interface PageAsking {
  readonly shop: Shop
  /** What it says of itself; to be parsed. */
  readonly auth: unknown
  readonly address: string
}

/** Whoever is in a room of a namespace, at whichever node. */
export interface Rooms<Sent extends object> {
  readonly emit: <Name extends keyof Sent & string>(
    room: string | readonly string[],
    name: Name,
    value: FirstOf<Sent[Name]>,
  ) => void
  /** To those alone who are at this node. */
  readonly emitHere: <Name extends keyof Sent & string>(
    room: string,
    name: Name,
    value: FirstOf<Sent[Name]>,
  ) => void
  /** Lets go of everybody in a room. */
  readonly hangUp: (room: string) => void
  /** Whoever is in one room is, or is no more, in another. */
  readonly move: (
    room: string,
    to: { readonly into: readonly string[]; readonly from: readonly string[] },
  ) => void
}

/** The other nodes themselves, if there are any. */
export interface Nodes {
  /** It may be lost. */
  readonly tell: (name: string, value: object) => void
  /** What others told; to be parsed, for they may be somewhat newer or older. */
  readonly on: (name: string, listener: (value: unknown) => void) => void
}

type FirstOf<Send> = Send extends (value: infer Value) => void ? Value : never

export interface Sockets {
  /** Opens a namespace to whose roles let them read that; `welcome` is called for each that connects. */
  readonly addConsoleNamespace: <Sent extends object>(
    namespace: {
      readonly name: string
      readonly permission: Permission
      /** For those as well who may do so with what is their own. */
      readonly isForOwn?: true
      /** Pages have something to say there. */
      readonly talks?: true
    },
    welcome: (socket: ConsoleSocket<Sent>) => void,
  ) => Rooms<Sent>
  /** Opens a namespace to pages of shops; `admit` says who it is, or refuses. */
  readonly addPageNamespace: <Sent extends object, Who>(
    name: string,
    admit: (asking: PageAsking) => Promise<Who>,
    welcome: (socket: OpenSocket<Sent>, who: Who) => void,
  ) => Rooms<Sent>
  readonly nodes: Nodes
  /** Connections that are open, whatever they have joined. */
  readonly openCount: () => number
  /** Tells every page that the server goes, then hangs up in the way that makes clients come back by themselves. */
  readonly close: () => void
}

interface SocketsDeps {
  readonly server: HttpServer
  readonly publicUrl: URL
  readonly cookieName: string
  readonly rateLimit: RateLimit
  readonly isTrusted: IsTrusted
  readonly now: Clock
  readonly log: Pick<Log, 'error'>
  readonly findSession: FindSession
  readonly accessOf: (roles: readonly Role[], permission: Permission) => Access
  readonly findKeyHolder: (key: string) => Promise<KeyHolder | undefined>
  /** How often the other end is asked whether it is there, and how long it may take to say so. */
  readonly heartbeat?: Heartbeat
  /** What carries rooms to other nodes. */
  readonly adapter?: ServerOptions['adapter']
}

export interface Heartbeat {
  readonly everyMs: number
  readonly patienceMs: number
}

/** A frozen connection is noticed within 25 s. */
const HEARTBEAT: Heartbeat = { everyMs: 15_000, patienceMs: 10_000 }

type OurSocket = Socket<EventsMap, DefaultEventsMap, DefaultEventsMap, { session?: SessionHolder }>

const MAX_MESSAGE_BYTES = 65_536
/** Most only join their namespaces; somewhat newer pages may send more, and are not cut off for it. */
const MAX_MESSAGES = 20
/** What is a flood from who has something to say; what each may do, its own limit says before that. */
const FLOOD = { burst: 1_000, perSecond: 100 }
const ASK_AGAIN_EVERY_MS = 30_000
/** Node's longest. */
const MAX_TIMER_MS = 2_147_483_647
const MAY_READ: ReadonlySet<Access> = new Set(['read', 'edit'])
const MAY_READ_OWN: ReadonlySet<Access> = new Set(['own', 'read', 'edit'])
/** For who has opened a socket and joins nothing. */
const JOIN_WITHIN_MS = 10_000

export function createSockets(deps: SocketsDeps): Sockets {
  const { server, log } = deps
  /** Connections of which something has been joined where one talks. */
  const talking = new WeakSet<OurSocket['conn']>()
  /** Whose page asked, by its request. */
  const shops = new WeakMap<IncomingMessage, Shop>()
  const answerRequests = server.listeners('request')
  const io = new Server<EventsMap, DefaultEventsMap, DefaultEventsMap, OurSocket['data']>(server, {
    path: SOCKET_PATH,
    transports: ['websocket'],
    serveClient: false,
    maxHttpBufferSize: MAX_MESSAGE_BYTES,
    pingInterval: (deps.heartbeat ?? HEARTBEAT).everyMs,
    pingTimeout: (deps.heartbeat ?? HEARTBEAT).patienceMs,
    connectTimeout: JOIN_WITHIN_MS,
    ...(deps.adapter !== undefined && { adapter: deps.adapter }),
    allowRequest(request, decide) {
      mayOpen(deps, request, shops).then(
        (isAllowed) => decide(null, isAllowed),
        (error: unknown) => {
          log.error({ err: error }, 'A socket could not be looked at')
          decide(null, false)
        },
      )
    },
  })
  // socket.io opens this namespace by itself, to everyone.
  io.use((_, next) => next(new Error('not_found')))
  // Whether it has joined anything or not: asking to join costs us a query each time.
  io.engine.on('connection', (connection: OurSocket['conn']) => {
    hangUpOnFlood(connection, talking, deps.now)
  })
  // socket.io puts itself before the routes, for long polling. We have none, so those paths are the router's.
  server.removeAllListeners('request')
  for (const answer of answerRequests) server.on('request', (...args) => void answer(...args))

  const names: string[] = []

  function roomsOf<Sent extends object>(name: string): Rooms<Sent> {
    const namespace = io.of(name)
    return {
      emit: (room, event, value) => void namespace.to(listOf(room)).emit(event, value as never),
      emitHere: (room, event, value) => void namespace.local.to(room).emit(event, value as never),
      // Here first: Redis' adapter asks Redis even for this node's own, and Redis may be away.
      hangUp(room) {
        namespace.local.in(room).disconnectSockets(true)
        namespace.in(room).disconnectSockets(true)
      },
      move(room, { into, from }) {
        for (const where of [namespace.local, namespace]) {
          if (into.length > 0) where.in(room).socketsJoin(listOf(into))
          for (const one of from) where.in(room).socketsLeave(one)
        }
      },
    }
  }

  return {
    addPageNamespace<Sent extends object, Who>(
      name: string,
      admit: (asking: PageAsking) => Promise<Who>,
      welcome: (socket: OpenSocket<Sent>, who: Who) => void,
    ) {
      const namespace = io.of(name)
      names.push(name)
      const known = new WeakMap<OurSocket, { readonly who: Who }>()
      namespace.use(async (socket: OurSocket, next) => {
        const fault = await faultOf(deps, async () => {
          const { request, handshake } = socket
          const shop = shops.get(request)
          if (shop === undefined) return 'not_found'
          const address = addressOf(deps, request)
          known.set(socket, { who: await admit({ shop, auth: handshake.auth, address }) })
          return undefined
        })
        next(fault)
      })
      namespace.on('connection', (socket: OurSocket) => {
        const admitted = known.get(socket)
        talking.add(socket.conn)
        // Never so after `use`; the type can't know.
        if (admitted !== undefined) welcome(openSocket(socket, deps), admitted.who)
      })
      return roomsOf<Sent>(name)
    },
    addConsoleNamespace<Sent extends object>(
      { name, permission, isForOwn, talks }: Parameters<Sockets['addConsoleNamespace']>[0],
      welcome: (socket: ConsoleSocket<Sent>) => void,
    ) {
      const namespace = io.of(name)
      const needed = { permission, accesses: isForOwn === true ? MAY_READ_OWN : MAY_READ }
      names.push(name)
      namespace.use(async (socket: OurSocket, next) => {
        next(await refusalOf(deps, socket, needed))
      })
      namespace.on('connection', (socket: OurSocket) => {
        const { session } = socket.data
        // Never so after `use`; the type can't know.
        if (session === undefined) return
        if (talks === true) talking.add(socket.conn)
        endWithSession(deps, socket, needed)
        welcome({ ...openSocket<Sent>(socket, deps), session })
      })
      return roomsOf<Sent>(name)
    },
    nodes: {
      tell(name, value) {
        // One node alone has an adapter that can't.
        if (deps.adapter !== undefined) io.of('/').serverSideEmit(name, value as never)
      },
      on: (name, listener) => void io.of('/').on(name, listener),
    },
    openCount: () => io.engine.clientsCount,
    close() {
      for (const name of names) io.of(name).local.emit('server:restarting')
      // It holds a connection to the database, which would not close.
      for (const name of ['/', ...names]) void io.of(name).adapter.close()
      io.engine.close()
    },
  }
}

/** Before anything else is done for it. Counted apart from the routes, by address. */
async function mayOpen(
  deps: SocketsDeps,
  request: IncomingMessage,
  shops: WeakMap<IncomingMessage, Shop>,
): Promise<boolean> {
  try {
    deps.rateLimit.take('address', `${SOCKET_PATH} ${addressGroup(addressOf(deps, request))}`)
  } catch (error) {
    if (error instanceof Refusal) return false
    throw error
  }
  const { origin } = request.headers
  const key = new URL(request.url ?? '', deps.publicUrl).searchParams.get(SOCKET_SHOP_PARAMETER)
  // A page of another site could open a socket with our cookie: CORS does not hold back web sockets.
  if (key === null) return origin === deps.publicUrl.origin
  const holder = await deps.findKeyHolder(key)
  if (holder === undefined || holder.isVerified) return false
  const { shop } = holder
  shops.set(request, shop)
  if (origin === undefined || origin === deps.publicUrl.origin) return true
  return shop.origins.length === 0 || isListedOrigin(origin, shop.origins)
}

function addressOf({ isTrusted }: SocketsDeps, { headers, socket }: IncomingMessage): string {
  // As a text: Node joins this header's lines.
  const forwardedFor = headers['x-forwarded-for']?.toString()
  return clientAddress(socket.remoteAddress ?? '', forwardedFor, isTrusted)
}

function hangUpOnFlood(
  connection: OurSocket['conn'],
  talking: WeakSet<OurSocket['conn']>,
  now: Clock,
): void {
  let messages = 0
  let left = FLOOD.burst
  let countedAt = now()
  connection.on('message', () => {
    messages += 1
    const at = now()
    left = Math.min(FLOOD.burst, left + ((at - countedAt) / 1_000) * FLOOD.perSecond) - 1
    countedAt = at
    const isFlood = talking.has(connection) ? left < 0 : messages > MAX_MESSAGES
    if (isFlood) connection.close()
  })
}

function listOf(rooms: string | readonly string[]): string[] {
  return typeof rooms === 'string' ? [rooms] : [...rooms]
}

/** What somebody needs of their roles. */
interface Needed {
  readonly permission: Permission
  readonly accesses: ReadonlySet<Access>
}

/** What it says reaches the page as `connect_error`. */
async function faultOf(
  { log }: Pick<SocketsDeps, 'log'>,
  ask: () => Promise<string | undefined>,
): Promise<Error | undefined> {
  try {
    const fault = await ask()
    return fault === undefined ? undefined : new Error(fault)
  } catch (error) {
    if (error instanceof Refusal) return new Error(error.code)
    log.error({ err: error }, 'A socket could not be let in')
    return new Error('unavailable')
  }
}

/** Undefined: let in, with its session in the socket's own data. */
function refusalOf(
  deps: SocketsDeps,
  socket: OurSocket,
  needed: Needed,
): Promise<Error | undefined> {
  return faultOf(deps, async () => {
    // Its cookie came along, whoever's page it is: one of a shop's own never speaks for a member.
    if (socket.request.headers.origin !== deps.publicUrl.origin) return 'sign_in'
    const session = await sessionOf(deps, socket, needed)
    if (session === undefined) return 'sign_in'
    socket.data.session = session
    return undefined
  })
}

/** The session behind the socket's cookie, in the shop that its page named, if it may read what it asks for. */
async function sessionOf(
  { cookieName, findSession, accessOf }: SocketsDeps,
  { request, handshake }: OurSocket,
  { permission, accesses }: Needed,
): Promise<SessionHolder | undefined> {
  const token = cookieOf(request.headers.cookie, cookieName)
  if (token === undefined) return undefined
  const { shop } = handshake.auth
  const session = await findSession(sha256(token), typeof shop === 'string' ? shop : undefined)
  if (session === undefined) return undefined
  if (accesses.has(accessOf(session.roles, permission))) return session
  throw new Refusal('forbidden', 'Your roles in this shop do not allow this')
}

/** Signed out, another password, another role: whoever may no longer watch is cut off within half a minute. */
function endWithSession(deps: SocketsDeps, socket: OurSocket, needed: Needed): void {
  const asking = setInterval(() => {
    sessionOf(deps, socket, needed).then(
      (session) => {
        if (session === undefined) socket.disconnect(true)
      },
      // Nobody knows whether it still may: it comes back by itself once somebody does.
      () => socket.disconnect(true),
    )
  }, ASK_AGAIN_EVERY_MS)
  const left = (socket.data.session?.expiresAt ?? 0) - deps.now()
  const end = setTimeout(() => socket.disconnect(true), Math.min(left, MAX_TIMER_MS))
  socket.on('disconnect', () => {
    clearInterval(asking)
    clearTimeout(end)
  })
}
