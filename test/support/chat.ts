import { randomBytes, randomUUID } from 'node:crypto'
import { io, type Socket } from 'socket.io-client'
import type { Role } from '#protocol/account.ts'
import type { Begun } from '#protocol/chat-answers.ts'
import type { Channel } from '#protocol/chat-channels.ts'
import type { Conversation, ConversationLog } from '#protocol/chat-conversations.ts'
import { CHAT_NAMESPACE, CONSOLE_CHAT_NAMESPACE, SOCKET_PATH } from '#protocol/names.ts'
import { bringIn, type ConsoleClient } from './console-client.ts'
import type { TestServer } from './server.ts'

export interface PageReply<Answer = unknown> {
  readonly status: number
  readonly json: Answer
}

/** A page of the shop with the chat open, and the token that its browser made. */
export interface ChatPage {
  readonly token: string
  readonly post: <Answer = unknown>(path: string, body?: object) => Promise<PageReply<Answer>>
  /** The first message, in the channel. */
  readonly begin: (text?: string, more?: object) => Promise<Begun>
  readonly upload: (content: string | Buffer, name?: string) => Promise<PageReply>
}

export function newToken(): string {
  return randomBytes(32).toString('base64url')
}

export function textOf(text: string, id: string = randomUUID()) {
  return { kind: 'text', id, text } as const
}

export function chatPage(
  { url, key }: Pick<TestServer, 'url' | 'key'>,
  channelId: string,
  token = newToken(),
  /** As a trusted proxy tells it. */
  address?: string,
): ChatPage {
  let conversationId: string | undefined
  const held = () => ({ key, token, ...(conversationId !== undefined && { conversationId }) })

  async function send<Answer>(path: string, body: string | Uint8Array<ArrayBuffer>) {
    const headers = {
      'content-type': 'text/plain',
      ...(address !== undefined && { 'x-forwarded-for': address }),
    }
    const reply = await fetch(`${url}/v1/chat${path}`, { method: 'POST', headers, body })
    const text = await reply.text()
    const json: Answer = text === '' ? undefined : JSON.parse(text)
    return { status: reply.status, json }
  }

  return {
    token,
    post: (path, body = {}) => send(path, JSON.stringify({ ...held(), ...body })),
    async begin(text = 'Hola', more = {}) {
      const body = { ...held(), channelId, message: textOf(text), ...more }
      const { status, json } = await send<Begun>('/conversations', JSON.stringify(body))
      if (status !== 201) throw new Error(JSON.stringify(json))
      conversationId = json.conversation.id
      return json
    },
    upload(content, name = 'file.png') {
      const head = Buffer.from(`${JSON.stringify({ ...held(), name })}\n`)
      return send('/attachments', new Uint8Array(Buffer.concat([head, Buffer.from(content)])))
    },
  }
}

/** Says so much more, in order: `1`, `2` and so on. */
export async function sayMany({ post }: ChatPage, count: number): Promise<void> {
  for (let number = 1; number <= count; number += 1) {
    const { status } = await post('/messages', { message: textOf(`${number}`) })
    if (status !== 201) throw new Error(`Message ${number} was answered ${status}`)
  }
}

/** A shop's chat on, with a channel whose operators are these. */
export async function openChannel(
  owner: ConsoleClient,
  {
    name = 'Ayuda',
    operators = [],
  }: { readonly name?: string; readonly operators?: readonly string[] } = {},
): Promise<Channel> {
  await owner.told('PUT', '/chat/settings', { isOn: true })
  const channel = await owner.told<Channel>('POST', '/chat/channels', { name })
  if (operators.length > 0) {
    await owner.told('POST', `/chat/channels/${channel.id}/operators`, { memberIds: operators })
  }
  return channel
}

/** Somebody of the team, signed in. */
export async function bringMember(
  server: TestServer,
  owner: ConsoleClient,
  name: string,
  roles: readonly Role[] = ['operator'],
) {
  return bringIn(server, owner, { email: `${name}@shop.example`, roles })
}

export async function conversationsOf(client: ConsoleClient, query = ''): Promise<Conversation[]> {
  const { items } = await client.told<{ items: Conversation[] }>(
    'GET',
    `/chat/conversations${query}`,
  )
  return items
}

export function logOf(
  client: ConsoleClient,
  conversationId: string,
  after = 0,
): Promise<ConversationLog> {
  return client.told('GET', `/chat/conversations/${conversationId}/log?after=${after}`)
}

interface SocketOptions {
  readonly url: string
  readonly key: string
}

/** As a visitor's page opens it; nothing is tried again by itself. */
export function visitorSocket(
  { url, key }: SocketOptions,
  auth: object,
  options: object = {},
): Socket {
  return io(url + CHAT_NAMESPACE, {
    path: SOCKET_PATH,
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
    query: { shop: key },
    auth: { key, ...auth },
    ...options,
  })
}

export function memberSocket(
  { url, key }: SocketOptions,
  { cookie = '', origin = url }: { readonly cookie?: string | undefined; readonly origin?: string },
  options: object = {},
): Socket {
  return io(url + CONSOLE_CHAT_NAMESPACE, {
    path: SOCKET_PATH,
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
    auth: { shop: key },
    extraHeaders: { cookie, origin },
    ...options,
  })
}

/** Resolves to `open`, or to what the server said instead. */
export function outcomeOf(socket: Socket): Promise<string> {
  return new Promise((resolve) => {
    socket.once('connect', () => resolve('open'))
    socket.once('connect_error', ({ message }) => resolve(message))
  })
}
