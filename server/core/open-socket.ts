import type { Socket } from 'socket.io'
import type { z } from 'zod'
import type { ErrorCode } from '#protocol/names.ts'
import { Refusal } from './errors.ts'
import { isStorable } from './json-body.ts'
import type { Log } from './log.ts'

/** A socket that was let in. */
export interface OpenSocket<Sent extends object> {
  readonly emit: <Name extends keyof Sent & string>(name: Name, value: FirstOf<Sent[Name]>) => void
  /**
   * What it says, parsed. Where it waits for an answer, that is what `listener` resolves to, or its refusal. What does
   * not fit is refused, or else left alone: a page may be somewhat newer or older.
   */
  readonly on: <Schema extends z.ZodType>(
    name: string,
    schema: Schema,
    listener: (value: z.output<Schema>) => unknown,
  ) => void
  readonly join: (rooms: readonly string[]) => void
  readonly leave: (room: string) => void
  readonly hangUp: () => void
  /** Runs `stop` when the socket has gone, at once if it already has. */
  readonly onGone: (stop: () => void) => void
}

type FirstOf<Send> = Send extends (value: infer Value) => void ? Value : never

interface OpenSocketDeps {
  readonly log: Pick<Log, 'error'>
}

/** As answers over a socket are refused: `protocol/chat-sockets.ts`. */
interface RefusalAnswer {
  readonly refusal: {
    readonly code: ErrorCode
    readonly message: string
    readonly retryAfterSeconds?: number
  }
}

export function openSocket<Sent extends object>(
  socket: Pick<Socket, 'emit' | 'on' | 'join' | 'leave' | 'disconnect' | 'disconnected'>,
  { log }: OpenSocketDeps,
): OpenSocket<Sent> {
  return {
    emit: (name, value) => void socket.emit(name, value),

    on(name, schema, listener) {
      async function hear(said: unknown, done: unknown): Promise<void> {
        const answer = await answerTo(async () => listener(parsed(schema, said)), name, log)
        if (typeof done === 'function') Reflect.apply(done, undefined, [answer])
      }
      socket.on(name, (said: unknown, done: unknown) => {
        void hear(said, done)
      })
    },

    join: (rooms) => void socket.join([...rooms]),
    leave: (room) => void socket.leave(room),
    hangUp: () => void socket.disconnect(true),

    onGone(stop) {
      if (socket.disconnected) stop()
      else socket.on('disconnect', stop)
    },
  }
}

async function answerTo(
  listen: () => Promise<unknown>,
  name: string,
  log: Pick<Log, 'error'>,
): Promise<unknown> {
  try {
    return (await listen()) ?? {}
  } catch (error) {
    if (error instanceof Refusal) return refusalOf(error)
    log.error({ err: error, name }, 'What a socket said could not be answered')
    return refusalOf(new Refusal('unavailable', 'The server could not do it; try again'))
  }
}

function refusalOf({ code, message, retryAfterSeconds }: Refusal): RefusalAnswer {
  return {
    refusal: { code, message, ...(retryAfterSeconds !== undefined && { retryAfterSeconds }) },
  }
}

function parsed<Schema extends z.ZodType>(schema: Schema, said: unknown): z.output<Schema> {
  const result = schema.safeParse(said)
  if (!result.success) {
    const [fault] = result.error.issues
    const where = fault?.path.map(String).join('.') ?? ''
    throw new Refusal('bad_request', `${where}: ${fault?.message ?? 'It is not as it must be'}`)
  }
  if (!isStorable(result.data)) {
    throw new Refusal('bad_request', 'It holds a NUL character or half of a character')
  }
  return result.data
}
