import { dirname } from 'node:path'
import type { Socket } from 'socket.io-client'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import type { VisitorConversation } from '#protocol/chat.ts'
import { chatPage, openChannel, outcomeOf, visitorSocket } from '../../support/chat.ts'
import { setUpOwner, type ConsoleClient } from '../../support/console-client.ts'
import { eachDatabase, type FreshDatabase } from '../../support/databases.ts'
import { startServer, type TestServer } from '../../support/server.ts'

const MINUTE = 60_000
/** Ten minutes before the shop closes. */
const MONDAY = Date.parse('2026-11-23T16:50:00Z')
/** What time alone changes is told within seconds. */
const PATIENT = { timeout: 15_000 }

eachDatabase('a visitor whose chat runs hears that', (fresh) => {
  let database: FreshDatabase
  let server: TestServer
  let owner: ConsoleClient
  let ahead = 0
  const begun = Date.now()
  let opened: Socket[] = []

  beforeAll(async () => {
    database = await fresh()
    const { url, file = '' } = database.address
    const on = url === undefined ? { dataDir: dirname(file) } : { databaseUrl: url }
    server = await startServer({ ...on, now: () => MONDAY + Date.now() - begun + ahead })
    owner = await setUpOwner(server)
  })
  beforeEach(() => {
    ahead = 0
  })
  afterEach(() => {
    for (const socket of opened) socket.close()
    opened = []
  })
  afterAll(async () => {
    await server.stop()
    await database.remove()
  })

  /** One who is answered, and listens; what they are told, in order, without what repeats. */
  async function visitor(channelId: string) {
    const page = chatPage(server, channelId)
    const { conversation } = await page.begin()
    const auth = { token: page.token, conversationId: conversation.id }
    const socket = visitorSocket(server, auth)
    opened.push(socket)
    const told = [conversation.isAnyoneThere]
    socket.on('chat:conversation', (said: { conversation: VisitorConversation }) => {
      const { isAnyoneThere } = said.conversation
      if (told.at(-1) !== isAnyoneThere) told.push(isAnyoneThere)
    })
    expect(await outcomeOf(socket)).toBe('open')
    await socket.emitWithAck('chat:resume', { after: 0 })
    return told
  }

  const seat = (channelId: string, method: 'PUT' | 'DELETE') =>
    owner.told(method, `/chat/channels/${channelId}/seat`)

  it('the last operator leaves, is away, and is back', async () => {
    const [{ id }, other] = [await openChannel(owner), await openChannel(owner, { name: 'Otro' })]
    await seat(id, 'PUT')
    await seat(other.id, 'PUT')
    const told = await visitor(id)
    const elsewhere = await visitor(other.id)

    await seat(id, 'DELETE')
    await expect.poll(() => told, PATIENT).toEqual([true, false])
    await seat(id, 'PUT')
    await expect.poll(() => told, PATIENT).toEqual([true, false, true])
    expect(elsewhere).toEqual([true])
    await owner.told('PUT', '/chat/presence', { presence: 'away', maxChats: null })
    await expect.poll(() => told, PATIENT).toEqual([true, false, true, false])
    await expect.poll(() => elsewhere, PATIENT).toEqual([true, false])
    await owner.told('PUT', '/chat/presence', { presence: 'online', maxChats: null })
    await expect.poll(() => elsewhere, PATIENT).toEqual([true, false, true])
  })

  it('business hours are over', async () => {
    const { id } = await openChannel(owner)
    await seat(id, 'PUT')
    const day = [{ from: '09:00', to: '17:00' }]
    const week = { mon: day, tue: [], wed: [], thu: [], fri: [], sat: [], sun: [] }
    const hours = { timeZone: 'UTC', week }
    await owner.told('PATCH', `/chat/channels/${id}`, { options: { hours } })
    const told = await visitor(id)

    ahead = 11 * MINUTE
    await expect.poll(() => told, PATIENT).toEqual([true, false])
  })
})
