import { openConnection, type Connection } from './connection.ts'

export interface Target {
  readonly port: number
  /** The next request that a connection sends; its bytes stay as they are until the answer. */
  request(connection: number): Buffer
}

export interface Load {
  readonly target: Target
  readonly connections: number
  readonly seconds: number
}

export interface Outcome {
  /** Answers of status 200 in the time counted. */
  readonly answers: number
  readonly failures: number
  /** Milliseconds from when a request was due to its answer. */
  readonly latencies: number[]
  readonly perSecond: number
}

/** As much as the target takes: each connection sends its next request as soon as it has an answer. */
export async function saturate({ target, connections, seconds }: Load): Promise<Outcome> {
  const open = await openAll(target, connections)
  const tally = createTally()
  const start = performance.now()
  const end = start + seconds * 1000
  await Promise.all(
    open.map(async (connection, index) => {
      while (performance.now() < end) {
        const due = performance.now()
        tally.count(await exchange(connection, target.request(index)), due)
      }
    }),
  )
  return finish(open, tally, start)
}

/**
 * `perSecond` requests a second, evenly spaced, whether or not earlier ones were answered. One that finds no free
 * connection waits, and its wait counts: else a server that stalls would be asked less just when it is slow.
 */
export async function loadAt({
  target,
  connections,
  seconds,
  perSecond,
}: Load & { readonly perSecond: number }): Promise<Outcome> {
  const open = await openAll(target, connections)
  const free = open.map((connection, index) => ({ connection, index }))
  const tally = createTally()
  const start = performance.now()
  const total = Math.floor(perSecond * seconds)
  const pending: Promise<void>[] = []
  let sent = 0
  while (sent < total) {
    const due = start + (sent / perSecond) * 1000
    // All in turn: one that is never used the server takes for a slow client, and ends.
    const slot = due <= performance.now() ? free.shift() : undefined
    if (slot !== undefined) {
      sent += 1
      pending.push(
        exchange(slot.connection, target.request(slot.index)).then((status) => {
          tally.count(status, due)
          free.push(slot)
        }),
      )
      continue
    }
    // A timer would add its own millisecond to every latency.
    await new Promise<void>((resolve) => void setImmediate(resolve))
  }
  await Promise.all(pending)
  return finish(open, tally, start)
}

function openAll(target: Target, connections: number): Promise<Connection[]> {
  return Promise.all(Array.from({ length: connections }, () => openConnection(target.port)))
}

function exchange(connection: Connection, request: Buffer): Promise<number> {
  return new Promise((resolve) => {
    connection.send(request, resolve)
  })
}

interface Tally {
  answers: number
  failures: number
  readonly latencies: number[]
  count(status: number, due: number): void
}

function createTally(): Tally {
  return {
    answers: 0,
    failures: 0,
    latencies: [],
    count(status, due) {
      this.latencies.push(performance.now() - due)
      if (status === 200) this.answers += 1
      else this.failures += 1
    },
  }
}

function finish(
  open: Connection[],
  { answers, failures, latencies }: Tally,
  start: number,
): Outcome {
  const seconds = (performance.now() - start) / 1000
  for (const connection of open) connection.close()
  return { answers, failures, latencies, perSecond: answers / seconds }
}
