import { Manager } from 'socket.io-client'
import {
  CHAT_NAMESPACE,
  CHAT_RECONNECTING,
  chatOpeningMs,
  SOCKET_PATH,
  SOCKET_SHOP_PARAMETER,
} from '#protocol/names.ts'
import type { ChatLink, LinkEars, Shows } from '#widgets/kit/chat-host.ts'

const PATIENCE_MS = 10_000

/**
 * Opens a connection for one conversation; `shows` is asked each time, for who the visitor is may be proven by then. It comes
 * back by itself, but for where the server says no for good.
 */
export function connect(
  server: string,
  shop: string,
  shows: Shows,
  { opened, lost, failed, heard }: LinkEars,
): ChatLink {
  const manager = new Manager(server, {
    path: SOCKET_PATH,
    transports: ['websocket'],
    query: { [SOCKET_SHOP_PARAMETER]: shop },
    ...CHAT_RECONNECTING,
  })
  manager.on('reconnect_attempt', (tries) => void manager.timeout(chatOpeningMs(tries)))
  const socket = manager.socket(CHAT_NAMESPACE, { auth: shows })
  socket.on('connect', opened)
  socket.on('disconnect', (reason) => {
    lost()
    // The server has hung up, as when it restarts: what was hung up so does not come back by itself.
    if (reason === 'io server disconnect') socket.connect()
  })
  socket.on('connect_error', (error: Error & { data?: { code?: string } }) => {
    // `active`: it tries again, for nobody was reached.
    failed(socket.active ? undefined : (error.data?.code ?? error.message))
  })
  socket.onAny((name: string, told: unknown) => heard(name, told))
  // An attempt may hang for a while that began without a network.
  const hurry = () => {
    if (!socket.connected) socket.disconnect().connect()
  }
  window.addEventListener('online', hurry)
  return {
    ask: async (name, told) => {
      if (!socket.connected) throw new Error('not connected')
      const answer: unknown = await socket.timeout(PATIENCE_MS).emitWithAck(name, told)
      return answer
    },
    tell: (name, told) => {
      // Nobody waits for the answer, and it may be lost.
      if (socket.connected)
        socket
          .timeout(PATIENCE_MS)
          .emitWithAck(name, told)
          .catch(() => {})
    },
    close: () => {
      window.removeEventListener('online', hurry)
      socket.disconnect()
      manager.engine?.close()
    },
  }
}
