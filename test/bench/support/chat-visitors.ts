import { randomBytes, randomUUID } from 'node:crypto'
import { io, type Socket } from 'socket.io-client'
import { z } from 'zod'
import { CHAT_CONVERSATIONS_PATH, CHAT_NAMESPACE, SOCKET_PATH } from '#protocol/names.ts'
import { LOAD_CORE, pinTo } from './pinning.ts'
import type { Role } from './roles.ts'

const GivenSchema = z.object({ port: z.string(), key: z.string(), visitors: z.number() })
type Given = z.infer<typeof GivenSchema>

const OPENING_AT_ONCE = 20
const BegunSchema = z.object({ conversation: z.object({ id: z.string() }) })

/**
 * Visitors in a process of their own. Asked to `open`, they connect; a number lets them say so many messages in all, one
 * after the other in turn, evenly spread over `SECONDS`.
 */
export async function playVisitors(argument: string): Promise<Role> {
  pinTo(LOAD_CORE)
  const given = GivenSchema.parse(JSON.parse(argument))
  const auths: object[] = []
  for (let at = 0; at < given.visitors; at += 1) auths.push(await begin(given))
  const sockets: Socket[] = []
  return {
    ready: 'begun',
    async ask(question) {
      if (question !== 'open') return say(sockets, Number(question))
      for (let at = 0; at < auths.length; at += OPENING_AT_ONCE) {
        const some = auths.slice(at, at + OPENING_AT_ONCE)
        sockets.push(...(await Promise.all(some.map((auth) => open(given, auth)))))
      }
      return 'open'
    },
    stop: () => sockets.forEach((socket) => socket.close()),
  }
}

/** A bare server has no conversations, so nothing to begin. */
async function begin({ port, key }: Given): Promise<object> {
  if (key === '') return {}
  const token = randomBytes(32).toString('base64url')
  const message = { kind: 'text', id: randomUUID(), text: 'Hola' }
  const reply = await fetch(`http://127.0.0.1:${port}${CHAT_CONVERSATIONS_PATH}`, {
    method: 'POST',
    headers: { 'content-type': 'text/plain' },
    body: JSON.stringify({ key, token, message }),
  })
  if (!reply.ok) throw new Error(await reply.text())
  const { conversation } = BegunSchema.parse(await reply.json())
  return { key, token, conversationId: conversation.id }
}

function open({ port, key }: Given, auth: object): Promise<Socket> {
  const socket = io(`http://127.0.0.1:${port}${CHAT_NAMESPACE}`, {
    path: SOCKET_PATH,
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
    query: { shop: key },
    auth,
  })
  return new Promise((resolve, reject) => {
    socket.once('connect', () => resolve(socket))
    socket.once('connect_error', reject)
  })
}

const SECONDS = 20

/** Each message holds when it was said. */
async function say(sockets: readonly Socket[], count: number): Promise<string> {
  const answers: Promise<unknown>[] = []
  const started = performance.now()
  for (let at = 0; at < count; at += 1) {
    const due = started + (at * SECONDS * 1_000) / count
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, due - performance.now())))
    const text = String(performance.timeOrigin + performance.now())
    const message = { kind: 'text', id: randomUUID(), text }
    const socket = sockets[at % sockets.length]
    if (socket !== undefined) answers.push(socket.emitWithAck('chat:send', { message }))
  }
  const told = await Promise.all(answers)
  return String(told.filter((answer) => 'message' in Object(answer)).length)
}
