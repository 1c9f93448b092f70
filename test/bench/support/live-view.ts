import { io, type Socket } from 'socket.io-client'
import { EVENTS_PATH, LIVE_NAMESPACE, SOCKET_PATH } from '#protocol/names.ts'
import type { LivePerson } from '#protocol/people.ts'
import type { LiveServerEvents } from '#protocol/sockets.ts'
import { USER_AGENT } from './filled-shop.ts'
import { batchIn, newShopper, newVisit } from './shop-life.ts'

interface Console {
  readonly port: number
  readonly shopKey: string
  /** Of a member's session. */
  readonly cookie: string
}

/** So many visitors who are on the shop now. */
export async function bringVisitors(count: number, { port, shopKey }: Console): Promise<void> {
  for (let n = 0; n < count; n += 1) {
    const now = Date.now()
    const batch = batchIn(shopKey, newVisit(newShopper(n), now), { now, size: 5 })
    const reply = await fetch(`http://127.0.0.1:${port}${EVENTS_PATH}`, {
      method: 'POST',
      headers: { 'content-type': 'text/plain', 'user-agent': USER_AGENT },
      body: JSON.stringify(batch),
    })
    if (!reply.ok) throw new Error(await reply.text())
  }
}

/** Opens the live view as its page does; who is on the shop, once that is known. */
export function openLiveView({ port, shopKey, cookie }: Console): Promise<LivePerson[]> {
  const url = `http://127.0.0.1:${port}${LIVE_NAMESPACE}`
  const socket: Socket<LiveServerEvents> = io(url, {
    path: SOCKET_PATH,
    transports: ['websocket'],
    reconnection: false,
    forceNew: true,
    auth: { shop: shopKey },
    extraHeaders: { cookie, origin: `http://localhost:${port}` },
  })
  return new Promise((resolve, reject) => {
    socket.once('connect_error', reject)
    socket.once('live:people', (people) => {
      socket.disconnect()
      resolve(people)
    })
  })
}
