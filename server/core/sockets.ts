import type { IncomingMessage, Server as HttpServer } from 'node:http'
import { Server, type DefaultEventsMap, type Socket } from 'socket.io'
import type { Access, Permission, Role } from '#protocol/account.ts'
import { SOCKET_PATH } from '#protocol/names.ts'
import { addressGroup, clientAddress, type IsTrusted } from './client-address.ts'
import type { Clock } from './clock.ts'
import { Refusal } from './errors.ts'
import { cookieOf, type SessionHolder } from './guards.ts'
import type { FindSession } from './member-guards.ts'
import type { Log } from './log.ts'
import type { RateLimit } from './rate-limit.ts'
import { sha256 } from './tokens.ts'

type EventsMap = { [Name in string]: (...values: never[]) => void }

/** A socket of the console, whose session is known and still runs. */
export interface ConsoleSocket<Sent extends object> {
  readonly session: SessionHolder
  readonly emit: <Name extends keyof Sent & string>(name: Name, value: FirstOf<Sent[Name]>) => void
  /** Runs `stop` when the socket has gone, at once if it already has. */
  readonly onGone: (stop: () => void) => void
}

type FirstOf<Send> = Send extends (value: infer Value) => void ? Value : never

export interface Sockets {
  /** Opens a namespace to whose roles let them read that; `welcome` is called for each that connects. */
  readonly addConsoleNamespace: <Sent extends object>(
    namespace: { readonly name: string; readonly permission: Permission },
    welcome: (socket: ConsoleSocket<Sent>) => void,
  ) => void
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
}

type OurSocket = Socket<EventsMap, DefaultEventsMap, DefaultEventsMap, { session?: SessionHolder }>

const MAX_MESSAGE_BYTES = 65_536
/** The console only joins its namespaces; somewhat newer pages may send more, and are not cut off for it. */
const MAX_MESSAGES = 20
const ASK_AGAIN_EVERY_MS = 30_000
/** Node's longest. */
const MAX_TIMER_MS = 2_147_483_647
const MAY_READ: ReadonlySet<Access> = new Set(['read', 'edit'])
/** For who has opened a socket and joins nothing. */
const JOIN_WITHIN_MS = 10_000

export function createSockets(deps: SocketsDeps): Sockets {
  const { server } = deps
  const answerRequests = server.listeners('request')
  const io = new Server<EventsMap, DefaultEventsMap, DefaultEventsMap, OurSocket['data']>(server, {
    path: SOCKET_PATH,
    transports: ['websocket'],
    serveClient: false,
    maxHttpBufferSize: MAX_MESSAGE_BYTES,
    // A frozen connection is noticed within 25 s.
    pingInterval: 15_000,
    pingTimeout: 10_000,
    connectTimeout: JOIN_WITHIN_MS,
    allowRequest: (request, decide) => decide(null, mayOpen(deps, request)),
  })
  // socket.io opens this namespace by itself, to everyone.
  io.use((_, next) => next(new Error('not_found')))
  // Whether it has joined anything or not: asking to join costs us a query each time.
  io.engine.on('connection', hangUpOnFlood)
  // socket.io puts itself before the routes, for long polling. We have none, so those paths are the router's.
  server.removeAllListeners('request')
  for (const answer of answerRequests) server.on('request', (...args) => void answer(...args))

  const names: string[] = []

  return {
    addConsoleNamespace({ name, permission }, welcome) {
      const namespace = io.of(name)
      names.push(name)
      namespace.use(async (socket: OurSocket, next) => {
        next(await refusalOf(deps, socket, permission))
      })
      namespace.on('connection', (socket: OurSocket) => {
        const { session } = socket.data
        // Never so after `use`; the type can't know.
        if (session === undefined) return
        endWithSession(deps, socket, permission)
        welcome(consoleSocket(socket, session))
      })
    },
    openCount: () => io.engine.clientsCount,
    close() {
      for (const name of names) io.of(name).emit('server:restarting')
      io.engine.close()
    },
  }
}

/** Before anything else is done for it. Counted apart from the routes, by address. */
function mayOpen(
  { publicUrl, rateLimit, isTrusted }: SocketsDeps,
  { headers, socket }: IncomingMessage,
): boolean {
  // A page of another site could open a socket with our cookie: CORS does not hold back web sockets.
  if (headers.origin !== publicUrl.origin) return false
  // As a text: Node joins this header's lines.
  const forwardedFor = headers['x-forwarded-for']?.toString()
  const address = clientAddress(socket.remoteAddress ?? '', forwardedFor, isTrusted)
  try {
    rateLimit.take('address', `${SOCKET_PATH} ${addressGroup(address)}`)
    return true
  } catch (error) {
    if (error instanceof Refusal) return false
    throw error
  }
}

function hangUpOnFlood(connection: OurSocket['conn']): void {
  let messages = 0
  connection.on('message', () => {
    messages += 1
    if (messages > MAX_MESSAGES) connection.close()
  })
}

/** Undefined: let in, with its session in the socket's own data. What it says reaches the page as `connect_error`. */
async function refusalOf(
  deps: SocketsDeps,
  socket: OurSocket,
  permission: Permission,
): Promise<Error | undefined> {
  try {
    const session = await sessionOf(deps, socket, permission)
    if (session === undefined) return new Error('sign_in')
    socket.data.session = session
    return undefined
  } catch (error) {
    if (error instanceof Refusal) return new Error(error.code)
    deps.log.error({ err: error }, 'A socket could not be let in')
    return new Error('unavailable')
  }
}

/** The session behind the socket's cookie, in the shop that its page named, if it may read what it asks for. */
async function sessionOf(
  { cookieName, findSession, accessOf }: SocketsDeps,
  { request, handshake }: OurSocket,
  permission: Permission,
): Promise<SessionHolder | undefined> {
  const token = cookieOf(request.headers.cookie, cookieName)
  if (token === undefined) return undefined
  const { shop } = handshake.auth
  const session = await findSession(sha256(token), typeof shop === 'string' ? shop : undefined)
  if (session === undefined) return undefined
  if (MAY_READ.has(accessOf(session.roles, permission))) return session
  throw new Refusal('forbidden', 'Your roles in this shop do not allow this')
}

/** Signed out, another password, another role: whoever may no longer watch is cut off within half a minute. */
function endWithSession(deps: SocketsDeps, socket: OurSocket, permission: Permission): void {
  const asking = setInterval(() => {
    sessionOf(deps, socket, permission).then(
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

function consoleSocket<Sent extends object>(
  socket: OurSocket,
  session: SessionHolder,
): ConsoleSocket<Sent> {
  return {
    session,
    emit: (name, value) => void socket.emit(name, value),
    onGone(stop) {
      if (socket.disconnected) stop()
      else socket.on('disconnect', stop)
    },
  }
}
