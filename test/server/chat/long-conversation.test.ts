import { randomUUID } from 'node:crypto'
import { dirname } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { LogAnswer, Message } from '#protocol/chat.ts'
import { LOG_PAGE } from '#protocol/names.ts'
import { findConversation } from '#server/chat/conversation-store.ts'
import { appendMessage } from '#server/chat/log-store.ts'
import {
  bringMember,
  chatPage,
  logOf,
  openChannel,
  sayMany,
  textOf,
  type ChatPage,
} from '../../support/chat.ts'
import { setUpOwner, type ConsoleClient } from '../../support/console-client.ts'
import { eachDatabase, type FreshDatabase } from '../../support/databases.ts'
import { startServer, type TestServer } from '../../support/server.ts'

/** Of the visitor; the team's notes come beside, and are counted by the team alone. */
const SAID = 1_000
const NOTES = 7

eachDatabase('a conversation of a thousand messages', (fresh) => {
  let database: FreshDatabase
  let server: TestServer
  let port: number | undefined
  let owner: ConsoleClient
  let ana: ConsoleClient
  let page: ChatPage
  let id: string

  beforeAll(async () => {
    database = await fresh()
    await start()
    owner = await setUpOwner(server)
    const operator = await bringMember(server, owner, 'ana-ops')
    ana = operator
    const channel = await openChannel(owner, { operators: [operator.id] })
    page = chatPage(server, channel.id)
    const { conversation } = await page.begin('0')
    ;({ id } = conversation)
    await server.stop()
    await store(conversation.id, SAID - NOTES - 1)
    await start()
    for (let number = 1; number <= NOTES; number += 1) {
      await page.post('/messages', { message: textOf(`after note ${number}`) })
      const note = { kind: 'note', id: randomUUID(), text: `note ${number}` }
      await ana.told('POST', `/chat/conversations/${id}/messages`, note)
    }
  })
  afterAll(async () => {
    await server.stop()
    await database.remove()
  })

  /** Again where it was, if it was. */
  async function start(): Promise<void> {
    const { url, file = '' } = database.address
    const where = url === undefined ? { dataDir: dirname(file) } : { databaseUrl: url }
    server = await startServer({ ...where, port: port ?? 0 })
    port = Number(new URL(server.url).port)
  }

  /** Where messages are numbered, in one transaction: a thousand requests are another test's. Nothing else may be at it. */
  async function store(conversationId: string, many: number): Promise<void> {
    const db = await database.open()
    const publicId = Buffer.from(conversationId, 'base64url')
    const found = await findConversation(db, server.shop.id, publicId, { memberId: undefined })
    await db.transaction(async (sql) => {
      for (let number = 1; number <= many; number += 1) {
        await appendMessage({ sql, t: db.t }, server.shop.id, found?.id ?? 0, {
          clientId: randomUUID(),
          author: 'visitor',
          kind: 'text',
          text: `${number}`,
          isShown: true,
          at: Date.now(),
        })
      }
    })
    await db.close()
  }

  const sides = [
    { side: 'its visitor', log: visitorLog, all: SAID },
    { side: 'the team', log: (after: number) => logOf(ana, id, after), all: SAID + NOTES },
  ]

  async function visitorLog(after: number): Promise<LogAnswer> {
    const { status, json } = await page.post<LogAnswer>('/log', { after })
    if (status !== 200) throw new Error(`${status}`)
    return json
  }

  const numbersOf = (messages: readonly Message[]) => messages.map(({ number }) => number)
  const range = (first: number, last: number) =>
    Array.from({ length: last - first + 1 }, (_, at) => first + at)

  it.each(sides)('tells $side its newest entries first, by their own numbers', async (one) => {
    const { messages, hasMore } = await one.log(-50)

    expect(numbersOf(messages)).toEqual(range(one.all - 49, one.all))
    expect(hasMore).toBe(false)
    expect(messages.at(-1)).toMatchObject({ kind: one.side === 'the team' ? 'note' : 'text' })
  })

  it.each(sides)('read backwards by $side is what it is read forwards', async ({ log, all }) => {
    const forwards: Message[] = []
    for (let isMore = true; isMore;) {
      const { messages, hasMore } = await log(forwards.at(-1)?.number ?? 0)
      forwards.push(...messages)
      isMore = hasMore
    }
    const backwards = [...(await log(-50)).messages]
    while ((backwards[0]?.number ?? 1) > 1) {
      const end = (backwards[0]?.number ?? 1) - 1
      const { messages } = await log(Math.max(0, end - LOG_PAGE))
      backwards.unshift(...messages.filter(({ number }) => number <= end))
    }

    expect(numbersOf(forwards)).toEqual(range(1, all))
    expect(backwards).toEqual(forwards)
    expect(new Set(forwards.map((message) => message.id)).size).toBe(all)
  })

  it('tells a short one whole, to whoever asks for more than there is', async () => {
    const short = chatPage(server, (await openChannel(owner, { name: 'Short' })).id)
    await short.begin('Hola')
    await sayMany(short, 2)
    const { json } = await short.post<LogAnswer>('/log', { after: -50 })

    expect(json.messages.map(({ text }) => text)).toEqual(['Hola', '1', '2'])
    expect(json.hasMore).toBe(false)
  })

  it('tells no more at a time than a page', async () => {
    expect((await visitorLog(-LOG_PAGE)).messages).toHaveLength(LOG_PAGE)
    expect(await page.post('/log', { after: -LOG_PAGE - 1 })).toMatchObject({ status: 400 })
    expect(
      await ana.ask('GET', `/chat/conversations/${id}/log?after=${-LOG_PAGE - 1}`),
    ).toMatchObject({ status: 400 })
  })
})
