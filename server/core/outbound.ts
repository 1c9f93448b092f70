import { lookup as systemLookup } from 'node:dns/promises'
import {
  request as requestHttp,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type RequestOptions,
} from 'node:http'
import { request as requestHttps } from 'node:https'
import { isIP } from 'node:net'
import { failureText } from '#protocol/failures.ts'
import { Refusal } from './errors.ts'
import { isInRanges, isPublicAddress, type Range } from './outbound-address.ts'

/** Requests to addresses that others have chosen, so that they never reach what only this server can reach. */
export interface Outbound {
  /** Refuses (`bad_request`) what is never asked; a name is looked up only when it is. */
  readonly check: (url: string) => URL
  /** Follows no redirect. Throws an `OutboundFault` where there is no answer. */
  readonly post: (url: string, sent: Sent) => Promise<Received>
  /** The same for what is read piece by piece; whoever takes it says how much and how long, and closes it. */
  readonly get: (url: string, asked: Omit<Sent, 'body'>) => Promise<Opened>
}

export interface Sent {
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  readonly signal: AbortSignal
}

export interface Received {
  readonly status: number
  /** The beginning of it, as text. */
  readonly body: string
}

/** An answer whose body is still to come. */
export interface Opened {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly pieces: AsyncIterable<Buffer>
  readonly close: () => void
}

/** Why there was no answer, in a sentence for people. */
export class OutboundFault extends Error {
  override readonly name = 'OutboundFault'
}

interface OutboundDeps {
  /** Inside of one's own net, on any port; for installations that want to be asked there. */
  readonly allowed: readonly Range[]
  /** All addresses of a name. */
  readonly lookup?: (hostname: string) => Promise<readonly string[]>
}

const PORTS = ['', '80', '443']
const TIMEOUT_MS = 5_000
const MAX_ANSWER_BYTES = 256 * 1_024
const MAX_BODY_CHARS = 1_000

export function createOutbound({ allowed, lookup = addressesOf }: OutboundDeps): Outbound {
  function check(text: string): URL {
    const url = URL.canParse(text) ? new URL(text) : undefined
    if (url === undefined || !['http:', 'https:'].includes(url.protocol)) {
      throw new Refusal('bad_request', 'url: an address that begins with https://')
    }
    if (url.username !== '' || url.password !== '') {
      throw new Refusal('bad_request', 'url: without name and password')
    }
    const host = literalOf(url)
    const isOwn = host !== undefined && isInRanges(host, allowed)
    if (isOwn) return url
    if (host !== undefined && !isPublicAddress(host)) {
      throw new Refusal('bad_request', 'url: an address on the net')
    }
    // Names may lead to allowed addresses; that is seen when they are looked up.
    if (!PORTS.includes(url.port) && (allowed.length === 0 || host !== undefined)) {
      throw new Refusal('bad_request', 'url: port 80 or 443')
    }
    return url
  }

  /** The addresses of a host, each of which may be asked. */
  async function checkedAddresses(url: URL): Promise<readonly string[]> {
    const literal = literalOf(url)
    const addresses = literal === undefined ? await lookup(url.hostname) : [literal]
    if (addresses.length === 0) throw new OutboundFault(failureText('no_address'))
    for (const address of addresses) {
      if (isInRanges(address, allowed)) continue
      if (!isPublicAddress(address) || !PORTS.includes(url.port)) {
        throw new OutboundFault(failureText('not_asked'))
      }
    }
    return addresses
  }

  /** Asks once the address is checked; whatever goes wrong becomes a sentence. */
  async function asking<Answer>(
    text: string,
    signal: AbortSignal,
    ask: (url: URL, addresses: readonly string[], within: AbortSignal) => Promise<Answer>,
  ): Promise<Answer> {
    const late = new AbortController()
    const timer = setTimeout(() => late.abort(), TIMEOUT_MS)
    const within = AbortSignal.any([signal, late.signal])
    try {
      const url = check(text)
      const addresses = await Promise.race([checkedAddresses(url), aborted(within)])
      return await ask(url, addresses, within)
    } catch (error) {
      if (error instanceof OutboundFault) throw error
      if (error instanceof Refusal) throw new OutboundFault(error.message, { cause: error })
      if (signal.aborted) throw new OutboundFault(failureText('server_stops'), { cause: error })
      if (within.aborted) throw new OutboundFault(failureText('no_answer'), { cause: error })
      throw new OutboundFault(messageOf(error), { cause: error })
    } finally {
      // The body of what is read piece by piece may take longer.
      clearTimeout(timer)
    }
  }

  return {
    check,
    post: (text, { headers, body, signal: own }) =>
      asking(text, own, (url, addresses, signal) =>
        send(url, addresses, { headers, body, signal }),
      ),
    get: (text, { headers, signal: own }) =>
      asking(text, own, async (url, addresses, signal) => {
        const response = await connect(url, addresses, { method: 'GET', headers, signal })
        return {
          status: response.statusCode ?? 0,
          headers: response.headers,
          pieces: response,
          close: () => void response.destroy(),
        }
      }),
  }
}

async function send(url: URL, addresses: readonly string[], sent: Sent): Promise<Received> {
  const headers = { ...sent.headers, 'content-length': Buffer.byteLength(sent.body) }
  const response = await connect(url, addresses, { ...sent, method: 'POST', headers })
  try {
    return { status: response.statusCode ?? 0, body: await beginningOf(response) }
  } finally {
    response.destroy()
  }
}

interface Request extends Pick<Sent, 'signal'> {
  readonly method: 'GET' | 'POST'
  readonly headers: Readonly<Record<string, string | number>>
  readonly body?: string
}

/** Connects to one of `addresses`, whatever the name leads to by now. */
function connect(
  url: URL,
  addresses: readonly string[],
  { method, headers, body, signal }: Request,
): Promise<IncomingMessage> {
  const [address = ''] = addresses
  const options: RequestOptions = {
    method,
    agent: false,
    headers,
    signal,
    maxHeaderSize: 16_384,
    // Asked for names only, with the name; never again.
    lookup: (_, { all }, done) => {
      const family = isIP(address)
      if (all === true) done(null, [{ address, family }])
      else done(null, address, family)
    },
  }
  const request = url.protocol === 'https:' ? requestHttps : requestHttp
  return new Promise<IncomingMessage>((resolve, reject) => {
    const asked = request(url, options, resolve)
    asked.once('error', reject)
    asked.end(body)
  })
}

async function beginningOf(response: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = []
  let bytes = 0
  for await (const piece of response as AsyncIterable<Buffer>) {
    bytes += piece.length
    if (bytes > MAX_ANSWER_BYTES) throw new OutboundFault(failureText('long_answer'))
    if (bytes - piece.length < MAX_BODY_CHARS * 4) pieces.push(piece)
  }
  return printable(Buffer.concat(pieces).toString('utf8'))
}

/** Text for people: whoever answers must not move their cursor, nor break what keeps it. */
function printable(text: string): string {
  return text
    .replaceAll(/[\p{Cc}\p{Cs}\p{Cf}]+/gu, ' ')
    .slice(0, MAX_BODY_CHARS)
    .trim()
}

/** The host's address, where it is one: the net's spellings (hexadecimal, octal) are resolved by `URL`. */
function literalOf({ hostname }: URL): string | undefined {
  const host = hostname.replace(/^\[|\]$/g, '')
  return isIP(host) === 0 ? undefined : host
}

async function addressesOf(hostname: string): Promise<readonly string[]> {
  const found = await systemLookup(hostname, { all: true, verbatim: true })
  return found.map(({ address }) => address)
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(new OutboundFault(failureText('no_answer'))), {
      once: true,
    })
  })
}

function messageOf(error: unknown): string {
  const { code, message } = Object(error)
  return printable(
    typeof code === 'string' ? failureText('no_connection', { code }) : String(message),
  )
}
