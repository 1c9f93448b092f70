import { createHash } from 'node:crypto'
import { PassThrough, Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { failureText } from '#protocol/failures.ts'
import { OutboundFault, type Opened, type Outbound } from '../../core/outbound.ts'
import { FeedFault } from './feed-fault.ts'
import { xmlItems } from './xml-items.ts'

/** How much of a feed is read, and how long is waited for it. */
export interface FeedLimits {
  readonly bytes: number
  readonly totalMs: number
  /** For the next piece. */
  readonly idleMs: number
}

export const FEED_LIMITS: FeedLimits = {
  bytes: 128 * 1024 * 1024,
  totalMs: 10 * 60_000,
  idleMs: 20_000,
}

/** What the file's server said of it the last time. */
export interface Version {
  readonly etag: string | null
  readonly lastModified: string | null
}

export interface FetchedFeed extends Version {
  readonly isXml: boolean
  /** CSV as it is, XML as lines of JSON. */
  readonly pieces: AsyncIterable<Buffer>
  /** SHA-256 of the file, once all of it was taken. */
  readonly contentHash: () => Buffer
  readonly close: () => void
}

const MAX_REDIRECTS = 4
const REDIRECTS = [301, 302, 303, 307, 308]
const NOT_MODIFIED = 304
/** A server's answers may be kept; a longer mark is none. */
const MAX_MARK_CHARS = 300

/** Asks for a feed; undefined where it is the same as before. Every address on the way is one that may be asked. */
export async function fetchFeed(
  outbound: Outbound,
  url: string,
  asked: { readonly before: Version; readonly limits: FeedLimits; readonly signal: AbortSignal },
): Promise<FetchedFeed | undefined> {
  const { before, limits } = asked
  const signal = AbortSignal.any([asked.signal, AbortSignal.timeout(limits.totalMs)])
  const opened = await open(outbound, url, before, signal)
  const { status, headers, close } = opened
  if (status === NOT_MODIFIED) {
    close()
    return undefined
  }
  if (status !== 200) {
    close()
    throw new FeedFault(failureText('feed_answered', { status }))
  }
  const hash = createHash('sha256')
  try {
    const bytes = inflated(bounded(opened.pieces, limits, signal), limits, hash)
    const [head, pieces] = await headOf(bytes)
    const isXml = looksLikeXml(head)
    return {
      isXml,
      etag: markOf(headers.etag),
      lastModified: markOf(headers['last-modified']),
      pieces: isXml ? xmlItems(pieces) : pieces,
      contentHash: () => hash.copy().digest(),
      close,
    }
  } catch (error) {
    close()
    throw error
  }
}

async function open(
  outbound: Outbound,
  first: string,
  { etag, lastModified }: Version,
  signal: AbortSignal,
): Promise<Opened> {
  const headers = {
    accept: 'application/xml, text/xml, text/csv, */*;q=0.5',
    'accept-encoding': 'gzip',
    'user-agent': 'Granplaza-Feeds/1',
    ...(etag !== null && { 'if-none-match': etag }),
    ...(lastModified !== null && { 'if-modified-since': lastModified }),
  }
  let url = first
  for (let step = 0; step <= MAX_REDIRECTS; step += 1) {
    const opened = await outbound.get(url, { headers, signal })
    const { location } = opened.headers
    if (!REDIRECTS.includes(opened.status) || location === undefined) return opened
    opened.close()
    if (!URL.canParse(location, url)) throw new FeedFault(failureText('feed_nowhere'))
    url = new URL(location, url).href
  }
  throw new FeedFault(failureText('feed_leads_on'))
}

/** Ends with a fault where too much comes, or nothing for too long. */
async function* bounded(
  pieces: AsyncIterable<Buffer>,
  { bytes, idleMs }: FeedLimits,
  signal: AbortSignal,
): AsyncGenerator<Buffer> {
  const source = Readable.from(pieces)
  const idle = new AbortController()
  const timer = setTimeout(() => idle.abort(), idleMs)
  const stop = AbortSignal.any([signal, idle.signal])
  const end = () => source.destroy(new FeedFault(failureText('feed_stopped')))
  stop.addEventListener('abort', end, { once: true })
  let taken = 0
  try {
    for await (const piece of source as AsyncIterable<Buffer>) {
      timer.refresh()
      taken += piece.length
      if (taken > bytes) throw new FeedFault(tooLong(bytes))
      yield piece
    }
  } catch (error) {
    if (error instanceof FeedFault) throw error
    if (stop.aborted) throw new FeedFault(failureText('feed_stopped'), { cause: error })
    throw new FeedFault(failureText('feed_broke_off'), { cause: error })
  } finally {
    clearTimeout(timer)
    stop.removeEventListener('abort', end)
    source.destroy()
  }
}

/** Zipped on the way, or a file that is: by its first two bytes. What is read of it is bounded too. */
async function* inflated(
  source: AsyncIterable<Buffer>,
  { bytes }: FeedLimits,
  hash: ReturnType<typeof createHash>,
): AsyncGenerator<Buffer> {
  const [head, pieces] = await headOf(source)
  const isZipped = head[0] === 0x1f && head[1] === 0x8b
  let taken = 0
  for await (const piece of isZipped ? unzipped(pieces) : pieces) {
    taken += piece.length
    if (taken > bytes) throw new FeedFault(tooLong(bytes))
    hash.update(piece)
    yield piece
  }
}

async function* unzipped(pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const out = new PassThrough()
  const done = pipeline(Readable.from(pieces), createGunzip(), out).catch((error: unknown) => {
    out.destroy(error instanceof FeedFault ? error : new FeedFault(failureText('feed_zipped')))
  })
  try {
    for await (const piece of out as AsyncIterable<Buffer>) yield piece
  } finally {
    out.destroy()
    await done
  }
}

/** The first piece, and all of them again. */
async function headOf(pieces: AsyncIterable<Buffer>): Promise<[Buffer, AsyncIterable<Buffer>]> {
  const iterator = pieces[Symbol.asyncIterator]()
  const first = await iterator.next()
  if (first.done === true) throw new FeedFault(failureText('feed_empty'))
  async function* all() {
    try {
      yield first.value as Buffer
      for (;;) {
        const next = await iterator.next()
        if (next.done === true) return
        yield next.value
      }
    } finally {
      await iterator.return?.()
    }
  }
  return [first.value, all()]
}

function looksLikeXml(head: Buffer): boolean {
  const text = head.subarray(0, 400).toString('latin1').replaceAll('\u0000', '')
  return /^(\u00ef\u00bb\u00bf|\u00ff\u00fe|\u00fe\u00ff)?\s*</.test(text)
}

function tooLong(bytes: number): string {
  return failureText('feed_too_long', { megabytes: Math.floor(bytes / 1024 / 1024) })
}

function markOf(header: string | undefined): string | null {
  return header === undefined || header.length > MAX_MARK_CHARS ? null : header
}

/** What is told of it; undefined: a bug, or the server stops. */
export function feedFaultText(error: unknown): string | undefined {
  return error instanceof FeedFault || error instanceof OutboundFault ? error.message : undefined
}
