import { connect } from 'node:net'

/** One kept connection that carries one request at a time. */
export interface Connection {
  /** Sends a whole HTTP/1.1 request; the bytes must not change until the answer. */
  send(request: Buffer, onAnswer: (status: number) => void): void
  close(): void
}

/** Bare sockets: an HTTP client costs more than the server that is to be measured. */
export async function openConnection(port: number): Promise<Connection> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true })
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve)
    socket.once('error', reject)
  })
  let received = Buffer.alloc(0)
  let onAnswer: ((status: number) => void) | undefined
  socket.on('data', (chunk) => {
    received = received.length === 0 ? chunk : Buffer.concat([received, chunk])
    const status = statusOf(received)
    if (status === undefined) return
    received = Buffer.alloc(0)
    onAnswer?.(status)
  })
  socket.on('error', () => undefined)
  // A connection that the server ends counts as a failed request, not as one that never happened.
  socket.on('close', () => onAnswer?.(0))
  return {
    send(request, then) {
      if (socket.destroyed) return then(0)
      onAnswer = then
      socket.write(request)
    },
    close() {
      onAnswer = undefined
      socket.destroy()
    },
  }
}

const HEAD_END = Buffer.from('\r\n\r\n')
const CHUNKS_END = Buffer.from('0\r\n\r\n')

/** The status of the one answer in `bytes`; undefined until it is whole. */
function statusOf(bytes: Buffer): number | undefined {
  const headEnd = bytes.indexOf(HEAD_END)
  if (headEnd < 0) return undefined
  const head = bytes.toString('latin1', 0, headEnd)
  const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1]
  const isWhole =
    length === undefined
      ? bytes.subarray(-CHUNKS_END.length).equals(CHUNKS_END)
      : bytes.length >= headEnd + HEAD_END.length + Number(length)
  return isWhole ? Number(head.slice(9, 12)) : undefined
}
