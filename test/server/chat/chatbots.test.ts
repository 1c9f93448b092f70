import { dirname } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AuditEntry } from '#protocol/audit.ts'
import type { Chatbot, ChatbotSummary } from '#protocol/chatbots.ts'
import { bringMember } from '../../support/chat.ts'
import { setUpOwner, type ConsoleClient } from '../../support/console-client.ts'
import { eachDatabase, type FreshDatabase } from '../../support/databases.ts'
import { startServer, type TestServer } from '../../support/server.ts'

const HELLO = { kind: 'text', id: 'hello', text: { en: 'Hello' } }

eachDatabase('chatbots', (fresh) => {
  let database: FreshDatabase
  let server: TestServer
  let owner: ConsoleClient
  beforeAll(async () => {
    database = await fresh()
    const { url, file = '' } = database.address
    const where = url === undefined ? { dataDir: dirname(file) } : { databaseUrl: url }
    server = await startServer(where)
    owner = await setUpOwner(server)
  })
  afterAll(async () => {
    await server.stop()
    await database.remove()
  })

  const make = (name: string, steps: readonly object[] = [HELLO]) =>
    owner.told<Chatbot>('POST', '/chat/chatbots', { name, steps })
  const names = async (query = '') => {
    const { items } = await owner.told<{ items: ChatbotSummary[] }>('GET', `/chat/chatbots${query}`)
    return items.map(({ name }) => name)
  }

  it('is made, read, changed, copied and archived, each noted', async () => {
    const made = await make('Guide')
    const changed = await owner.told<Chatbot>('PATCH', `/chat/chatbots/${made.id}?version=1`, {
      name: 'Guía',
      steps: [HELLO, { kind: 'handover', id: 'team', text: { en: 'One moment' } }],
    })
    const copy = await owner.told<Chatbot>('POST', `/chat/chatbots/${made.id}/copies`)
    await owner.told('PATCH', `/chat/chatbots/${made.id}`, { isArchived: true })

    expect(made).toMatchObject({ version: 1, stepCount: 1, isArchived: false })
    expect(changed).toMatchObject({ version: 2, name: 'Guía', stepCount: 2 })
    expect(await owner.told('GET', `/chat/chatbots/${copy.id}`)).toMatchObject({
      name: 'Guía (2)',
      steps: changed.steps,
    })
    expect(await names()).toEqual(['Guía (2)'])
    expect(await names('?archived=true')).toEqual(['Guía'])
    const { items } = await owner.told<{ items: AuditEntry[] }>('GET', '/audit-log?limit=4')
    expect(items.map(({ action }) => action)).toEqual([
      'chatbot.changed',
      'chatbot.created',
      'chatbot.changed',
      'chatbot.created',
    ])
  })

  it('is copied under a name that fits, whatever it is cut in', async () => {
    const { id } = await make(`${'a'.repeat(55)}😀abc`)

    const copy = await owner.told<Chatbot>('POST', `/chat/chatbots/${id}/copies`)

    expect(copy.name).toBe(`${'a'.repeat(55)} (2)`)
  })

  it('refuses a change of what was changed meanwhile', async () => {
    const { id } = await make('Twice')
    await owner.told('PATCH', `/chat/chatbots/${id}?version=1`, { name: 'First' })

    const second = await owner.ask('PATCH', `/chat/chatbots/${id}?version=1`, { name: 'Second' })

    expect(second).toMatchObject({ status: 409, json: { error: { code: 'conflict' } } })
    expect(await owner.told('GET', `/chat/chatbots/${id}`)).toMatchObject({ name: 'First' })
  })

  describe('refuses a script', () => {
    const question = {
      kind: 'question',
      id: 'topic',
      text: { en: 'What?' },
      answers: [{ id: 'a', text: { en: 'A' } }],
    }
    it.each([
      { what: 'without steps', steps: [], says: 'at least one step' },
      { what: 'with an id twice', steps: [HELLO, HELLO], says: 'Step 2 (hello)' },
      {
        what: 'that waits for what comes later',
        steps: [{ ...HELLO, when: { topic: ['a'] } }, question],
        says: 'Step 1 (hello): its condition names no earlier question',
      },
      {
        what: 'that waits for no answer of its question',
        steps: [question, { ...HELLO, when: { topic: ['b'] } }],
        says: 'Step 2 (hello): its condition names an answer',
      },
      {
        what: 'without a text',
        steps: [{ ...HELLO, text: {} }],
        says: 'Step 1 (hello): write a text',
      },
      {
        what: 'with a link that runs',
        steps: [
          {
            ...question,
            answers: [{ id: 'a', text: { en: 'A' }, url: 'data:text/html,hello' }],
          },
        ],
        says: 'steps.0.answers.0.url',
      },
    ])('$what', async ({ steps, says }) => {
      const reply = await owner.ask('POST', '/chat/chatbots', { name: 'Bad', steps })

      expect(reply).toMatchObject({
        status: 400,
        json: { error: { code: 'bad_request', message: expect.stringContaining(says) } },
      })
      expect(await names()).not.toContain('Bad')
    })
  })

  it('is none of an operator’s to change', async () => {
    const operator = await bringMember(server, owner, 'eva-bots')

    const reply = await operator.ask('POST', '/chat/chatbots', { name: 'Mine', steps: [HELLO] })

    expect(reply).toMatchObject({ status: 403 })
  })
})
