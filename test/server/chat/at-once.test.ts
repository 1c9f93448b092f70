import { dirname } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Conversation, ConversationLog } from '#protocol/chat-conversations.ts'
import { bringMember, chatPage, logOf, openChannel, textOf } from '../../support/chat.ts'
import { setUpOwner, type ConsoleClient } from '../../support/console-client.ts'
import { eachDatabase, rowsOf, type FreshDatabase } from '../../support/databases.ts'
import { startServer, type TestServer } from '../../support/server.ts'

type Member = ConsoleClient & { readonly id: string }

const TIMES = 12

eachDatabase('at the same moment', (fresh) => {
  let database: FreshDatabase
  let server: TestServer
  let owner: ConsoleClient
  let channelId: string
  let members: readonly Member[]

  beforeAll(async () => {
    database = await fresh()
    const { url, file = '' } = database.address
    server = await startServer(
      url === undefined ? { dataDir: dirname(file) } : { databaseUrl: url },
    )
    owner = await setUpOwner(server)
    members = [
      await bringMember(server, owner, 'ana-now'),
      await bringMember(server, owner, 'luis-now'),
      await bringMember(server, owner, 'eva-now'),
    ]
    channelId = (await openChannel(owner, { operators: members.map(({ id }) => id) })).id
  })
  afterAll(async () => {
    await database.remove()
  })

  async function begun(): Promise<string> {
    return (await chatPage(server, channelId).begin()).conversation.id
  }

  const pathOf = (id: string) => `/chat/conversations/${id}`

  function closedAt({ messages }: ConversationLog): number {
    return messages.find(({ notice }) => notice === 'closed')?.number ?? Infinity
  }

  it('is answered before it is closed, or refused', async () => {
    const faults: unknown[] = []
    for (let i = 0; i < TIMES; i += 1) {
      const id = await begun()
      const [closed, said] = await Promise.all([
        owner.ask('PATCH', pathOf(id), { state: 'closed' }),
        members[0]?.ask('POST', `${pathOf(id)}/messages`, textOf('¿Sigues ahí?')),
      ])
      const log = await logOf(owner, id)
      const answer = log.messages.find(({ text }) => text === '¿Sigues ahí?')
      const isSound =
        answer === undefined
          ? said?.status === 409
          : said?.status === 201 && answer.number < closedAt(log)
      if (closed.status !== 200 || !isSound) faults.push(log.messages.map((one) => one.kind))
    }

    expect(faults).toEqual([])
  })

  it('is given to one of those who take it', async () => {
    const faults: unknown[] = []
    for (let i = 0; i < TIMES; i += 1) {
      const id = await begun()
      await Promise.all(
        members.map((one) => one.ask('PUT', `${pathOf(id)}/assignment`, { memberId: one.id })),
      )
      faults.push(...(await faultsOf(id)))
    }

    expect(faults).toEqual([])
  })

  it('is taken by one of those who answer it', async () => {
    const faults: unknown[] = []
    for (let i = 0; i < TIMES; i += 1) {
      const id = await begun()
      await Promise.all(
        members.map((one) => one.ask('POST', `${pathOf(id)}/messages`, textOf('Hola'))),
      )
      const { messages } = await logOf(owner, id)
      const given = messages.filter(({ notice }) => notice === 'assigned')
      if (given.length !== 1) faults.push(`given ${given.length} times`)
      faults.push(...(await faultsOf(id)))
    }

    expect(faults).toEqual([])
  })

  it('is given to nobody once it is closed', async () => {
    const faults: unknown[] = []
    for (let i = 0; i < TIMES; i += 1) {
      const id = await begun()
      const [memberId] = members.map((one) => one.id)
      await Promise.all([
        owner.ask('PATCH', pathOf(id), { state: 'closed' }),
        owner.ask('PUT', `${pathOf(id)}/assignment`, { memberId }),
      ])
      const { state, closedAt: at } = await owner.told<Conversation>('GET', pathOf(id))
      if (state !== 'closed' || at === null) faults.push(`${state}, closed ${at}`)
    }

    expect(faults).toEqual([])
  })

  /** Where the conversation and its log tell different things of who answers. */
  async function faultsOf(id: string): Promise<string[]> {
    const { messages, conversation } = await logOf(owner, id)
    const operator = conversation.operator?.name
    const told = messages.findLast(({ notice }) => notice === 'assigned')?.detail?.['name']
    return told === operator ? [] : [`answered by ${operator}, told of ${String(told)}`]
  }

  // Last, for SQLite's file is the server's own as long as it runs.
  it('is assigned to whoever answers it', async () => {
    await server.stop()
    const db = await database.open()
    const differing = await rowsOf(
      db,
      `SELECT c.id, c.operator_id, a.member_id FROM conversations c
         LEFT JOIN conversation_assignments a ON a.conversation_id = c.id AND a.ended_at IS NULL
        WHERE c.operator_id IS NOT NULL AND c.closed_at IS NULL
          AND (a.member_id IS NULL OR a.member_id <> c.operator_id)`,
    )
    await db.close()

    expect(differing).toEqual([])
  })
})
