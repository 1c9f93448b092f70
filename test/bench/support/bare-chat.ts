import { createServer } from 'node:http'
import { Server } from 'socket.io'
import { SOCKET_PATH } from '#protocol/names.ts'
import { listen } from './listening.ts'
import { memoryOf } from './memory.ts'
import type { Role } from './roles.ts'

/** The peer: socket.io alone, which passes on what a visitor says to a room, acknowledges it, and stores nothing. */
export async function serveBareChat(): Promise<Role> {
  const http = createServer()
  const io = new Server(http, { path: SOCKET_PATH, transports: ['websocket'], serveClient: false })
  const team = io.of('/console/chat')
  team.on('connection', (socket) => void socket.join('team'))
  io.of('/chat').on('connection', (socket) => {
    void socket.join(`conversation ${socket.id}`)
    let number = 0
    socket.on('chat:send', ({ message }: { message: object }, done: (answer: object) => void) => {
      number += 1
      const messages = [{ ...message, number }]
      team.to('team').emit('chat:messages', { messages })
      done({ message: messages[0] })
    })
  })
  return {
    ready: String(await listen(http)),
    ask: memoryOf,
    stop: () => io.close().then(() => undefined),
  }
}
