import { ERRORS } from '#protocol/names.ts'
import type { ErrorAnswer } from '#protocol/errors.ts'
import { Refusal } from './errors.ts'

/** One request, as guards and handlers see it. */
export interface Call {
  readonly method: string
  readonly path: string
  /** The client's address, as far as trusted proxies vouch for it; whole, so never to be stored or logged. */
  readonly address: string
  readonly header: (name: string) => string | undefined
  /** The first value of a query parameter, decoded. */
  readonly query: (name: string) => string | undefined
  /** What stands in the address where the route's path has `:name`, decoded. */
  readonly param: (name: string) => string | undefined
  /** The body, counted as it arrives; refuses what is longer (`too_large`) or ends early. */
  readonly readBody: (limitBytes: number) => Promise<Buffer>
  /** What stands before its first line break; the rest stays there to be read. Refuses (`bad_request`) what has none by then. */
  readonly readLine: (limitBytes: number) => Promise<Buffer>
  /** As `readBody`, for a file of somebody's, which a slow line may take minutes to bring. */
  readonly readSlowBody: (limitBytes: number) => Promise<Buffer>
  /** The same piece by piece, for what is too much to hold. */
  readonly streamBody: (limitBytes: number) => AsyncIterable<Buffer>
  /** Whoever asked has hung up: nobody reads the answer. */
  readonly isGone: () => boolean
}

/** What a handler returns; the router makes the response of it. */
export interface Answer {
  /** 200 unless said otherwise, 204 without content. */
  readonly status?: number
  /** Sent as JSON. */
  readonly json?: unknown
  /** Sent as it is, under the `content-type` among the headers; a stream piece by piece, as fast as it is taken. */
  readonly body?: string | Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array<ArrayBuffer>>
  readonly headers?: Readonly<Record<string, string>>
}

/** The one place where an answer becomes a response, and where errors and successes look alike. */
export function responseOf(
  { status, json, body, headers }: Answer,
  defaults: Readonly<Record<string, string>>,
): Response {
  if (json === undefined) {
    return new Response(body ?? null, {
      status: status ?? (body === undefined ? 204 : 200),
      headers: { ...defaults, ...headers },
    })
  }
  return new Response(JSON.stringify(json), {
    status: status ?? 200,
    headers: { ...defaults, 'content-type': 'application/json; charset=utf-8', ...headers },
  })
}

/** A refusal as every client gets it: status, code, a sentence for people and what a program should do. */
export function refusalAnswer({ code, message, retryAfterSeconds }: Refusal): Answer {
  const { status, act } = ERRORS[code]
  const json: ErrorAnswer = { error: { code, message, act } }
  if (retryAfterSeconds === undefined) return { status, json }
  return { status, json, headers: { 'retry-after': String(retryAfterSeconds) } }
}

export const INTERNAL = new Refusal('internal', 'The server made a mistake; try again later')
