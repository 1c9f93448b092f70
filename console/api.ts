import type { ErrorAnswer } from '#protocol/errors.ts'
import { SHOP_HEADER, type ErrorCode } from '#protocol/names.ts'

/** An answer that is none. */
export interface Refused {
  /** `offline`: no answer, or none of our server's. `stopped`: whoever asked wants none any more. */
  readonly refusal: ErrorCode | 'offline' | 'stopped'
  /** For developers, in English: `email: That is no e-mail address`. */
  readonly detail: string
  /** How long to wait before trying again makes sense; 0: the server did not say. */
  readonly waitSeconds: number
}

export type Reply<Value> = { readonly refusal?: undefined; readonly value: Value } | Refused

/** The public key of the shop that this tab looks at; every request names it (ADR 0018). */
let shownShop: string | undefined
const JSON_TYPE = { 'content-type': 'application/json' }
const OFFLINE: Refused = { refusal: 'offline', detail: '', waitSeconds: 0 }
const STOPPED: Refused = { ...OFFLINE, refusal: 'stopped' }

/** From now on requests are about this shop. */
export function nameShop(key: string): void {
  shownShop = key
}

/** What `act` asks at once is about this shop, whichever is looked at by then. */
export function about<Value>(key: string, act: () => Value): Value {
  const shown = shownShop
  shownShop = key
  try {
    return act()
  } finally {
    shownShop = shown
  }
}

/** Asks the server as the console does; never throws. The answer is taken to be what protocol/ says of that route. */
export function read<Value>(path: string): Promise<Reply<Value>> {
  return call<Value>(path, { method: 'GET' })
}

/** The same with a body. An answer without one has the value `undefined`. */
export function send<Value = undefined>(
  path: string,
  body: object,
  /** Of whoever may stop waiting for it; what was stopped is `offline`. */
  signal?: AbortSignal,
): Promise<Reply<Value>> {
  const stopped = signal === undefined ? {} : { signal }
  return call<Value>(path, { method: 'POST', ...jsonOf(body), ...stopped })
}

/** The same for what exists. Without a body none is sent, yet its type: the server takes no change that a form could send. */
export function change<Value = undefined>(
  method: 'PUT' | 'PATCH' | 'DELETE',
  path: string,
  body?: object,
): Promise<Reply<Value>> {
  return call<Value>(path, {
    method,
    ...(body === undefined ? { headers: JSON_TYPE } : jsonOf(body)),
  })
}

/** What whoever waits for a long request sees and may do. */
export interface Sending {
  /** 0 to 1. */
  readonly progressed: (share: number) => void
  readonly signal: AbortSignal
}

/** Sends a file's bytes. By the older way to ask, for `fetch` does not tell how far it has come. */
export function sendFile<Value>(
  path: string,
  file: File,
  { progressed, signal }: Sending,
): Promise<Reply<Value>> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest()
    request.open('POST', path)
    request.setRequestHeader('content-type', file.type)
    if (shownShop !== undefined) request.setRequestHeader(SHOP_HEADER, shownShop)
    request.upload.addEventListener('progress', ({ loaded, total }) => progressed(loaded / total))
    request.addEventListener('load', () => resolve(replyTo<Value>(request)))
    request.addEventListener('error', () => resolve(OFFLINE))
    request.addEventListener('abort', () => resolve(STOPPED))
    signal.addEventListener('abort', () => request.abort())
    request.send(file)
  })
}

function replyTo<Value>(request: XMLHttpRequest): Reply<Value> {
  try {
    const answer = JSON.parse(request.responseText)
    const isWell = request.status >= 200 && request.status < 300
    return isWell ? { value: answer } : refusedBy(answer, request.getResponseHeader('retry-after'))
  } catch {
    return OFFLINE
  }
}

/** Bytes go as they are: a photo, a file to import. */
function jsonOf(body: object): Pick<RequestInit, 'headers' | 'body'> {
  if (body instanceof Blob) return { headers: { 'content-type': body.type }, body }
  return { headers: JSON_TYPE, body: JSON.stringify(body) }
}

async function call<Value>(path: string, request: RequestInit): Promise<Reply<Value>> {
  try {
    const headers = new Headers(request.headers)
    if (shownShop !== undefined) headers.set(SHOP_HEADER, shownShop)
    const response = await fetch(path, { ...request, headers })
    const text = await response.text()
    const answer = text === '' ? undefined : JSON.parse(text)
    return response.ok ? { value: answer } : refusedBy(answer, response.headers.get('retry-after'))
  } catch {
    // No connection, or somebody else's page in between: the caller says so, and can try again.
    return OFFLINE
  }
}

function refusedBy(answer: ErrorAnswer, retryAfter: string | null): Refused {
  const { code, message } = answer.error
  return { refusal: code, detail: message, waitSeconds: Number(retryAfter ?? 0) }
}
