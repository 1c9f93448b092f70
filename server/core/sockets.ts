import type { Server as HttpServer } from 'node:http'
import { Server, type DefaultEventsMap, type Socket } from 'socket.io'
import { SOCKET_PATH } from '#protocol/names.ts'
import type { Clock } from './clock.ts'
import { cookieOf, type SessionHolder } from './guards.ts'
import type { Log } from './log.ts'
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
  /** Opens a namespace to who has a console session; `welcome` is called for each that connects. */
  readonly addConsoleNamespace: <Sent extends object>(
    name: string,
    welcome: (socket: ConsoleSocket<Sent>) => void,
  ) => void
  /** Tells every page that the server goes, then hangs up in the way that makes clients come back by themselves. */
  readonly close: () => void
}

interface SocketsDeps {
  readonly server: HttpServer
  readonly publicUrl: URL
  readonly cookieName: string
  readonly now: Clock
  readonly log: Pick<Log, 'error'>
  readonly findSession: (tokenHash: Buffer) => Promise<SessionHolder | undefined>
}

type OurSocket = Socket<EventsMap, DefaultEventsMap, DefaultEventsMap, { session?: SessionHolder }>

const MAX_MESSAGE_BYTES = 65_536
/** The console sends nothing yet; somewhat newer pages may, and are not cut off for it. */
const MAX_UNKNOWN_MESSAGES = 20

export function createSockets(deps: SocketsDeps): Sockets {
  const { server, publicUrl, now } = deps
  const answerRequests = server.listeners('request')
  const io = new Server<EventsMap, DefaultEventsMap, DefaultEventsMap, OurSocket['data']>(server, {
    path: SOCKET_PATH,
    transports: ['websocket'],
    serveClient: false,
    maxHttpBufferSize: MAX_MESSAGE_BYTES,
    // A frozen connection is noticed within 25 s.
    pingInterval: 15_000,
    pingTimeout: 10_000,
    // A page of another site could open a socket with our cookie: CORS does not hold back web sockets.
    allowRequest: (request, decide) => decide(null, request.headers.origin === publicUrl.origin),
  })
  // socket.io puts itself before the routes, for long polling. We have none, so those paths are the router's.
  server.removeAllListeners('request')
  for (const answer of answerRequests) server.on('request', (...args) => void answer(...args))

  const names: string[] = []

  return {
    addConsoleNamespace(name, welcome) {
      const namespace = io.of(name)
      names.push(name)
      namespace.use(async (socket: OurSocket, next) => {
        next(await refusalOf(deps, socket))
      })
      namespace.on('connection', (socket: OurSocket) => {
        const { session } = socket.data
        // Never so after `use`; the type can't know.
        if (session === undefined) return
        endWithSession(socket, session.expiresAt - now())
        welcome(consoleSocket(socket, session))
      })
    },
    close() {
      for (const name of names) io.of(name).emit('server:restarting')
      io.engine.close()
    },
  }
}

/** Undefined: let in, with its session in the socket's own data. What it says reaches the page as `connect_error`. */
async function refusalOf(
  { cookieName, findSession, log }: SocketsDeps,
  socket: OurSocket,
): Promise<Error | undefined> {
  const token = cookieOf(socket.request.headers.cookie, cookieName)
  if (token === undefined) return new Error('sign_in')
  try {
    const session = await findSession(sha256(token))
    if (session === undefined) return new Error('sign_in')
    socket.data.session = session
    return undefined
  } catch (error) {
    log.error({ err: error }, 'A socket could not be let in')
    return new Error('unavailable')
  }
}

function endWithSession(socket: OurSocket, afterMs: number): void {
  const end = setTimeout(() => socket.disconnect(true), afterMs)
  socket.on('disconnect', () => clearTimeout(end))
  let unknown = 0
  socket.onAny(() => {
    unknown += 1
    if (unknown > MAX_UNKNOWN_MESSAGES) socket.disconnect(true)
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
