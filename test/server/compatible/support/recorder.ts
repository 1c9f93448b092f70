import { Agent, createServer, request as forward } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { gunzipSync } from 'node:zlib'
import { closeServer, listen } from '../../../e2e/support/listening.ts'

/** An event as its client put it on the wire. */
export interface SentEvent {
  readonly type: string
  readonly messageId: string
  readonly userId: string | undefined
  readonly anonymousId: string | undefined
  readonly previousId: string | undefined
  /** Epoch ms by the client's clock. */
  readonly at: number
}

export interface Recorder {
  /** Where clients find the server behind it, under a host that leads to this machine. */
  readonly at: (host: string) => string
  /** Every event that was sent and acknowledged, once however often it was. */
  readonly sent: () => readonly SentEvent[]
  /** `POST /v1/track 200`, for each request. */
  readonly requests: readonly string[]
  readonly stop: () => Promise<void>
}

/** Stands between a client and the server at `target()`, and notes what the client sends, by its own reading of it. */
export async function createRecorder(target: () => string): Promise<Recorder> {
  const sent = new Map<string, SentEvent>()
  const requests: string[] = []
  const agent = new Agent({ keepAlive: true })
  const server = createServer((request, response) => {
    void relay(request, response).catch(() => response.destroy())
  })
  const port = await listen(server)

  async function relay(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = 'GET', url = '/', headers } = request
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(Buffer.from(chunk as Uint8Array))
    const body = Buffer.concat(chunks)
    const path = url.split('?')[0] ?? ''
    const events = method === 'POST' ? eventsIn(body, path) : []
    const outgoing = forward(new URL(url, target()), { method, headers, agent }, (answer) => {
      requests.push(`${method} ${path} ${answer.statusCode}`)
      if (answer.statusCode === 200) for (const event of events) sent.set(event.messageId, event)
      response.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(response)
    })
    outgoing.on('error', () => response.destroy())
    outgoing.end(body)
  }

  return {
    at: (host) => `http://${host}:${port}`,
    sent: () => [...sent.values()],
    requests,
    stop: async () => {
      agent.destroy()
      await closeServer(server)
    },
  }
}

type Json = Readonly<Record<string, unknown>>

const LETTERS: Readonly<Record<string, string>> = {
  t: 'track',
  p: 'page',
  s: 'screen',
  i: 'identify',
  g: 'group',
  a: 'alias',
}

function eventsIn(body: Buffer, path: string): SentEvent[] {
  const isGzip = body[0] === 0x1f && body[1] === 0x8b
  const json = JSON.parse((isGzip ? gunzipSync(body) : body).toString()) as Json
  const last = path.split('/').at(-1) ?? ''
  const items = Array.isArray(json.batch) ? (json.batch as Json[]) : [json]
  return items
    .filter(({ messageId }) => typeof messageId === 'string')
    .map((item) => ({
      type: textOf(item.type) ?? LETTERS[last] ?? last,
      messageId: String(item.messageId),
      userId: textOf(item.userId),
      anonymousId: textOf(item.anonymousId),
      previousId: textOf(item.previousId),
      at: Date.parse(String(item.timestamp ?? item.originalTimestamp)),
    }))
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}
