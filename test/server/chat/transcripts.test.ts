import { randomUUID } from 'node:crypto'
import { dirname } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { findConversation } from '#server/chat/conversation-store.ts'
import { appendMessage } from '#server/chat/log-store.ts'
import { deviceOf } from '../../support/chat-identity.ts'
import { chatPage, openChannel, textOf, type ChatPage } from '../../support/chat.ts'
import { setUpOwner, type ConsoleClient } from '../../support/console-client.ts'
import { eachDatabase, type FreshDatabase } from '../../support/databases.ts'
import { startMailSink, type MailSink } from '../../support/mail-sink.ts'
import { startServer, type TestServer } from '../../support/server.ts'

const DAY = 86_400_000

eachDatabase('a conversation that is mailed', (fresh) => {
  let database: FreshDatabase
  let server: TestServer
  let sink: MailSink
  let owner: ConsoleClient
  let channelId: string
  let port = 0
  let page: ChatPage
  let id: string
  /** What the clock is ahead of the real one. */
  let ahead = 0
  beforeAll(async () => {
    database = await fresh()
    sink = await startMailSink()
    await start()
    owner = await setUpOwner(server)
    channelId = (await openChannel(owner)).id
  })
  beforeEach(async () => {
    page = chatPage(server, channelId)
    id = (await page.begin('Hola')).conversation.id
  })
  afterAll(async () => {
    await server.stop()
    await sink.stop()
    await database.remove()
  })

  async function start(): Promise<void> {
    const { url, file = '' } = database.address
    const on = url === undefined ? { dataDir: dirname(file) } : { databaseUrl: url }
    const now = () => Date.now() + ahead
    server = await startServer({ ...on, mail: sink.settings, now, port })
    port = Number(new URL(server.url).port)
  }

  /** At the team's wish. */
  const mail = async (email: string) =>
    (await owner.ask('POST', `/chat/conversations/${id}/transcripts`, { email })).status
  const wish = async (email: string) => (await page.post('/transcripts', { email })).status
  const mailsTo = (email: string) => sink.arrived.filter(({ to }) => to.includes(email))
  const all = (count: number, ask: (at: number) => Promise<number>) =>
    Promise.all(Array.from({ length: count }, (_, at) => ask(at)))
  const counted = (answers: readonly number[], status: number) =>
    answers.filter((one) => one === status).length

  /** In one transaction: a thousand requests are another test's. Nothing else may be at it. */
  async function say(many: number): Promise<void> {
    await server.stop()
    const db = await database.open()
    const publicId = Buffer.from(id, 'base64url')
    const found = await findConversation(db, server.shop.id, publicId, { memberId: undefined })
    const said = { author: 'visitor', kind: 'text', isShown: true, at: Date.now() } as const
    await db.transaction(async (sql) => {
      const handle = { sql, t: db.t }
      for (let number = 1; number <= many; number += 1) {
        const message = { ...said, clientId: randomUUID(), text: `word-${number}.` }
        await appendMessage(handle, server.shop.id, found?.id ?? 0, message)
      }
    })
    await db.close()
    await start()
  }

  it('tells all that was said, and nothing of what it leaves out', async () => {
    const email = 'toda@mail.example'
    await page.post('/messages', { message: textOf('Adiós') })
    expect(await mail(email)).toBe(204)

    await expect.poll(() => mailsTo(email).length).toBe(1)
    const raw = mailsTo(email)[0]?.raw ?? ''
    expect(raw).toMatch(/Hola[^]+Adi/)
    expect(raw).not.toContain('earlier ones')
  })

  it('tells the newest of a very long one, and how many come before', async () => {
    const email = 'larga@mail.example'
    await say(1_002)
    expect(await mail(email)).toBe(204)

    await expect.poll(() => mailsTo(email).length).toBe(1)
    const raw = mailsTo(email)[0]?.raw ?? ''
    expect(raw).toContain('earlier ones that are not in this mail: 3')
    expect(raw.match(/word-\d+\./g)).toHaveLength(1_000)
    expect(raw).toContain('word-1002.')
    expect(raw).not.toContain('word-2.')
  })

  it('goes to an address three times a day, and to ten in all, even all at once', async () => {
    const same = await all(6, () => mail('una@mail.example'))
    expect([counted(same, 204), counted(same, 429)]).toEqual([3, 3])
    const others = await all(9, (at) => mail(`otra-${at}@mail.example`))
    expect([counted(others, 204), counted(others, 429)]).toEqual([7, 2])
    // What the team has used up, the visitor has not.
    expect(await wish('una@mail.example')).toBe(204)
  })

  it('goes to a proven customer’s own address as often, and no more', async () => {
    const device = deviceOf(server, channelId)
    await device.visit()
    await device.identify('u-own')
    await owner.told('POST', '/customers', {
      userId: 'u-own',
      traits: { email: 'own@mail.example' },
    })
    await device.page.begin('Soy yo', { visitor: device.visitor })
    const answers: number[] = []
    for (let at = 0; at < 4; at += 1) {
      const asked = { visitor: device.visitor, email: 'own@mail.example' }
      answers.push((await device.page.post('/transcripts', asked)).status)
    }

    expect(answers).toEqual([204, 204, 204, 429])
    await expect.poll(() => mailsTo('own@mail.example').length).toBe(3)
  })

  it('goes to ten addresses a day at its visitor’s wish', async () => {
    const answers: number[] = []
    for (let at = 0; at < 11; at += 1) answers.push(await wish(`ajena-${at}@mail.example`))

    expect(answers).toEqual([...Array.from({ length: 10 }, () => 204), 429])
    ahead += DAY
    expect(await wish('ajena-0@mail.example')).toBe(204)
  })
})
