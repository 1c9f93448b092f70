import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { CHAT_NAMESPACE, SOCKET_PATH, SOCKET_SHOP_PARAMETER } from '#protocol/names.ts'

/** A web socket by hand: it sends what no client would, and need not read what it is told. */
export interface RawSocket {
  /** A frame of text, of fewer than 65,536 bytes, whatever it says. */
  readonly say: (text: string) => void
  /** Bytes that may be no frame. */
  readonly write: (bytes: Buffer) => void
  /** From here on it reads nothing. */
  readonly pause: () => void
  readonly close: () => void
  readonly isClosed: () => boolean
  readonly closed: Promise<unknown>
}

/** Undefined where the server refuses it. */
export async function rawSocket({
  port,
  key,
}: {
  readonly port: number
  readonly key: string
}): Promise<RawSocket | undefined> {
  const socket = connect(port, '127.0.0.1')
  const closed = once(socket, 'close').catch(() => undefined)
  socket.on('error', () => undefined)
  await once(socket, 'connect')
  socket.write(
    [
      `GET ${SOCKET_PATH}/?EIO=4&transport=websocket&${SOCKET_SHOP_PARAMETER}=${key} HTTP/1.1`,
      `Host: 127.0.0.1:${port}`,
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}`,
      '\r\n',
    ].join('\r\n'),
  )
  const [answer] = (await Promise.race([once(socket, 'data'), closed.then(() => [''])])) as [Buffer]
  if (!String(answer).startsWith('HTTP/1.1 101')) {
    socket.destroy()
    return undefined
  }
  return driven(socket, closed)
}

function driven(socket: Socket, closed: Promise<unknown>): RawSocket {
  const write = (bytes: Buffer) => void (socket.writable && socket.write(bytes))
  // Read and thrown away.
  socket.on('data', () => undefined)
  return {
    say: (text) => write(frameOf(text)),
    write,
    pause: () => void socket.pause(),
    close: () => void socket.destroy(),
    isClosed: () => socket.destroyed,
    closed,
  }
}

/** Joins a visitor's chat, as the client's first packet does. */
export function joining(auth: object): string {
  return `40${CHAT_NAMESPACE},${JSON.stringify(auth)}`
}

/** RFC 6455, masked with zeros: a client's frames are masked, and that is a mask. */
export function frameOf(text: string, isBinary = false): Buffer {
  const body = Buffer.from(text)
  const isLong = body.length > 125
  const head = Buffer.alloc(isLong ? 4 : 2)
  head[0] = isBinary ? 0x82 : 0x81
  head[1] = 0x80 | (isLong ? 126 : body.length)
  if (isLong) head.writeUInt16BE(body.length, 2)
  return Buffer.concat([head, Buffer.alloc(4), body])
}
