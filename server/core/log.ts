import { pino, type DestinationStream, type Logger } from 'pino'

export type Log = Pick<Logger, 'debug' | 'info' | 'warn' | 'error' | 'fatal'>

export const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const
export type LogLevel = (typeof LOG_LEVELS)[number]

/** Should one of these ever be logged by mistake, it stays unreadable. Bodies are never logged at all. */
const SECRET_FIELDS = ['authorization', 'cookie', 'body', 'key', 'token', 'nextToken', 'signature']

/** Lines of JSON on standard output, or to `destination`. */
export function createLog(level: LogLevel, destination?: DestinationStream): Log {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { err: errorFacts },
    redact: SECRET_FIELDS.flatMap((field) => [field, `*.${field}`, `*.*.${field}`]),
  }
  return destination === undefined ? pino(options) : pino(options, destination)
}

/**
 * Of an error only what finds the bug: databases put the values of a failed statement into message, detail and
 * parameters, and those are visitors' own.
 */
function errorFacts(error: Error): Readonly<Record<string, unknown>> {
  const { type, message, stack, code } = pino.stdSerializers.err(error)
  return { type, code, message: withoutValues(message), stack: withoutValues(stack) }
}

function withoutValues(text: string): string {
  return text.replace(/\nparams:[\s\S]*?(?=\n {4}at |$)/g, '')
}
