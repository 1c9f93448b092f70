import { Hono, type Context } from 'hono'
import type { IncomingMessage } from 'node:http'
import { stateRefusal } from '../db/state-refusal.ts'
import type { ForeignDescription, Route, RouteDescription } from './api/description.ts'
import { readIncoming, readStream, streamBounded } from './body.ts'
import { clientAddress, truncatedAddress, type IsTrusted } from './client-address.ts'
import { Refusal } from './errors.ts'
import { readLine } from './read-line.ts'
import { readSlowly } from './slow-body.ts'
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
  readonly get: AddRoute
  readonly post: AddRoute
  readonly put: AddRoute
  readonly patch: AddRoute
  readonly delete: AddRoute
  /** Those that were added, in order: what the API's document and the tests of all routes are made of. */
  readonly routes: () => readonly Route[]
  /** Answers everything, unknown paths and methods included. */
  readonly fetch: (request: Request, connection?: Connection) => Response | Promise<Response>
}

/** Every route below `/v1` and `/api/v1` has a description. */
type AddRoute = <Request>(
  path: string,
  guard: Guard<Request>,
  handler: Handler<Request>,
  description?: RouteDescription | ForeignDescription,
) => void

export type Handler<Request> = (request: Request) => Answer | Promise<Answer>

interface RouterDeps {
  readonly log: Pick<Log, 'error'>
  readonly isTrusted: IsTrusted
  /** On every answer. */
  readonly headers: Headers
  /** Told of every answer of a route, and of those of none. */
  readonly observe?: Observe | undefined
}

/** `route`: its path as it was added, or `none`. */
export type Observe = (answer: {
  readonly route: string
  readonly method: string
  readonly status: number
  readonly seconds: number
}) => void

const PREFLIGHT_HEADERS = {
  ...ANY_ORIGIN_HEADERS,
  'access-control-allow-headers': 'content-type',
  'access-control-max-age': '86400',
}
/** A list of header names, as browsers ask for them. */
const HEADER_NAMES = /^[\w-]+(?:, ?[\w-]+){0,49}$/
/** Our own refuse to work there, yet a mistaken address must not bring one into the log. */
const SECRET_KEYS = /sec_[\w-]+/g

export function createRouter({ log, isTrusted, headers, observe }: RouterDeps): Router {
  const app = new Hono<Environment>()
  const methods = new Map<string, string[]>()
  const routes: Route[] = []
  /** Addresses with a part that may be anything: few, and only asked for once nothing has answered. */
  const open: { readonly pattern: RegExp; readonly path: string }[] = []

  function add<Request>(
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    path: string,
    guard: Guard<Request>,
    handler: Handler<Request>,
    description: RouteDescription | ForeignDescription | undefined,
  ): void {
    const { principal, scope, permission } = guard
    routes.push({
      method,
      path,
      principal,
      ...(scope !== undefined && { scope }),
      ...(permission !== undefined && { permission }),
      ...(description !== undefined && { description }),
    })
    if (path.includes(':') && !methods.has(path)) open.push({ pattern: patternOf(path), path })
    methods.set(path, [...(methods.get(path) ?? []), method])
    app.on(method, path, (c) => {
      const answering = run(guard, handler, callOf(c, isTrusted))
      return observe === undefined ? answering : observed(answering, method, path, observe)
    })
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

  app.notFound((c) => {
    const answer = refuse(c)
    observe?.({ route: 'none', method: 'any', status: answer.status, seconds: 0 })
    return answer
  })
  // Only what happens outside of a route's own try can get here.
  app.onError((error, c) => {
    report(error, callOf(c, isTrusted))
    return responseOf(refusalAnswer(INTERNAL), headers)
  })

  return {
    get: (path, guard, handler, description) => add('GET', path, guard, handler, description),
    post: (path, guard, handler, description) => add('POST', path, guard, handler, description),
    put: (path, guard, handler, description) => add('PUT', path, guard, handler, description),
    patch: (path, guard, handler, description) => add('PATCH', path, guard, handler, description),
    delete: (path, guard, handler, description) => add('DELETE', path, guard, handler, description),
    routes: () => routes,
    fetch: (request, connection = {}) => app.fetch(request, connection),
  }
}

async function observed(
  answering: Promise<Response>,
  method: string,
  route: string,
  observe: Observe,
): Promise<Response> {
  const started = performance.now()
  const answer = await answering
  const seconds = (performance.now() - started) / 1000
  observe({ route, method, status: answer.status, seconds })
  return answer
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
    readLine: (limitBytes) => {
      if (incoming === undefined) throw new Error('Only a connection brings a body in parts')
      return readLine(incoming, limitBytes)
    },
    readSlowBody: (limitBytes) =>
      incoming === undefined
        ? readStream(c.req.raw.body, limitBytes)
        : readSlowly(incoming, limitBytes),
    streamBody: (limitBytes) => streamBounded(incoming ?? c.req.raw.body, limitBytes),
    isGone: () => incoming?.socket.destroyed ?? false,
  }
}
