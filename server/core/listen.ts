import { getRequestListener } from '@hono/node-server'
import { createServer, IncomingMessage, type RequestListener, type Server } from 'node:http'
import type { Socket } from 'node:net'
import { Refusal, StartError } from './errors.ts'
import { ANY_ORIGIN_HEADERS } from './headers.ts'
import { refusalAnswer, responseOf } from './http.ts'
import type { Router } from './router.ts'
import { answerClientError } from './slow-body.ts'

type Headers = Readonly<Record<string, string>>

export interface Listening {
  readonly server: Server
  /** The one taken, which matters when 0 was asked for. */
  readonly port: number
  /** From now on requests reach the routes; before, they are told to come back. */
  readonly open: (router: Router, headers: Headers) => void
  /** Takes no new work, lets requests finish for `patienceMs`, then cuts what is left. */
  readonly drain: (patienceMs: number) => Promise<void>
}

const SECOND = 1000
const SWEEP_EVERY_MS = 50

const refuse: RequestListener = (_, response) => {
  const answer = refusalAnswer(
    new Refusal('unavailable', 'The server is starting or stopping', { retryAfterSeconds: 2 }),
  )
  // For the tag on a shop's page: without these it can't read the wait.
  const headers = { ...answer.headers, ...ANY_ORIGIN_HEADERS, connection: 'close' }
  response
    .writeHead(answer.status ?? 503, { ...headers, 'content-type': 'application/json' })
    .end(JSON.stringify(answer.json))
}

/** Binds the port first of all, so that a taken one is known before anything else is touched. */
export async function listen(port: number, host: string): Promise<Listening> {
  let listener = refuse
  const server = createServer(
    {
      requestTimeout: 15 * SECOND,
      headersTimeout: 10 * SECOND,
      // Above the 60 s for which load balancers commonly keep an idle connection.
      keepAliveTimeout: 65 * SECOND,
      // Node looks at the first two only this often.
      connectionsCheckingInterval: SECOND,
    },
    (request, response) => listener(request, response),
  )
  server.on('clientError', answerClientError)
  const connections = new Set<Socket>()
  server.on('connection', (socket) => {
    connections.add(socket)
    socket.once('close', () => connections.delete(socket))
  })
  await bind(server, port, host)

  return {
    server,
    port: portOf(server),
    open(router, headers) {
      // Reached by malformed addresses and Host headers only: the router answers its own errors.
      const broken = refusalAnswer(new Refusal('bad_request', 'The address is malformed'))
      const onRequest = getRequestListener(
        (request, { incoming }) =>
          router.fetch(request, incoming instanceof IncomingMessage ? { incoming } : {}),
        { errorHandler: () => responseOf(broken, headers) },
      )
      listener = (request, response) => void onRequest(request, response)
    },
    async drain(patienceMs) {
      listener = refuse
      // Node's own list lacks web sockets, whose other end may not care that we hang up.
      const cut = setTimeout(() => connections.forEach((socket) => socket.destroy()), patienceMs)
      // A connection whose last answer goes out later would otherwise be kept alive for a minute.
      const sweep = setInterval(() => {
        server.closeIdleConnections()
        // Opened ahead by a browser or a proxy, and to Node not idle before their first request.
        for (const socket of connections) if (socket.bytesRead === 0) socket.destroy()
      }, SWEEP_EVERY_MS)
      await new Promise((resolve) => server.close(resolve))
      clearInterval(sweep)
      clearTimeout(cut)
    },
  }
}

function bind(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(new StartError(sentenceOf(error, port, host), { cause: error }))
    })
    server.listen(port, host, resolve)
  })
}

function sentenceOf({ code, message }: NodeJS.ErrnoException, port: number, host: string): string {
  if (code === 'EADDRINUSE') {
    return `Port ${port} is in use: stop the other program, or choose one with PORT=${port + 1} npm start`
  }
  if (code === 'EACCES')
    return `This user may not open port ${port}: choose one above 1023 with PORT`
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
    return `HOST=${host} is no address of this machine: use 127.0.0.1, or 0.0.0.0 for all`
  }
  return `Port ${port} on ${host} could not be opened: ${message}`
}

function portOf(server: Server): number {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('Not listening on a port')
  return address.port
}
