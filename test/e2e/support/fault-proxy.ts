import { Agent, createServer, request as forward } from 'node:http'
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import { closeServer, listen, readBody } from './listening.ts'

/** A request as it came out of the browser, before any fault was done to its answer. */
export interface SeenRequest {
  readonly method: string
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
  readonly cookie: string | undefined
}

/** What becomes of requests to the API: the tag and its chunks are always served. */
export type Fault =
  | { readonly kind: 'none' }
  /** The server does its work at once; the browser hears of it later. */
  | { readonly kind: 'delay'; readonly ms: number }
  /** The server stores, the browser never hears of it: what must not be stored twice when sent again. */
  | { readonly kind: 'lose-answer' }
  | { readonly kind: 'refuse' }
  | { readonly kind: 'hang' }
  | {
      readonly kind: 'answer'
      readonly status: number
      readonly body: string
      readonly headers?: Record<string, string>
    }

export interface FaultProxy {
  /** The proxy's origin under a host of the caller's choice, all of which lead to this machine. */
  readonly at: (host: string) => string
  readonly seen: readonly SeenRequest[]
  /** Bodies of `POST /v1/events`, in the order in which they came. */
  readonly batches: () => readonly string[]
  readonly preflights: () => number
  readonly setFault: (fault: Fault) => void
  readonly stop: () => Promise<void>
}

/** Stands between the browser and the real server at `target`, keeps what it sees and does what it is told. */
export async function createFaultProxy(target: string): Promise<FaultProxy> {
  const seen: SeenRequest[] = []
  const agent = new Agent({ keepAlive: true })
  let fault: Fault = { kind: 'none' }

  const server = createServer((request, response) => {
    void relay(request, response).catch(() => response.destroy())
  })
  const port = await listen(server)

  async function relay(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(request)
    const { method = 'GET', url: path = '/', headers } = request
    seen.push({ method, path, headers, body, cookie: headers.cookie })
    const now: Fault = path.startsWith('/v1/') ? fault : { kind: 'none' }
    if (now.kind === 'hang') return
    if (now.kind === 'refuse') return void response.destroy()
    if (now.kind === 'answer') {
      response.writeHead(now.status, now.headers).end(now.body)
      return
    }
    const answer = await ask({ method, path, headers, body })
    if (now.kind === 'lose-answer') return void response.destroy()
    if (now.kind === 'delay') await pause(now.ms)
    response.writeHead(answer.status, answer.headers).end(answer.body)
  }

  function ask(question: Omit<SeenRequest, 'cookie'>): Promise<Answer> {
    const { method, path, headers, body } = question
    return new Promise((resolve, reject) => {
      const outgoing = forward(new URL(path, target), { method, headers, agent }, (answer) => {
        const chunks: Buffer[] = []
        answer.on('data', (chunk: Buffer) => chunks.push(chunk))
        answer.on('error', reject)
        answer.on('end', () => {
          const { statusCode: status = 502, headers: given } = answer
          resolve({ status, headers: given, body: Buffer.concat(chunks) })
        })
      })
      outgoing.on('error', reject)
      outgoing.end(body)
    })
  }

  return {
    at: (host) => `http://${host}:${port}`,
    seen,
    batches: () => seen.filter(isBatch).map(({ body }) => body),
    preflights: () => seen.filter(({ method }) => method === 'OPTIONS').length,
    setFault: (next) => {
      fault = next
    },
    stop: async () => {
      agent.destroy()
      await closeServer(server)
    },
  }
}

interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

function isBatch({ method, path }: SeenRequest): boolean {
  return method === 'POST' && path.startsWith('/v1/events')
}
