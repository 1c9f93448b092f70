import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import { connect, type AddressInfo, type Socket } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readIncoming } from '#server/core/body.ts'
import { answerClientError, readSlowly } from '#server/core/slow-body.ts'

const REQUEST_TIMEOUT_MS = 200
const PIECE = 'x'.repeat(1_000)

let port = 0
let read: (incoming: IncomingMessage) => Promise<Buffer>
const server = createServer(
  { requestTimeout: REQUEST_TIMEOUT_MS, headersTimeout: 150, connectionsCheckingInterval: 20 },
  (request, response) => {
    read(request).then(
      (body) => response.end(`read ${body.length}`),
      () => undefined,
    )
  },
)
server.on('clientError', answerClientError)

beforeEach(async () => {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  port = (server.address() as AddressInfo).port
})
afterEach(async () => {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

describe('a body that comes slowly', () => {
  it('is read whole where files may, and the connection serves what follows', async () => {
    read = (incoming) => readSlowly(incoming, 1e6, pace)
    const client = begin(5)
    for (let piece = 0; piece < 5; piece += 1) {
      await pause(REQUEST_TIMEOUT_MS / 2)
      client.socket.write(PIECE)
    }

    await expect.poll(client.heard).toContain('read 5000')
    client.socket.write(`POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nhi`)
    await expect.poll(client.heard).toContain('read 2')
    client.socket.destroy()
  })

  it('is cut elsewhere', async () => {
    read = (incoming) => readIncoming(incoming, 1e6)
    const client = begin(5)

    await client.ended
    expect(client.heard()).toContain('408 Request Timeout')
  })

  it.each([
    { what: 'has stopped coming', slower: { leastBytes: 500 } },
    { what: 'takes too long in all', slower: { longestMs: 100 } },
  ])('is cut where files may, once it $what', async ({ slower }) => {
    read = (incoming) => readSlowly(incoming, 1e6, { ...pace, ...slower })
    const client = begin(5)
    client.socket.write(PIECE)

    await client.ended
    expect(client.heard()).toContain('408 Request Timeout')
  })
})

it('what is no request is told so', async () => {
  const client = said('NOT HTTP\r\n\r\n')

  await client.ended
  expect(client.heard()).toContain('400 Bad Request')
})

const pace = { lookEveryMs: 150, leastBytes: 0, longestMs: 60_000 }

function begin(pieces: number) {
  return said(`POST / HTTP/1.1\r\nHost: x\r\nContent-Length: ${pieces * PIECE.length}\r\n\r\n`)
}

interface Client {
  readonly socket: Socket
  readonly heard: () => string
  readonly ended: Promise<unknown>
}

function said(text: string): Client {
  const socket = connect(port, '127.0.0.1')
  let heard = ''
  socket.on('data', (piece) => void (heard += piece.toString()))
  socket.on('error', () => undefined)
  socket.write(text)
  return { socket, heard: () => heard, ended: once(socket, 'close') }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
