import { pipeline, Readable } from 'node:stream'
import { createGzip } from 'node:zlib'

/** Whoever takes nothing for so long has gone, and keeps no other from beginning. */
const PATIENCE_MS = 60_000
/** So little that a slow line takes it in that time. */
const PIECE_BYTES = 64 * 1024

/** What `lines` give, made while it is taken. Ends by itself where nobody takes anything any more. */
export function patientStream(lines: AsyncIterable<string>, form: 'gzip' | 'plain'): Readable {
  const source = Readable.from(taken(), { objectMode: false })
  // Whoever reads hears of what went wrong; `pipeline` sees to it that both end.
  const stream = form === 'plain' ? source : pipeline(source, createGzip(), () => undefined)
  const patience = setTimeout(() => stream.destroy(new Error('Nobody took it')), PATIENCE_MS)
  patience.unref()
  stream.once('close', () => clearTimeout(patience))

  async function* taken() {
    for await (const text of lines) {
      // Also where there is nothing yet: whoever looks for something rare is at work.
      patience.refresh()
      const bytes = Buffer.from(text)
      for (let at = 0; at < bytes.length; at += PIECE_BYTES) {
        patience.refresh()
        yield bytes.subarray(at, at + PIECE_BYTES)
      }
    }
  }
  return stream
}

/** Cast: Node's types of web streams and the platform's are two. */
export function webStreamOf(stream: Readable): ReadableStream<Uint8Array<ArrayBuffer>> {
  return Readable.toWeb(stream) as unknown as ReadableStream<Uint8Array<ArrayBuffer>>
}
