import type { ServerOptions } from 'socket.io'
import { StartError } from './errors.ts'
import type { Log } from './log.ts'

export interface RedisAdapter {
  readonly adapter: NonNullable<ServerOptions['adapter']>
  readonly close: () => void
}

interface RedisAdapterOptions {
  readonly url: string
  /** Of the installation: another one's rooms have the same names. */
  readonly name: string
  readonly log: Pick<Log, 'warn' | 'info'>
}

/** So long a start waits for a Redis that does not answer; it comes in whenever it does. */
const PATIENCE_MS = 1_000
const LONGEST_WAIT_MS = 2_000
/** One that froze is noticed when it does not answer this. */
const PING_EVERY_MS = 5_000
const SILENCE_MS = 15_000

type Listener = (message: Buffer, channel: Buffer) => void
type Listen = (names: string | string[], hear: Listener, isBytes: true) => Promise<void>

/** Of Redis' client, what is used. */
interface Client {
  readonly isOpen: boolean
  readonly on: ((name: 'error', listen: (error: Error) => void) => unknown) &
    ((name: 'ready', listen: () => void) => unknown)
  readonly once: (name: 'ready', listen: () => void) => unknown
  readonly publish: (channel: string, message: string | Buffer) => Promise<unknown>
  readonly pSubscribe: Listen
  readonly subscribe: Listen
  readonly pUnsubscribe: Listen
  readonly unsubscribe: Listen
}

/**
 * Carries rooms by a Redis. It holds nothing: while it is away each node goes on with its own, and what it loses clients
 * ask for by number. So nothing is kept for it either, and none of its failures is anybody's.
 */
export async function openRedisAdapter(options: RedisAdapterOptions): Promise<RedisAdapter> {
  const { name } = options
  const { createClient, createAdapter } = await packages()
  const settings = {
    url: options.url,
    pingInterval: PING_EVERY_MS,
    socket: {
      connectTimeout: SILENCE_MS,
      socketTimeout: SILENCE_MS,
      reconnectStrategy: (tries: number) => Math.min(LONGEST_WAIT_MS, 100 * 2 ** tries),
    },
  }
  const speaker = createClient({ ...settings, disableOfflineQueue: true })
  const listener = createClient(settings)
  tellOfLoss(listener, options.log)
  // Each loss ends both; one of them says so.
  speaker.on('error', () => undefined)
  const opened = [speaker, listener].map((client) => client.connect().catch(() => undefined))
  await soon(Promise.all(opened))
  return {
    adapter: createAdapter(speakerOf(speaker), listenerOf(listener), { key: name }),
    close() {
      for (const client of [speaker, listener]) client.destroy()
    },
  }
}

/** Loaded where they are wanted alone. */
async function packages() {
  try {
    const [{ createClient }, { createAdapter }] = await Promise.all([
      import('@redis/client'),
      import('@socket.io/redis-adapter'),
    ])
    return { createClient, createAdapter }
  } catch (error) {
    throw new StartError('REDIS_URL needs optional packages: run npm install --include=optional', {
      cause: error,
    })
  }
}

async function soon(opened: Promise<unknown>): Promise<void> {
  let late: NodeJS.Timeout | undefined
  const patience = new Promise((resolve) => {
    late = setTimeout(resolve, PATIENCE_MS)
  })
  await Promise.race([opened, patience])
  clearTimeout(late)
}

/** Once each time, not at each attempt. */
function tellOfLoss(client: Client, log: RedisAdapterOptions['log']): void {
  let isLost = false
  client.on('error', (error: Error) => {
    if (!isLost) log.warn({ err: error }, 'Redis is away: other nodes hear late of what happens')
    isLost = true
  })
  client.on('ready', () => {
    if (isLost) log.info('Redis is back')
    isLost = false
  })
}

/** What the adapter asks of its first client. It looks at none of the promises, whose rejection would end the process. */
function speakerOf(client: Client) {
  return {
    on: () => undefined,
    off: () => undefined,
    pSubscribe: () => undefined,
    publish: (channel: string, message: string | Buffer) =>
      void client.publish(channel, message).catch(() => undefined),
  }
}

function listenerOf(client: Client) {
  /** The client asks again for what it listened to; what was lost before it was answered is asked for here. */
  function insistently(ask: () => Promise<void>): void {
    ask().catch(() => {
      if (client.isOpen) client.once('ready', () => insistently(ask))
    })
  }
  const guarded = new WeakMap<Listener, Listener>()
  /** Who else speaks at this Redis may say what nobody can read. */
  function guardedOf(hear: Listener): Listener {
    const known = guarded.get(hear)
    if (known !== undefined) return known
    const guard: Listener = (message, channel) => {
      try {
        hear(message, channel)
      } catch {
        // It is a hint, and numbers tell what is missing.
      }
    }
    guarded.set(hear, guard)
    return guard
  }
  return {
    on: () => undefined,
    off: () => undefined,
    pSubscribe: (pattern: string, hear: Listener) =>
      insistently(() => client.pSubscribe(pattern, guardedOf(hear), true)),
    subscribe: (channels: string[], hear: Listener) =>
      insistently(() => client.subscribe(channels, guardedOf(hear), true)),
    // Where the connection is gone nothing is heard any more.
    pUnsubscribe: (pattern: string, hear: Listener) =>
      void client.pUnsubscribe(pattern, guardedOf(hear), true).catch(() => undefined),
    unsubscribe: (channels: string | string[], hear: Listener) =>
      void client.unsubscribe(channels, guardedOf(hear), true).catch(() => undefined),
  }
}
