import { IncomingMessage } from 'node:http'
import { Refusal } from './errors.ts'

/** The body of a request that Node received. Reading it here costs half of what a web stream does. */
export function readIncoming(incoming: IncomingMessage, limitBytes: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let length = 0
    // Nothing came after the line that was read of it.
    if (incoming.readableEnded) return resolve(Buffer.alloc(0))
    if (incoming.destroyed) return reject(endedEarly())
    incoming.on('data', onData)
    incoming.once('end', onEnd)
    incoming.once('close', onClose)
    incoming.once('error', onClose)
    // Where a line was read of it, it stands still.
    incoming.resume()

    function onData(chunk: Buffer): void {
      length += chunk.length
      if (length <= limitBytes) return void chunks.push(chunk)
      stop()
      // Left unread: once the answer is out, the adapter drops what still comes and closes.
      incoming.pause()
      reject(tooLarge(limitBytes))
    }
    function onEnd(): void {
      stop()
      const [first] = chunks
      resolve(chunks.length === 1 && first !== undefined ? first : Buffer.concat(chunks))
    }
    function onClose(): void {
      stop()
      reject(endedEarly())
    }
    function stop(): void {
      incoming.off('data', onData)
      incoming.off('end', onEnd)
      incoming.off('close', onClose)
    }
  })
}

/** The same for a request without a connection, as tests make them. */
export async function readStream(
  stream: ReadableStream<Uint8Array> | null,
  limitBytes: number,
): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of stream ?? []) {
    length += chunk.length
    if (length > limitBytes) throw tooLarge(limitBytes)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** The pieces of a body as they arrive. Leaves what is too long unread, as `readIncoming` does. */
export async function* streamBounded(
  body: IncomingMessage | ReadableStream<Uint8Array> | null,
  limitBytes: number,
): AsyncIterable<Buffer> {
  const pieces: AsyncIterable<Uint8Array> | [] =
    body instanceof IncomingMessage ? body.iterator({ destroyOnReturn: false }) : (body ?? [])
  let length = 0
  try {
    for await (const piece of pieces) {
      length += piece.length
      if (length > limitBytes) throw tooLarge(limitBytes)
      yield Buffer.from(piece.buffer, piece.byteOffset, piece.length)
    }
  } catch (error) {
    if (body instanceof IncomingMessage && !body.complete && !(error instanceof Refusal)) {
      throw endedEarly()
    }
    throw error
  }
}

/** Refuses what can be refused before a byte is read. */
export function refuseUnreadable(
  header: (name: string) => string | undefined,
  limitBytes: number,
): void {
  const encoding = header('content-encoding')
  if (encoding !== undefined && encoding !== 'identity') {
    throw new Refusal('unsupported_encoding', 'Send the body without content-encoding')
  }
  refuseLong(header, limitBytes)
}

/** Refuses a body that says how long it is before a byte of it is read. */
export function refuseLong(header: (name: string) => string | undefined, limitBytes: number): void {
  if (Number(header('content-length') ?? 0) > limitBytes) throw tooLarge(limitBytes)
}

export function tooLarge(limitBytes: number): Refusal {
  return new Refusal('too_large', `The body is longer than ${limitBytes} bytes: split it`)
}

function endedEarly(): Refusal {
  return new Refusal('bad_request', 'The request ended before its body did')
}
