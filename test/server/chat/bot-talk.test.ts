import { dirname } from 'node:path'
import { randomBytes, randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { LogAnswer, Message } from '#protocol/chat.ts'
import type { Begun, LauncherAnswer, Posted } from '#protocol/chat-answers.ts'
import type { Channel, OwnPresence } from '#protocol/chat-channels.ts'
import type { Conversation } from '#protocol/chat-conversations.ts'
import type { BotCondition } from '#protocol/chat-rules.ts'
import type { Chatbot } from '#protocol/chatbots.ts'
import type { MailSummary } from '#protocol/mail.ts'
import type { Database } from '#server/db/database.ts'
import {
  bringMember,
  chatPage,
  conversationsOf,
  logOf,
  newToken,
  openChannel,
  textOf,
  type ChatPage,
} from '../../support/chat.ts'
import { setUpOwner, type ConsoleClient } from '../../support/console-client.ts'
import { eachDatabase, rowsOf, type FreshDatabase } from '../../support/databases.ts'
import { ruleWithBot } from '../../support/chat-rules.ts'
import { batchOf, BROWSER, eventOf, newVisitor } from '../../support/ingestion.ts'
import { startServer, type TestServer } from '../../support/server.ts'

type Member = ConsoleClient & { readonly id: string }

const BOGOTA = '181.49.100.1'
const BERLIN = '217.0.43.1'
const NOBODY_KNOWS = '10.0.0.1'

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

const GUIDE = [
  { kind: 'text', id: 'hello', text: { en: 'Hello, I am a bot.', es: 'Hola, soy un bot.' } },
  {
    kind: 'question',
    id: 'topic',
    text: { en: 'What is it about?', es: '¿De qué se trata?' },
    attribute: 'topic',
    answers: [
      {
        id: 'order',
        text: { en: 'My order', es: 'Mi pedido' },
        leadState: 'open',
        potential: 'high',
      },
      { id: 'sizes', text: { en: 'Sizes', es: 'Tallas' }, url: 'https://shop.example/sizes' },
    ],
  },
  {
    kind: 'email',
    id: 'email',
    text: { en: 'Your e-mail?', es: '¿Tu correo?' },
    when: { topic: ['order'] },
  },
  {
    kind: 'phone',
    id: 'phone',
    text: { en: 'Your phone?', es: '¿Tu teléfono?' },
    when: { topic: ['order'] },
  },
  {
    kind: 'line',
    id: 'number',
    text: { en: 'Which order?', es: '¿Qué pedido?' },
    attribute: 'order_number',
    when: { topic: ['order'] },
  },
  {
    kind: 'handover',
    id: 'team',
    text: { en: 'Somebody takes over.', es: 'Alguien te atiende.' },
    when: { topic: ['order'] },
  },
  { kind: 'text', id: 'bye', text: { en: 'Thank you.', es: 'Gracias.' }, leadState: 'qualified' },
]

eachDatabase('a talk with a bot', (fresh) => {
  let database: FreshDatabase
  let server: TestServer
  let owner: ConsoleClient
  let ana: Member
  let db: Database
  beforeAll(async () => {
    database = await fresh()
    const { url, file = '' } = database.address
    const where = url === undefined ? { dataDir: dirname(file) } : { databaseUrl: url }
    server = await startServer({ ...where, trustedProxies: ['127.0.0.1'] })
    db = await database.open({ role: 'command' })
    owner = await setUpOwner(server)
    ana = await bringMember(server, owner, 'ana-bots')
  })
  afterEach(async () => {
    for (const { id } of await conversationsOf(owner)) {
      await owner.told('PATCH', `/chat/conversations/${id}`, { state: 'closed' })
    }
  })
  afterAll(async () => {
    await db.close()
    await server.stop()
    await database.remove()
  })

  const makeBot = (steps: readonly object[] = GUIDE) =>
    owner.told<Chatbot>('POST', '/chat/chatbots', { name: 'Guide', steps })
  /** A channel of its own, where the bot talks. */
  async function channelWith(bot: Chatbot, condition: BotCondition = 'always'): Promise<Channel> {
    const channel = await openChannel(owner, { name: randomUUID(), operators: [ana.id] })
    await ana.told('DELETE', `/chat/channels/${channel.id}/seat`)
    await ruleWithBot(db, { channel, bot, condition })
    return channel
  }
  const sit = ({ id }: Channel) => ana.told<OwnPresence>('PUT', `/chat/channels/${id}/seat`)
  const launcherOf = async (channel: Channel, more = {}) =>
    (
      await chatPage(server, channel.id).post<LauncherAnswer>('/launcher', {
        channelId: channel.id,
        ...more,
      })
    ).json
  const read = (id: string) => owner.told<Conversation>('GET', `/chat/conversations/${id}`)
  const logged = async (page: ChatPage, after = 0) =>
    (await page.post<LogAnswer>('/log', { after })).json.messages
  const told = (messages: readonly Message[]) =>
    messages.map(({ author, text, notice }) => `${author.kind}: ${text ?? notice ?? ''}`)
  const said = async (page: ChatPage) => told(await logged(page))
  const say = (page: ChatPage, text: string, more = {}) =>
    page.post<Posted>('/messages', { message: { ...textOf(text), ...more } })
  const press = (page: ChatPage, step: string, answer: string) =>
    say(page, 'pressed', { chosen: { step, answer } })
  const botOf = ({ id, version }: Chatbot) => ({ id, version })

  /** Whoever presses `My order` as their first answer. */
  async function beginWith(bot: Chatbot, channel: Channel, answer = 'order', more = {}) {
    const page = chatPage(server, channel.id)
    const message = { ...textOf('pressed'), chosen: { step: 'topic', answer } }
    const { conversation } = await page.begin('', { message, bot: botOf(bot), ...more })
    return { page, id: conversation.id }
  }

  describe('before it begins', () => {
    it('is told with its welcome in the visitor’s language, and nothing is stored', async () => {
      const bot = await makeBot()
      const channel = await channelWith(bot)

      const launcher = await launcherOf(channel, { languages: ['es_CO'] })

      expect(launcher).toMatchObject({
        isShown: true,
        bot: {
          script: { id: bot.id, version: 1 },
          name: 'Guide · Bot',
          said: [
            { text: 'Hola, soy un bot.' },
            {
              text: '¿De qué se trata?',
              ask: {
                step: 'topic',
                kind: 'question',
                answers: [
                  { id: 'order', text: 'Mi pedido' },
                  { id: 'sizes', text: 'Tallas', url: 'https://shop.example/sizes' },
                ],
              },
            },
          ],
        },
      })
      expect(await conversationsOf(owner, `?channel=${channel.id}&view=all`)).toEqual([])
    })

    it('talks only when its rule lets it, and not once it is archived', async () => {
      const bot = await makeBot()
      const channel = await channelWith(bot, 'nobody_available')
      const whenNobody = await launcherOf(channel)
      await sit(channel)
      const whenAna = await launcherOf(channel)
      await ana.told('DELETE', `/chat/channels/${channel.id}/seat`)
      await owner.told('PATCH', `/chat/chatbots/${bot.id}`, { isArchived: true })

      expect(whenNobody.bot?.script.id).toBe(bot.id)
      expect(whenAna.bot).toBeUndefined()
      expect((await launcherOf(channel)).bot).toBeUndefined()
    })
  })

  describe('begins by its id', () => {
    /** What comes of a beginning that names the bot, from there. */
    async function stateOf(bot: Chatbot, channel: Channel, from?: string): Promise<string> {
      const page = chatPage(server, channel.id, newToken(), from)
      const { conversation } = await page.begin('Hi', { bot: botOf(bot) })
      return conversation.state
    }
    const rules = (channel: Channel, ...all: readonly object[]) =>
      owner.told('PUT', `/chat/channels/${channel.id}/rules`, { rules: all })
    const open = () => openChannel(owner, { name: randomUUID() })

    it('only where a rule names it that does not hide the chat', async () => {
      const bot = await makeBot()
      const [hidden, shown] = [await open(), await open()]
      await rules(hidden, { action: 'hide', chatbotId: bot.id })
      await rules(shown, { action: 'hide' }, { action: 'show', chatbotId: bot.id })

      expect(await stateOf(bot, hidden)).toBe('queued')
      // Which page it was shown on only the browser knows: single-page shops go on below an open window.
      expect(await stateOf(bot, shown)).toBe('bot')
    })

    it('only from the countries of such a rule', async () => {
      const bot = await makeBot()
      const channel = await open()
      await rules(channel, { action: 'show', chatbotId: bot.id, countries: ['ES', 'CO'] })

      expect(await stateOf(bot, channel, BOGOTA)).toBe('bot')
      expect(await stateOf(bot, channel, BERLIN)).toBe('queued')
      expect(await stateOf(bot, channel, NOBODY_KNOWS)).toBe('queued')
    })

    it('for a day after its script was changed, and no more with what was taken out long ago', async () => {
      const bot = await makeBot()
      const channel = await open()
      await rules(channel, { action: 'show', chatbotId: bot.id })
      const changed = await owner.told<Chatbot>('PATCH', `/chat/chatbots/${bot.id}`, {
        steps: [{ kind: 'line', id: 'new', text: { en: 'Another script?' } }],
      })
      expect(await stateOf(bot, channel)).toBe('bot')
      const days = 25 * 60 * 60 * 1_000
      await rowsOf(
        db,
        `UPDATE chatbot_versions SET created_at = created_at - ${days} WHERE chatbot_id =
           (SELECT id FROM chatbots WHERE public_id = $1) RETURNING version`,
        [Buffer.from(bot.id, 'base64url')],
      )

      expect(await stateOf(bot, channel)).toBe('queued')
      expect(await stateOf(changed, channel)).toBe('bot')
      expect(await stateOf({ ...changed, version: 3 }, channel)).toBe('queued')
    })

    it('never where it is another shop’s, or of another channel', async () => {
      const bot = await makeBot()
      const [channel, other] = [await open(), await open()]
      await rules(channel, { action: 'show', chatbotId: bot.id })

      expect(await stateOf(bot, other)).toBe('queued')
      expect(await stateOf({ ...bot, id: randomBytes(16).toString('base64url') }, channel)).toBe(
        'queued',
      )
    })
  })

  describe('begun', () => {
    it('has the welcome before the first answer, which is in the button’s words', async () => {
      const bot = await makeBot()
      const { page, id } = await beginWith(bot, await channelWith(bot), 'order', {
        languages: ['es'],
      })

      const messages = await logged(page)

      expect(told(messages)).toEqual([
        'bot: Hola, soy un bot.',
        'bot: ¿De qué se trata?',
        'visitor: Mi pedido',
        'bot: ¿Tu correo?',
      ])
      expect(messages.map(({ number }) => number)).toEqual([1, 2, 3, 4])
      expect(messages[0]?.author).toEqual({ kind: 'bot', name: 'Guide · Bot' })
      expect(messages[3]?.ask).toEqual({ step: 'email', kind: 'email' })
      expect(await read(id)).toMatchObject({
        state: 'bot',
        bot: { name: 'Guide' },
        unread: 0,
        leadState: 'open',
        potential: 'high',
        visitor: { fields: { topic: 'My order' } },
      })
    })

    it('is one, once, however often and from however many tabs it is begun', async () => {
      const bot = await makeBot()
      const channel = await channelWith(bot)
      const token = newToken()
      const message = { ...textOf('pressed'), chosen: { step: 'topic', answer: 'order' } }
      const tabs = [chatPage(server, channel.id, token), chatPage(server, channel.id, token)]
      const other = { ...textOf('pressed'), chosen: { step: 'topic', answer: 'sizes' } }

      const begun = await Promise.all([
        ...[1, 2, 3].map(() => tabs[0]?.begin('', { message, bot: botOf(bot) })),
        tabs[1]?.begin('', { message: other, bot: botOf(bot) }),
      ])

      expect(new Set(begun.map((one) => one?.conversation.id)).size).toBe(1)
      const [page] = tabs
      const lines = page ? await said(page) : []
      expect(lines.filter((line) => line === 'bot: What is it about?')).toHaveLength(1)
      // Whichever was first answers it; the other button is pressed at something that is asked no more.
      expect(lines.filter((line) => line.startsWith('visitor:'))).toHaveLength(2)
      expect(lines.filter((line) => /Your e-mail|Thank you/.test(line))).toHaveLength(1)
    })

    it('goes on with the script that it began with', async () => {
      const bot = await makeBot()
      const channel = await channelWith(bot)
      const { page } = await beginWith(bot, channel)
      await owner.told('PATCH', `/chat/chatbots/${bot.id}`, {
        steps: [{ kind: 'text', id: 'new', text: { en: 'Another script' } }],
      })

      await say(page, 'ana@example.com')
      const { page: shownBefore } = await beginWith(bot, channel, 'sizes')

      expect((await said(page)).at(-1)).toBe('bot: Your phone?')
      expect((await said(shownBefore)).at(-1)).toBe('bot: Thank you.')
    })

    it('waits for no operator, is shown to all, and rings nobody', async () => {
      const bot = await makeBot()
      const channel = await channelWith(bot)
      await sit(channel)
      const { id } = await beginWith(bot, channel)

      expect(await conversationsOf(ana, '?view=unassigned')).toEqual([])
      expect(await conversationsOf(ana)).toMatchObject([{ id, state: 'bot', operator: null }])
      expect(await owner.told('GET', `/chat/channels/${channel.id}`)).toMatchObject({
        queuedCount: 0,
        assignedCount: 0,
      })
    })
  })

  describe('answers', () => {
    it('asks again kindly, in the visitor’s language, until it is one', async () => {
      const bot = await makeBot()
      const channel = await channelWith(bot)
      const page = chatPage(server, channel.id)
      const { conversation } = await page.begin('¿Hola?', { bot: botOf(bot), languages: ['es'] })
      for (const text of [
        'mi pedido',
        'ana en example',
        'Ana@Example.com',
        'mi celular',
        '300 123 4567',
      ]) {
        await say(page, text)
      }

      expect(await said(page)).toEqual([
        'bot: Hola, soy un bot.',
        'bot: ¿De qué se trata?',
        'visitor: ¿Hola?',
        'bot: Elige una de estas respuestas, por favor.',
        'visitor: mi pedido',
        'bot: ¿Tu correo?',
        'visitor: ana en example',
        'bot: Eso no parece un correo electrónico. ¿Lo escribes otra vez, como ana@example.com?',
        'visitor: Ana@Example.com',
        'bot: ¿Tu teléfono?',
        'visitor: mi celular',
        'bot: Eso no parece un número de teléfono. ¿Lo escribes otra vez, con su indicativo?',
        'visitor: 300 123 4567',
        'bot: ¿Qué pedido?',
      ])
      const again = (await logged(page)).find(({ text }) => text?.startsWith('Elige'))
      expect(again?.ask?.answers).toHaveLength(2)
      expect((await read(conversation.id)).visitor).toMatchObject({
        email: 'ana@example.com',
        fields: { topic: 'My order', phone: '3001234567' },
      })
    })

    it('are stored once, however often they are sent', async () => {
      const bot = await makeBot()
      const { page } = await beginWith(bot, await channelWith(bot))
      const message = textOf('ana@example.com')

      await Promise.all([1, 2, 3, 4].map(() => page.post('/messages', { message })))

      expect((await said(page)).slice(3)).toEqual([
        'bot: Your e-mail?',
        'visitor: ana@example.com',
        'bot: Your phone?',
      ])
    })

    it('of what is asked no more answer nothing', async () => {
      const bot = await makeBot()
      const { page } = await beginWith(bot, await channelWith(bot))

      await press(page, 'topic', 'sizes')
      await press(page, 'email', 'no-such')

      expect((await said(page)).slice(4)).toEqual([
        'visitor: pressed',
        'visitor: pressed',
        'bot: That does not look like an e-mail address. Could you write it again, like ana@example.com?',
      ])
    })

    it('begin anew in the same conversation', async () => {
      const bot = await makeBot()
      const { page, id } = await beginWith(bot, await channelWith(bot))
      await say(page, 'Start over', { restarts: true })
      await press(page, 'topic', 'sizes')

      expect((await said(page)).slice(3)).toEqual([
        'bot: Your e-mail?',
        'visitor: Start over',
        'bot: Hello, I am a bot.',
        'bot: What is it about?',
        'visitor: Sizes',
        'bot: Thank you.',
      ])
      expect(await read(id)).toMatchObject({ state: 'bot', leadState: 'qualified' })
    })

    it('in a file are for the team, and asked for again', async () => {
      const bot = await makeBot()
      const { page } = await beginWith(bot, await channelWith(bot))
      const { json } = await page.upload(PNG)
      const { fileKey } = json as { fileKey: string }
      await page.post('/messages', { message: { kind: 'attachment', id: randomUUID(), fileKey } })

      const last = (await logged(page)).at(-1)

      expect(last).toMatchObject({ author: { kind: 'bot' }, ask: { step: 'email' } })
      expect(last?.text).toContain('our team sees it')
    })

    it('that are taken back are nowhere any more', async () => {
      const bot = await makeBot()
      const { page, id } = await beginWith(bot, await channelWith(bot))
      for (const text of ['ana@example.com', '300 123 4567', 'Order 77']) await say(page, text)
      const { messages } = await logOf(owner, id)
      for (const { number, text } of messages) {
        if (text !== 'ana@example.com' && text !== '300 123 4567' && text !== 'Order 77') continue
        await owner.told('DELETE', `/chat/conversations/${id}/messages/${number}`)
      }

      expect((await read(id)).visitor).toMatchObject({ email: null, fields: { topic: 'My order' } })
      const talks = await rowsOf(
        db,
        'SELECT answers, attributes FROM bot_talks ORDER BY conversation_id DESC LIMIT 1',
      )
      expect(JSON.stringify(talks)).not.toMatch(/77|3001234567|ana@example/)
    })
  })

  describe('takes back', () => {
    const redact = async (id: string, wanted: string) => {
      const { messages } = await logOf(owner, id)
      const number = messages.find(({ text }) => text === wanted)?.number
      await owner.told('DELETE', `/chat/conversations/${id}/messages/${number}`)
    }
    const STEPS = [
      { kind: 'email', id: 'email', text: { en: 'Your e-mail?' } },
      { kind: 'line', id: 'city', text: { en: 'Where?' }, attribute: 'city' },
      { kind: 'text', id: 'bye', text: { en: 'Thank you.' } },
    ]
    async function twice(first: readonly string[], second: readonly string[]) {
      const bot = await makeBot(STEPS)
      const channel = await channelWith(bot)
      const page = chatPage(server, channel.id)
      const { conversation } = await page.begin(first[0], { bot: botOf(bot) })
      for (const text of first.slice(1)) await say(page, text)
      await say(page, 'Start over', { restarts: true })
      for (const text of second) await say(page, text)
      return conversation.id
    }

    it('what was answered before the visitor started over', async () => {
      const id = await twice(['ana@example.com', 'Cali'], [])
      await redact(id, 'ana@example.com')
      await redact(id, 'Cali')

      expect((await read(id)).visitor).toMatchObject({ email: null, fields: {} })
    })

    it('nothing that was answered since', async () => {
      const id = await twice(['ana@example.com', 'Cali'], ['eva@example.com', 'Bogotá'])
      await redact(id, 'ana@example.com')
      await redact(id, 'Cali')
      const visitor = { email: 'eva@example.com', fields: { city: 'Bogotá' } }
      expect((await read(id)).visitor).toMatchObject(visitor)

      await redact(id, 'eva@example.com')
      await redact(id, 'Bogotá')
      expect((await read(id)).visitor).toMatchObject({ email: null, fields: {} })
    })
  })

  it('keeps an answer that is cut in the middle of a character', async () => {
    const steps = ['lines', 'line'].map((kind, at) => ({
      kind,
      id: `story-${at}`,
      text: { en: 'Tell us' },
      attribute: at === 0 ? 'story' : 'name',
    }))
    const bot = await makeBot(steps)
    const page = chatPage(server, (await channelWith(bot)).id)
    const { conversation } = await page.begin(`${'a'.repeat(999)}😀${'b'.repeat(9)}`, {
      bot: botOf(bot),
    })
    const reply = await say(page, `${'a'.repeat(99)}😀${'b'.repeat(999)}`)

    expect(reply.status).toBe(201)
    const { visitor } = await read(conversation.id)
    expect(visitor.name).toBe('a'.repeat(99))
    expect(visitor.fields).toMatchObject({ story: 'a'.repeat(999) })
  })

  it('gives to the team who sends a file when the script is over', async () => {
    const bot = await makeBot()
    const channel = await channelWith(bot)
    await sit(channel)
    const { page, id } = await beginWith(bot, channel, 'sizes')
    const { json } = await page.upload(PNG)
    const { fileKey } = json as { fileKey: string }
    await page.post('/messages', { message: { kind: 'attachment', id: randomUUID(), fileKey } })

    expect(await read(id)).toMatchObject({ state: 'assigned', unread: 1 })
  })

  /** Up to the step that hands over. */
  async function answerAll(page: ChatPage): Promise<void> {
    for (const text of ['ana@example.com', '300 123 4567', 'Order 77']) await say(page, text)
  }

  describe('ends', () => {
    it('with an operator, who gets it as any other, where one is there', async () => {
      const bot = await makeBot()
      const channel = await channelWith(bot)
      await sit(channel)
      const { page, id } = await beginWith(bot, channel)
      await answerAll(page)

      expect((await said(page)).at(-1)).toBe('bot: Somebody takes over.')
      expect(await read(id)).toMatchObject({
        state: 'assigned',
        operator: { id: ana.id },
        unread: expect.any(Number),
      })
      await say(page, 'Are you there?')
      expect((await said(page)).at(-1)).toBe('visitor: Are you there?')
    })

    it('with the promise of a mail, where nobody is there, which the team keeps', async () => {
      const bot = await makeBot()
      const channel = await channelWith(bot)
      await owner.told('PATCH', `/chat/channels/${channel.id}`, {
        options: { ...channel.options, offlineEmail: 'team@shop.example' },
      })
      const { page, id } = await beginWith(bot, channel)
      await answerAll(page)

      expect((await said(page)).slice(-2)).toEqual([
        'bot: Thank you.',
        'bot: Nobody of our team is here right now. We answer you by e-mail.',
      ])
      expect(await read(id)).toMatchObject({ state: 'queued', isOffline: true })
      await owner.told('POST', `/chat/conversations/${id}/messages`, textOf('It is on its way'))
      const { items } = await owner.told<{ items: MailSummary[] }>('GET', '/mail/messages')
      expect(items.map(({ kind }) => kind)).toEqual(
        expect.arrayContaining(['chat_form', 'chat_answer']),
      )
    })

    it('where its script is over; whoever then writes on is the team’s', async () => {
      const bot = await makeBot()
      const channel = await channelWith(bot)
      await sit(channel)
      const { page, id } = await beginWith(bot, channel, 'sizes')
      expect(await read(id)).toMatchObject({ state: 'bot', unread: 0 })

      await say(page, 'I need somebody')

      expect(await read(id)).toMatchObject({
        state: 'assigned',
        operator: { id: ana.id },
        unread: 1,
      })
    })

    it('as soon as an operator takes it', async () => {
      const bot = await makeBot()
      const { page, id } = await beginWith(bot, await channelWith(bot))
      await ana.told('POST', `/chat/conversations/${id}/messages`, textOf('I am Ana'))
      await say(page, 'no e-mail at all')

      expect(await read(id)).toMatchObject({ state: 'assigned', operator: { id: ana.id } })
      expect((await said(page)).at(-1)).toBe('visitor: no e-mail at all')
    })

    it('as soon as the shop’s own server answers, or it is moved to another team', async () => {
      const bot = await makeBot()
      const moved = await beginWith(bot, await channelWith(bot))
      const other = await openChannel(owner, { name: randomUUID() })
      await owner.told('PUT', `/chat/conversations/${moved.id}/assignment`, { channelId: other.id })

      expect(await read(moved.id)).toMatchObject({ state: 'queued', channelId: other.id })
    })

    it('where it is blocked or closed', async () => {
      const bot = await makeBot()
      const channel = await channelWith(bot)
      const { page, id } = await beginWith(bot, channel)
      await owner.told('PATCH', `/chat/conversations/${id}`, { isBlocked: true })
      expect(await say(page, 'ana@example.com')).toMatchObject({ status: 403 })
      await owner.told('PATCH', `/chat/conversations/${id}`, { isBlocked: false, state: 'closed' })

      await say(page, 'Hello again')

      expect(await read(id)).toMatchObject({ state: 'queued' })
      expect((await said(page)).slice(-2)).toEqual(['visitor: Hello again', 'system: reopened'])
    })
  })

  describe('tells of its visitor', () => {
    /** A visitor with consent, of whom events were sent. */
    async function visitor() {
      const known = newVisitor()
      const batch = batchOf([{ ...eventOf(), at: Date.now() }], {
        key: server.key,
        sentAt: Date.now(),
        visitor: known,
      })
      const reply = await fetch(`${server.url}/v1/events`, {
        method: 'POST',
        headers: { 'user-agent': BROWSER },
        body: JSON.stringify(batch),
      })
      expect(reply.status).toBe(200)
      return known
    }
    const noteOf = async (id: string) => {
      const bytes = Buffer.from(id, 'base64url')
      const statement = 'SELECT note, customer_id AS customer FROM visitors WHERE public_id = $1'
      const [row] = await rowsOf<{ note: unknown; customer: unknown }>(db, statement, [bytes])
      const note = typeof row?.note === 'string' ? JSON.parse(row.note) : row?.note
      return { note, customer: row?.customer }
    }

    it('what was answered, as unproven attributes, and makes a customer of nobody', async () => {
      const known = await visitor()
      const bot = await makeBot()
      const { page } = await beginWith(bot, await channelWith(bot), 'order', { visitor: known })
      for (const text of ['ana@example.com', '300 123 4567', 'Order 77']) {
        await page.post('/messages', { visitor: known, message: textOf(text) })
      }

      expect(await noteOf(known.id)).toMatchObject({
        note: { traits: { topic: 'My order', order_number: 'Order 77' } },
        customer: null,
      })
      const { note } = await noteOf(known.id)
      expect(JSON.stringify(note)).not.toMatch(/ana@example|3001234567/)
    })
  })

  it('shows nothing of another’s to whoever types their address', async () => {
    const bot = await makeBot()
    const channel = await channelWith(bot)
    const first = await beginWith(bot, channel)
    await say(first.page, 'ana@example.com')
    const second = await beginWith(bot, channel)
    await say(second.page, 'ana@example.com')

    const { json } = await second.page.post<{ items: { id: string }[] }>('/history')

    expect(json.items.map(({ id }) => id)).toEqual([second.id])
    const begun: Begun = await chatPage(server, channel.id).begin('Hi')
    expect(begun.conversation.state).toBe('queued')
  })
})
