import { dirname } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openChannel, textOf } from '../../support/chat.ts'
import { deviceOf } from '../../support/chat-identity.ts'
import { setUpOwner, type ConsoleClient } from '../../support/console-client.ts'
import { eachDatabase, type FreshDatabase } from '../../support/databases.ts'
import { startServer, type TestServer } from '../../support/server.ts'

eachDatabase('what a person said in chats', (fresh) => {
  let database: FreshDatabase
  let server: TestServer
  let owner: ConsoleClient
  let channelId: string

  beforeAll(async () => {
    database = await fresh()
    const { url, file = '' } = database.address
    server = await startServer(
      url === undefined ? { dataDir: dirname(file) } : { databaseUrl: url },
    )
    owner = await setUpOwner(server)
    channelId = (await openChannel(owner)).id
  })
  afterAll(async () => {
    await server.stop()
    await database.remove()
  })

  /** Somebody who has signed in, and has written; by their customer's id. */
  async function chatter(userId: string, text: string) {
    const device = deviceOf(server, channelId)
    await device.identify(userId)
    const fields = { email: `${userId}@mail.example` }
    const { conversation } = await device.page.begin(text, { visitor: device.visitor, fields })
    const { id } = await owner.told<{ id: string }>('GET', `/customers?userId=${userId}`)
    return { id, conversation, device }
  }

  it('is in the file about them, line by line, and nobody else’s is', async () => {
    const ana = await chatter('ana', 'Is it red?')
    await chatter('bob', 'Is it blue?')
    await ana.device.page.post('/messages', { message: textOf('Or green?') })

    const file = await owner.ask('GET', `/customer-profiles/${ana.id}/export`)
    const { conversations } = JSON.parse(file.text) as { conversations: unknown[] }
    expect(conversations).toMatchObject([
      {
        id: ana.conversation.id,
        email: 'ana@mail.example',
        closedAt: null,
        messages: [
          { author: 'visitor', kind: 'text', text: 'Is it red?' },
          { author: 'visitor', kind: 'text', text: 'Or green?' },
        ],
      },
    ])
    expect(file.text).not.toContain('blue')
  })

  it('goes with them, also where the browser that they wrote in is known no more', async () => {
    const { id } = await chatter('cleo', 'Forget me')
    const other = await chatter('dan', 'Remember me')
    const beside = await database.open({ role: 'command' })
    const { conversations } = beside.t
    await beside.sql.update(conversations).set({ visitorId: null })
    await owner.told('DELETE', `/customer-profiles/${id}`)

    await expect
      .poll(async () => (await owner.ask('GET', `/customer-profiles/${id}`)).status)
      .toBe(404)
    const left = await beside.sql.select({ text: conversations.lastText }).from(conversations)
    await beside.close()
    expect(left.map(({ text }) => text)).not.toContain('Forget me')
    expect(left.map(({ text }) => text)).toContain('Remember me')
    expect((await owner.ask('GET', `/customer-profiles/${other.id}`)).status).toBe(200)
  })
})
