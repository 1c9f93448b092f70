import { Hono, type Context } from 'hono'
import type { IncomingMessage } from 'node:http'
import { stateRefusal } from '../db/state-refusal.ts'
import { readIncoming, readStream, streamBounded } from './body.ts'
import { clientAddress, truncatedAddress, type IsTrusted } from './client-address.ts'
import { Refusal } from './errors.ts'
import type { Guard } from './guards.ts'
import { ANY_ORIGIN_HEADERS } from './headers.ts'
import { INTERNAL, refusalAnswer, responseOf, type Answer, type Call } from './http.ts'
import type { Log } from './log.ts'

/** Node's request, where there is a connection. */
interface Connection {
  readonly incoming?: IncomingMessage
}
type Environment = { Bindings: Connection }
type Headers = Readonly<Record<string, string>>

/** The only way to add a route: with the guard that lets requests in and says who is asking. */
export interface Router {
  readonly get: <Request>(path: string, guard: Guard<Request>, handler: Handler<Request>) => void
  readonly post: <Request>(path: string, guard: Guard<Request>, handler: Handler<Request>) => void
  readonly put: <Request>(path: string, guard: Guard<Request>, handler: Handler<Request>) => void
  readonly patch: <Request>(path: string, guard: Guard<Request>, handler: Handler<Request>) => void
  readonly delete: <Request>(path: string, guard: Guard<Request>, handler: Handler<Request>) => void
  /** Answers everything, unknown paths and methods included. */
  readonly fetch: (request: Request, connection?: Connection) => Response | Promise<Response>
}

export type Handler<Request> = (request: Request) => Answer | Promise<Answer>

interface RouterDeps {
  readonly log: Pick<Log, 'error'>
  readonly isTrusted: IsTrusted
  /** On every answer. */
  readonly headers: Headers
}

const PREFLIGHT_HEADERS = {
  ...ANY_ORIGIN_HEADERS,
  'access-control-allow-headers': 'content-type',
  'access-control-max-age': '86400',
}
/** A list of header names, as browsers ask for them. */
const HEADER_NAMES = /^[\w-]+(?:, ?[\w-]+){0,49}$/
/** Our own refuse to work there, yet a mistaken address must not bring one into the log. */
const SECRET_KEYS = /sec_[\w-]+/g

export function createRouter({ log, isTrusted, headers }: RouterDeps): Router {
  const app = new Hono<Environment>()
  const methods = new Map<string, string[]>()
  /** Addresses with a part that may be anything: few, and only asked for once nothing has answered. */
  const open: { readonly pattern: RegExp; readonly path: string }[] = []

  function add<Request>(
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    path: string,
    guard: Guard<Request>,
    handler: Handler<Request>,
  ): void {
    if (path.includes(':') && !methods.has(path)) open.push({ pattern: patternOf(path), path })
    methods.set(path, [...(methods.get(path) ?? []), method])
    app.on(method, path, (c) => run(guard, handler, callOf(c, isTrusted)))
    if (guard.principal !== 'key') return
    app.options(path, (c) => {
      const asked = c.req.header('access-control-request-headers')
      return preflight(method, guard.allowsAnyHeader === true ? asked : undefined)
    })
  }

  async function run<Request>(
    guard: Guard<Request>,
    handler: Handler<Request>,
    call: Call,
  ): Promise<Response> {
    let shared: Headers = guard.principal === 'key' ? ANY_ORIGIN_HEADERS : {}
    try {
      const admission = await guard.admit(call)
      shared = admission.headers ?? shared
      const answer = await handler(admission.request)
      return responseOf(answer, { ...headers, ...shared })
    } catch (error) {
      if (!(error instanceof Refusal)) report(error, call)
      const refusal = error instanceof Refusal ? error : (stateRefusal(error) ?? INTERNAL)
      return responseOf(refusalAnswer(refusal), { ...headers, ...shared })
    }
  }

  /** `asked`: the headers that a page wants to send, where it may send any. */
  function preflight(method: string, asked: string | undefined): Response {
    const allowed = asked !== undefined &&
      HEADER_NAMES.test(asked) && { 'access-control-allow-headers': asked }
    return responseOf(
      { status: 204, headers: { 'access-control-allow-methods': method, ...allowed } },
      { ...headers, ...PREFLIGHT_HEADERS },
    )
  }

  function report(error: unknown, call: Call): void {
    const { method, address } = call
    const path = call.path.replace(SECRET_KEYS, 'sec_…')
    log.error({ err: error, method, path, address: truncatedAddress(address) }, 'A request failed')
  }

  function refuse(c: Context<Environment>): Response {
    const path = open.find(({ pattern }) => pattern.test(c.req.path))?.path ?? c.req.path
    const allowed = methods.get(path)
    if (allowed === undefined) {
      return responseOf(refusalAnswer(new Refusal('not_found', 'There is nothing here')), headers)
    }
    const allow = allowed.includes('GET') ? [...allowed, 'HEAD'] : allowed
    const refusal = new Refusal('method_not_allowed', `Use ${allowed.join(' or ')} here`)
    return responseOf(refusalAnswer(refusal), { ...headers, allow: allow.join(', ') })
  }

  app.notFound(refuse)
  // Only what happens outside of a route's own try can get here.
  app.onError((error, c) => {
    report(error, callOf(c, isTrusted))
    return responseOf(refusalAnswer(INTERNAL), headers)
  })

  return {
    get: (path, guard, handler) => add('GET', path, guard, handler),
    post: (path, guard, handler) => add('POST', path, guard, handler),
    put: (path, guard, handler) => add('PUT', path, guard, handler),
    patch: (path, guard, handler) => add('PATCH', path, guard, handler),
    delete: (path, guard, handler) => add('DELETE', path, guard, handler),
    fetch: (request, connection = {}) => app.fetch(request, connection),
  }
}

/** `/api/v1/lists/:listId` as a pattern of whole addresses. */
function patternOf(path: string): RegExp {
  const parts = path.split('/').map((part) => (part.startsWith(':') ? '[^/]+' : escaped(part)))
  return new RegExp(`^${parts.join('/')}$`)
}

function escaped(text: string): string {
  return text.replace(/[^\w/-]/g, String.raw`\$&`)
}

function callOf(c: Context<Environment>, isTrusted: IsTrusted): Call {
  const { incoming } = c.env
  const peer = incoming?.socket.remoteAddress ?? ''
  return {
    method: c.req.method,
    path: c.req.path,
    address: clientAddress(peer, c.req.header('x-forwarded-for'), isTrusted),
    header: (name) => c.req.header(name),
    query: (name) => c.req.query(name),
    param: (name) => c.req.param(name),
    readBody: (limitBytes) =>
      incoming === undefined
        ? readStream(c.req.raw.body, limitBytes)
        : readIncoming(incoming, limitBytes),
    streamBody: (limitBytes) => streamBounded(incoming ?? c.req.raw.body, limitBytes),
  }
}
