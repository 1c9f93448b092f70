import { STATUS_CODES, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { readIncoming } from './body.ts'

/** How slow a body may be: so many bytes each time that it is looked at, and whole in the end. */
export interface Pace {
  readonly lookEveryMs: number
  readonly leastBytes: number
  readonly longestMs: number
}

/** 2 kB a second: a phone at the edge of its net sends 10 MB in the end, and nobody holds us by a byte now and then. */
const USUAL: Pace = { lookEveryMs: 5_000, leastBytes: 10_000, longestMs: 600_000 }
/** Each may hold its whole body in memory. Beyond, a body has the time that all others have. */
const MOST_AT_ONCE = 50

/** Whose body may take longer than Node's `requestTimeout`; of the process, as its memory is. */
const slow = new Set<Duplex>()

/** As `readIncoming`, for what people send over lines of theirs: it need not be whole within 15 s, only come on. */
export async function readSlowly(
  incoming: IncomingMessage,
  limitBytes: number,
  { lookEveryMs, leastBytes, longestMs }: Pace = USUAL,
): Promise<Buffer> {
  const { socket } = incoming
  if (slow.size >= MOST_AT_ONCE) return readIncoming(incoming, limitBytes)
  const begunAt = performance.now()
  let seen = socket.bytesRead
  const looking = setInterval(() => {
    const came = socket.bytesRead - seen
    seen = socket.bytesRead
    const isTooLong = performance.now() - begunAt > longestMs
    if (came < leastBytes || isTooLong) answerTimeout(socket)
  }, lookEveryMs)
  slow.add(socket)
  try {
    return await readIncoming(incoming, limitBytes)
  } finally {
    clearInterval(looking)
    slow.delete(socket)
  }
}

/**
 * Answers what is no request, and one that took too long, as Node does by itself; but for those that may. Node looks at a
 * request that was too slow once, so that here is where to let it go on.
 */
export function answerClientError(
  error: Error & { readonly code?: string },
  socket: Duplex & { readonly _httpMessage?: ServerResponse | null },
): void {
  if (error.code === 'ERR_HTTP_REQUEST_TIMEOUT' && slow.has(socket)) return
  // An answer that has begun would be mixed with this one.
  const isBegun = socket._httpMessage?.headersSent === true
  if (socket.writable && !isBegun) socket.write(answerOf(STATUSES[error.code ?? ''] ?? 400))
  socket.destroy(error)
}

const STATUSES: Readonly<Record<string, number>> = {
  HPE_HEADER_OVERFLOW: 431,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
}

function answerTimeout(socket: Duplex): void {
  if (socket.writable) socket.write(answerOf(408))
  socket.destroy()
}

function answerOf(status: number): string {
  return `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\n\r\n`
}
