import { randomUUID } from 'node:crypto'
import { Agent, request } from 'node:http'
import type { Batch, WireEvent } from '#protocol/events.ts'
import type { EventsAnswer } from '#protocol/events-answer.ts'
import { batchOf, BROWSER, eventOf, newVisitor } from './ingestion.ts'

export interface Answered {
  readonly status: number
  readonly retryAfter: string | undefined
  readonly body: unknown
}

export interface Writers {
  /** Ids of the events that a server has acknowledged. */
  readonly acknowledged: Set<string>
  /** All that were ever sent. */
  readonly sent: Set<string>
  /** How many events came back as seen before: they were stored, and the answer was lost. */
  readonly duplicates: () => number
  /** Answers that were neither a success nor a refusal to be expected of a server in trouble. */
  readonly odd: Answered[]
  readonly refusals: Answered[]
  /** Ends the writers when everything that was sent has been acknowledged. */
  readonly finish: () => Promise<void>
}

export interface Target {
  readonly port: number
  readonly key: string
}

const EVENTS = 5

/**
 * So many visitors who send batches one after the other, and send a batch again, the same, until it is acknowledged.
 * `target` waits for a server to be there; `happen` says what each of them does next.
 */
export function startWriters(
  count: number,
  target: () => Promise<Target>,
  happen: (writer: number) => WireEvent[] = () => Array.from({ length: EVENTS }, () => eventOf()),
): Writers {
  const agent = new Agent({ keepAlive: true, maxSockets: count })
  const acknowledged = new Set<string>()
  const sent = new Set<string>()
  const odd: Answered[] = []
  const refusals: Answered[] = []
  let isFinishing = false
  let duplicates = 0

  async function write(_: unknown, writer: number): Promise<void> {
    const visitor = newVisitor()
    const session = { id: randomUUID(), startedAt: Date.now() }
    while (!isFinishing) {
      const batch = batchOf(happen(writer), { visitor, session })
      for (const { id } of batch.events) sent.add(id)
      while (!(await deliver(batch))) await pause()
    }
  }

  async function deliver(batch: Batch): Promise<boolean> {
    const { port, key } = await target()
    const answer = await post(agent, port, { ...batch, key }).catch(() => undefined)
    if (answer === undefined) return false
    if (answer.status !== 200) {
      // A server whose database is gone may fail before ingestion is asked.
      ;(answer.status === 503 ? refusals : odd).push(answer)
      return false
    }
    const { results } = answer.body as EventsAnswer
    for (const [i, { result }] of results.entries()) {
      const id = batch.events[i]?.id
      if (id === undefined || (result !== 'ok' && result !== 'duplicate')) odd.push(answer)
      else acknowledged.add(id)
      if (result === 'duplicate') duplicates += 1
    }
    return true
  }

  const all = Promise.all(Array.from({ length: count }, write))
  return {
    acknowledged,
    sent,
    odd,
    refusals,
    duplicates: () => duplicates,
    async finish() {
      isFinishing = true
      await all
      agent.destroy()
    },
  }
}

/** A text or bytes go as they are, anything else as JSON. */
export function post(
  agent: Agent,
  port: number,
  body: object | string | Buffer,
): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      {
        agent,
        port,
        host: '127.0.0.1',
        method: 'POST',
        path: '/v1/events',
        headers: { 'content-type': 'text/plain', 'user-agent': BROWSER },
      },
      (incoming) => {
        const chunks: Buffer[] = []
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
        incoming.once('error', reject)
        incoming.once('end', () => {
          const text = Buffer.concat(chunks).toString()
          resolve({
            status: incoming.statusCode ?? 0,
            retryAfter: incoming.headers['retry-after'],
            body: text === '' ? undefined : JSON.parse(text),
          })
        })
      },
    )
    outgoing.once('error', reject)
    outgoing.end(typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body))
  })
}

/** So that a server in trouble is not asked in a circle. */
function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 20))
}
