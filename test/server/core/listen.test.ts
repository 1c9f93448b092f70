import { once } from 'node:events'
import { connect } from 'node:net'
import { expect, it } from 'vitest'
import { listen } from '#server/core/listen.ts'

it('stops in time though a web socket’s other end never hangs up', async () => {
  const { server, port, drain } = await listen(0, '127.0.0.1')
  const opened = new Promise((resolve) => server.once('upgrade', resolve))
  const client = connect({ port, host: '127.0.0.1', allowHalfOpen: true })
  client.on('error', () => undefined)
  client.write('GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n')
  await opened

  await drain(50)

  expect(server.listening).toBe(false)
  client.destroy()
})

it('does not wait for who has said nothing yet', async () => {
  const { server, port, drain } = await listen(0, '127.0.0.1')
  const arrived = once(server, 'connection')
  const client = connect(port, '127.0.0.1')
  client.on('error', () => undefined)
  await arrived

  await drain(60_000)

  expect(server.listening).toBe(false)
})
