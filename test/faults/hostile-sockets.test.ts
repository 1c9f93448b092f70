import { randomBytes } from 'node:crypto'
import { dirname } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Socket } from 'socket.io-client'
import { CHAT_NAMESPACE, METRICS_PATH } from '#protocol/names.ts'
import {
  chatPage,
  memberSocket,
  openChannel,
  outcomeOf,
  textOf,
  visitorSocket,
  type ChatPage,
} from '../support/chat.ts'
import { setUpOwner } from '../support/console-client.ts'
import { freshSqlite } from '../support/databases.ts'
import { forkServer, type ForkedServer } from '../support/forked-server.ts'
import { frameOf, joining, rawSocket, type RawSocket } from '../support/raw-socket.ts'
import { startServer } from '../support/server.ts'

const isLong = process.env['TEST_LONG'] === '1'
const FRAMES = isLong ? 1_000_000 : 40_000
const FRAMES_AT_ONCE = 2_000
const SLOW_SOCKETS = isLong ? 500 : 200
const LONG_MESSAGES = 60
const HEARTBEAT_MS = 1_000
const PUBLIC_URL = 'http://localhost:4780'
const METRICS_TOKEN = 'a-token-for-metrics-that-is-long-enough'
const MB = 1_048_576

describe('a server that sockets mean harm', () => {
  let server: ForkedServer
  let page: ChatPage
  let conversationId: string
  let visitor: Socket
  let member: Socket
  const heard: string[] = []

  beforeAll(async () => {
    const database = await freshSqlite()
    const dataDir = dirname(database.address.file ?? '')
    const first = await startServer({ dataDir, publicUrl: PUBLIC_URL })
    const owner = await setUpOwner(first)
    const channel = await openChannel(owner)
    page = chatPage(first, channel.id)
    conversationId = (await page.begin('Hola')).conversation.id
    await first.stop()
    server = await forkServer({
      ...database.environment,
      PUBLIC_URL,
      HEARTBEAT_MS: String(HEARTBEAT_MS),
      METRICS_TOKEN,
    })
    const at = { url: `http://localhost:${server.port}`, key: server.key }
    visitor = visitorSocket(at, { token: page.token, conversationId })
    member = memberSocket(at, { cookie: owner.cookie, origin: PUBLIC_URL })
    visitor.onAny((...told: unknown[]) => void heard.push(JSON.stringify(told)))
    const outcomes = await Promise.all([visitor, member].map(outcomeOf))
    if (outcomes.some((outcome) => outcome !== 'open'))
      throw new Error(`Sockets: ${outcomes.join()}`)
    return async () => {
      await server.end('SIGTERM')
      await database.remove()
    }
  })
  afterAll(() => {
    visitor.close()
    member.close()
  })

  const answers = (text: string): Promise<unknown> =>
    member.emitWithAck('chat:send', { conversationId, message: textOf(text) })

  it('reads no flood of frames that are none, and serves others meanwhile', async () => {
    const before = await residentBytes()
    const slowest = { ms: 0 }
    let sent = 0
    let refused = 0
    let hungUp = 0
    let isOver = false
    const serving = serveOthers(() => isOver, slowest)
    while (sent < FRAMES) {
      const socket = await rawSocket(server)
      if (socket === undefined) {
        // Its address has opened too many.
        refused += 1
        await pause(50)
        continue
      }
      // By turns from who has joined, and may say more.
      if (Math.random() < 0.5)
        socket.say(joining({ key: server.key, token: page.token, conversationId }))
      for (let index = 0; index < FRAMES_AT_ONCE; index++) socket.write(nonsense())
      sent += FRAMES_AT_ONCE
      await Promise.race([socket.closed, pause(1_000)])
      // Bytes that announce a long frame are waited for until the next heartbeat.
      if (socket.isClosed()) hungUp += 1
      socket.close()
    }
    isOver = true
    const said = await serving
    const grown = (await residentBytes()) - before

    process.stdout.write(
      `${sent} frames, ${hungUp} of ${sent / FRAMES_AT_ONCE} sockets hung up on, ${refused} refused: ${Math.round(grown / MB)} MB more, ` +
        `slowest of ${said} answers to others after ${slowest.ms.toFixed(0)} ms\n`,
    )
    expect(said).toBeGreaterThan(0)
    expect(hungUp).toBeGreaterThan(0.5 * (sent / FRAMES_AT_ONCE))
    expect(grown).toBeLessThan(200 * MB)
    await expect.poll(() => heard.join()).toContain(`Answer ${said - 1}.`)
  })

  it('hangs up on those who read nothing, and tells all others everything', async () => {
    const before = await residentBytes()
    const slow: RawSocket[] = []
    while (slow.length < SLOW_SOCKETS) {
      const socket = await rawSocket(server)
      if (socket === undefined) {
        await pause(50)
        continue
      }
      socket.say(joining({ key: server.key, token: page.token, conversationId }))
      socket.pause()
      slow.push(socket)
    }
    for (let index = 0; index < LONG_MESSAGES; index++) {
      await answers(`Long ${index}. ${'ñ'.repeat(3_900)}`)
    }
    const most = await residentBytes()
    for (let index = 0; index < LONG_MESSAGES; index++) {
      await expect.poll(() => heard.some((told) => told.includes(`Long ${index}. `))).toBe(true)
    }

    process.stdout.write(
      `${SLOW_SOCKETS} sockets that read nothing: ${Math.round((most - before) / MB)} MB more\n`,
    )
    await expect
      .poll(async () => (await figure('granplaza_sockets_open')) <= 2, {
        timeout: 10 * HEARTBEAT_MS,
      })
      .toBe(true)
    expect(visitor.connected).toBe(true)
    expect(most - before).toBeLessThan(300 * MB)
    for (const socket of slow) socket.close()
  })

  const residentBytes = () => figure('process_resident_memory_bytes')

  async function figure(name: string): Promise<number> {
    const reply = await fetch(`http://localhost:${server.port}${METRICS_PATH}`, {
      headers: { authorization: `Bearer ${METRICS_TOKEN}` },
    })
    const [, value] = new RegExp(`^${name} (\\S+)$`, 'm').exec(await reply.text()) ?? []
    return Number(value)
  }

  /** A conversation goes on beside it all. */
  async function serveOthers(isOver: () => boolean, slowest: { ms: number }): Promise<number> {
    let said = 0
    while (!isOver()) {
      const began = performance.now()
      expect(await answers(`Answer ${said}.`)).toHaveProperty('message')
      slowest.ms = Math.max(slowest.ms, performance.now() - began)
      said += 1
      await pause(100)
    }
    return said
  }
})

const NONSENSE: readonly string[] = [
  '',
  '4',
  '6',
  '9',
  '40',
  '41',
  '44{}',
  '42["chat:send"',
  `42${CHAT_NAMESPACE},["chat:send",{"message":null}]`,
  `42${CHAT_NAMESPACE},99999999999999999999["chat:send",{}]`,
  `42${CHAT_NAMESPACE},[${'['.repeat(20_000)}`,
  `451-${CHAT_NAMESPACE},["chat:send",{"_placeholder":true,"num":7}]`,
  `459999999-${CHAT_NAMESPACE},["chat:send"]`,
  `40${CHAT_NAMESPACE},{"token":"${'a'.repeat(43)}"}`,
  '40/console/chat,{}',
  `40/${'x'.repeat(10_000)},`,
  `42["__proto__",{"__proto__":{"a":1}}]`,
  '\u0000\uFFFF\uD800',
]

/** A frame that says nothing, or, now and then, bytes that are no frame. */
function nonsense(): Buffer {
  if (Math.random() < 0.001) return randomBytes(40)
  const text = NONSENSE[Math.floor(Math.random() * NONSENSE.length)] ?? ''
  return frameOf(text, Math.random() < 0.05)
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
