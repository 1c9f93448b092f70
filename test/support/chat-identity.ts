import { createHmac } from 'node:crypto'
import type { History } from '#protocol/chat-history.ts'
import { chatPage, newToken, type ChatPage, type PageReply } from './chat.ts'
import { batchOf, BROWSER, eventOf, newVisitor } from './ingestion.ts'
import type { TestServer } from './server.ts'

/** A browser of somebody's: its visitor of events, and a page with the chat. */
export interface Device {
  readonly page: ChatPage
  readonly visitor: { readonly id: string; readonly token: string }
  /** A page view: from now on the server knows the visitor. */
  readonly visit: (url?: string) => Promise<void>
  /** As `gp.identify` does; signed by the shop's server, unless said. */
  readonly identify: (userId: string, signature?: string | null) => Promise<void>
  readonly history: (more?: object) => Promise<History>
  /** Whatever a page asks, with the visitor of events beside. */
  readonly ask: <Answer = unknown>(path: string, body?: object) => Promise<PageReply<Answer>>
  /** The same browser after `gp.reset()`: nothing of before is left in it. */
  readonly reset: () => Device
}

/** `planted`: the visitor that somebody has put into this browser before. */
export function deviceOf(
  server: TestServer,
  channelId: string,
  planted: Device['visitor'] = newVisitor(),
): Device {
  const page = chatPage(server, channelId, newToken())
  let { id, token } = planted
  const visitor = () => ({ id, token })

  async function store(changes: Parameters<typeof eventOf>[0], nextToken?: string): Promise<void> {
    const { name: _, ...event } = eventOf(changes)
    const batch = batchOf([{ ...event, at: Date.now() }], {
      key: server.key,
      sentAt: Date.now(),
      visitor: { id, token, ...(nextToken !== undefined && { nextToken }) },
    })
    const body = JSON.stringify(batch)
    const headers = { 'user-agent': BROWSER }
    const reply = await fetch(`${server.url}/v1/events`, { method: 'POST', headers, body })
    const told = await reply.text()
    if (told.includes('dropped')) throw new Error(told)
  }

  const ask: Device['ask'] = (path, body = {}) => page.post(path, { visitor: visitor(), ...body })

  return {
    page,
    get visitor() {
      return visitor()
    },
    ask,
    reset: () => deviceOf(server, channelId),
    visit: (url) => store({ type: 'page', ...(url !== undefined && { page: pageAt(url) }) }),
    async identify(userId, signature) {
      const nextToken = newToken()
      const claim = signature === undefined ? await signatureFor(server, userId) : signature
      const signed = claim !== null && { signature: claim }
      await store({ type: 'identify', userId, ...signed }, nextToken)
      token = nextToken
    },
    async history(more = {}) {
      const { status, json } = await ask<History>('/history', more)
      if (status !== 200) throw new Error(JSON.stringify(json))
      return json
    },
  }
}

function pageAt(url: string) {
  return { url, referrer: '', title: `Title of ${url}` }
}

export async function signatureFor(
  { account, shop, key }: TestServer,
  userId: string,
): Promise<string> {
  const secret = await account.identitySecret(shop.id)
  return createHmac('sha256', secret).update(`${key}:${userId}`).digest('hex')
}
