import { randomUUID } from 'node:crypto'
import { dirname } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, it } from 'vitest'
import type { LogAnswer } from '#protocol/chat.ts'
import type { Begun } from '#protocol/chat-answers.ts'
import type { Chatbot } from '#protocol/chatbots.ts'
import type { Conversation } from '#protocol/chat-conversations.ts'
import { chatPage, newToken, openChannel, textOf } from '../support/chat.ts'
import { consoleClient, setUpOwner } from '../support/console-client.ts'
import { eachDatabase } from '../support/databases.ts'
import { forkServer, type ForkedServer } from '../support/forked-server.ts'
import { startServer } from '../support/server.ts'

const KILLS = process.env.TEST_LONG === '1' ? 150 : 10
const VISITORS = 4
const QUESTIONS = 8
/** Between the first answer that a server acknowledges and its end. */
const MAX_LIFE_MS = 250
const PUBLIC_URL = 'http://localhost:4780'

const STEPS = [
  { kind: 'text', id: 'hello', text: { en: 'Hello' } },
  ...Array.from({ length: QUESTIONS }, (_, at) => ({
    kind: 'line',
    id: `step-${at}`,
    text: { en: `Question ${at}` },
    attribute: `answer_${at}`,
  })),
  { kind: 'handover', id: 'team', text: { en: 'One moment' } },
]

/** All that is in a log where nothing is lost or doubled, of which the first is an answer to the first question. */
const WHOLE = [
  'bot: Hello',
  ...Array.from({ length: QUESTIONS }, (_, at) => [`bot: Question ${at}`, `visitor: Answer ${at}`]),
  'bot: One moment',
].flat()

eachDatabase('a server killed in the middle of a bot’s turn', (fresh) => {
  it(`loses and doubles nothing of it in ${KILLS} kills, and every visitor gets to its end`, async () => {
    const database = await fresh()
    const { url, file = '' } = database.address
    const where = url === undefined ? { dataDir: dirname(file) } : { databaseUrl: url }
    const first = await startServer({ ...where, publicUrl: PUBLIC_URL })
    const owner = await setUpOwner(first)
    const channel = await openChannel(owner)
    await owner.told('PUT', `/chat/channels/${channel.id}/seat`)
    const bot = await owner.told<Chatbot>('POST', '/chat/chatbots', { name: 'Guide', steps: STEPS })
    await owner.told('PUT', `/chat/channels/${channel.id}/rules`, {
      rules: [{ action: 'show', chatbotId: bot.id }],
    })
    await first.stop()

    const environment: Record<string, string> = {
      PUBLIC_URL,
      ...(url === undefined ? { DATA_DIR: dirname(file) } : { DATABASE_URL: url }),
    }
    let server: ForkedServer = await forkServer(environment)
    let acknowledged = 0
    let again = 0
    let isOver = false
    const at = () => ({ url: `http://localhost:${server.port}`, key: first.key })

    /** The same, until a server says that it has it. */
    async function insist<Answer>(token: string, path: string, body: object): Promise<Answer> {
      for (;;) {
        const sent = chatPage(at(), channel.id, token).post<Answer>(path, body)
        const reply = await sent.catch(() => undefined)
        if (reply?.status === 201) {
          acknowledged += 1
          return reply.json
        }
        // Nobody there, or no longer; or one that asks to be left alone for a moment.
        if (reply !== undefined && ![429, 503].includes(reply.status)) {
          throw new Error(`A visitor was answered ${reply.status} ${JSON.stringify(reply.json)}`)
        }
        again += 1
        await wait(20)
      }
    }

    const talks: { readonly token: string; readonly id: string }[] = []
    async function visit(): Promise<void> {
      while (!isOver) {
        const token = newToken()
        const { conversation } = await insist<Begun>(token, '/conversations', {
          channelId: channel.id,
          message: textOf('Answer 0', randomUUID()),
          bot: { id: bot.id, version: bot.version },
        })
        const { id } = conversation
        for (let question = 1; question < QUESTIONS; question += 1) {
          const message = textOf(`Answer ${question}`, randomUUID())
          await insist(token, '/messages', { conversationId: id, message })
        }
        talks.push({ token, id })
      }
    }

    const visitors = Promise.all(Array.from({ length: VISITORS }, visit))
    // Told where they are waited for.
    visitors.catch(() => undefined)
    for (let kill = 1; kill <= KILLS; kill += 1) {
      const before = acknowledged
      while (acknowledged === before) await wait(2)
      await wait(Math.random() * MAX_LIFE_MS)
      await server.end('SIGKILL')
      server = await forkServer(environment)
    }
    isOver = true
    await visitors

    const team = consoleClient(at(), first.key, owner.cookie)
    for (const { token, id } of talks) {
      const { json } = await chatPage(at(), channel.id, token).post<LogAnswer>('/log', {
        conversationId: id,
        after: 0,
      })
      const said = json.messages.flatMap(({ author, text }) =>
        text === undefined ? [] : [`${author.kind}: ${text}`],
      )
      expect(said).toEqual(WHOLE)
      const numbers = json.messages.map(({ number }) => number)
      expect(numbers).toEqual(numbers.map((_, place) => place + 1))
      const stored = await team.told<Conversation>('GET', `/chat/conversations/${id}`)
      expect(['queued', 'assigned']).toContain(stored.state)
      expect(Object.values(stored.visitor.fields)).toHaveLength(QUESTIONS)
    }
    await server.end('SIGTERM')
    await database.remove()
    expect(talks.length).toBeGreaterThanOrEqual(VISITORS)
    expect(again).toBeGreaterThan(0)
    process.stdout.write(
      `${KILLS} kills, ${talks.length} talks of ${QUESTIONS} answers, ${again} sent again\n`,
    )
  })
})
