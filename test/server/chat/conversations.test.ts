import { dirname } from 'node:path'
import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { LogAnswer } from '#protocol/chat.ts'
import { COMMAND } from '#server/core/actor.ts'
import { shopDay } from '#protocol/shop-day.ts'
import type { Begun, LauncherAnswer, Posted } from '#protocol/chat-answers.ts'
import type { Channel, OwnPresence } from '#protocol/chat-channels.ts'
import type { Conversation, UsedTags } from '#protocol/chat-conversations.ts'
import type { MailSummary } from '#protocol/mail.ts'
import {
  bringMember,
  chatPage,
  conversationsOf,
  logOf,
  newToken,
  openChannel,
  outcomeOf,
  textOf,
  visitorSocket,
} from '../../support/chat.ts'
import { setUpOwner, type ConsoleClient } from '../../support/console-client.ts'
import { eachDatabase, type FreshDatabase } from '../../support/databases.ts'
import { startServer, type TestServer } from '../../support/server.ts'

const MINUTE = 60_000
type Member = ConsoleClient & { readonly id: string }

eachDatabase('conversations', (fresh) => {
  let database: FreshDatabase
  let server: TestServer
  let owner: ConsoleClient
  let ana: Member
  let luis: Member
  let eva: Member
  let clock = Date.UTC(2026, 10, 22, 15)
  beforeAll(async () => {
    database = await fresh()
    const { url, file = '' } = database.address
    const where = url === undefined ? { dataDir: dirname(file) } : { databaseUrl: url }
    server = await startServer({ ...where, now: () => clock })
    owner = await setUpOwner(server)
    ana = await bringMember(server, owner, 'ana-ops')
    luis = await bringMember(server, owner, 'luis-ops')
    eva = await bringMember(server, owner, 'eva-ops')
  })
  // Whoever is left with chats would get fewer in the next.
  afterEach(async () => {
    for (const { id } of await conversationsOf(owner)) await change(id, { state: 'closed' })
  })
  afterAll(async () => {
    await server.stop()
    await database.remove()
  })

  /** A channel of its own, so that one test's queue is not another's. */
  const channelOf = (...members: Member[]) =>
    openChannel(owner, { name: randomUUID(), operators: members.map(({ id }) => id) })
  const sit = (member: ConsoleClient, { id }: Channel) =>
    member.told<OwnPresence>('PUT', `/chat/channels/${id}/seat`)
  const stand = (member: ConsoleClient, { id }: Channel) =>
    member.told<OwnPresence>('DELETE', `/chat/channels/${id}/seat`)
  const read = (id: string) => owner.told<Conversation>('GET', `/chat/conversations/${id}`)
  const change = (id: string, body: object) =>
    owner.told<Conversation>('PATCH', `/chat/conversations/${id}`, body)
  const answer = (member: ConsoleClient, id: string, text: string) =>
    member.told<Posted>('POST', `/chat/conversations/${id}/messages`, textOf(text))

  describe('begun', () => {
    it('is one, however many clicks and tabs begin it at the same time', async () => {
      const channel = await channelOf()
      const token = newToken()
      const first = textOf('Hola')
      const tabs = [chatPage(server, channel.id, token), chatPage(server, channel.id, token)]

      const begun = await Promise.all([
        ...[1, 2, 3, 4, 5].map(() => tabs[0]?.begin('Hola', { message: first })),
        tabs[1]?.begin('Desde la otra pestaña'),
      ])

      expect(new Set(begun.map((one) => one?.conversation.id)).size).toBe(1)
      expect(await conversationsOf(owner, `?channel=${channel.id}`)).toHaveLength(1)
      const { json } = await chatPage(server, channel.id, token).post<LogAnswer>('/log', {
        conversationId: begun[0]?.conversation.id,
      })
      expect(json.messages.map(({ number }) => number)).toEqual([1, 2])
      expect(new Set(json.messages.map(({ text }) => text))).toEqual(
        new Set(['Hola', 'Desde la otra pestaña']),
      )
    })

    it('stores nothing before: a launcher that is looked at is no conversation', async () => {
      const channel = await channelOf()
      const page = chatPage(server, channel.id)
      const { json } = await page.post<LauncherAnswer>('/launcher', { channelId: channel.id })

      expect(json).toMatchObject({ isShown: true, isAnyoneThere: false, operators: [] })
      expect(await conversationsOf(owner, `?channel=${channel.id}&view=all`)).toEqual([])
    })

    it('takes languages as pages and browsers name them', async () => {
      const channel = await channelOf()
      const languages = ['', 'es_MX', 'not a language', ...Array.from({ length: 20 }, () => 'es')]
      const page = chatPage(server, channel.id)
      const { status } = await page.post('/launcher', { channelId: channel.id, languages })

      expect(status).toBe(200)
      await expect(page.begin('Hola', { languages })).resolves.toHaveProperty('conversation.id')
    })

    it.each([
      {
        what: 'a first message',
        path: '/conversations',
        of: (id: string) => ({ message: textOf('Hola', id) }),
      },
      {
        what: 'a form',
        path: '/offline-forms',
        of: (id: string) => ({ id, email: 'eva@mail.example', text: 'Hola' }),
      },
    ])('is no other one where $what is sent again after it was closed', async ({ path, of }) => {
      const channel = await channelOf()
      const page = chatPage(server, channel.id)
      const body = { channelId: channel.id, ...of(randomUUID()) }
      const first = await page.post<Begun>(path, body)
      const { id } = first.json.conversation
      await owner.told('PATCH', `/chat/conversations/${id}`, { state: 'closed' })
      const again = await Promise.all([1, 2, 3].map(() => page.post<Begun>(path, body)))
      const running = await page.post<Begun>('/conversations', {
        channelId: channel.id,
        message: textOf('Otra'),
      })
      again.push(await page.post<Begun>(path, body))

      for (const { status, json } of again) {
        expect({ status, id: json.conversation.id }).toEqual({ status: 201, id })
        expect(json.message).toEqual(first.json.message)
      }
      expect(running.json.conversation.id).not.toBe(id)
      const log = await logOf(owner, running.json.conversation.id)
      expect(log.messages.map(({ text }) => text)).not.toContain('Hola')
    })

    it('is another one after it was closed, and writing into the closed one reopens that', async () => {
      const channel = await channelOf()
      const page = chatPage(server, channel.id)
      const { conversation } = await page.begin()
      await change(conversation.id, { state: 'closed' })
      const reopened = await page.post('/messages', { message: textOf('Una cosa más') })

      expect(reopened.status).toBe(201)
      expect(await read(conversation.id)).toMatchObject({ state: 'queued', closedAt: null })
      await change(conversation.id, { state: 'closed' })
      const next = await page.begin('De nuevo')
      expect(next.conversation.id).not.toBe(conversation.id)
      expect(
        await owner.ask('PATCH', `/chat/conversations/${conversation.id}`, { state: 'reopened' }),
      ).toMatchObject({ status: 409 })
    })
  })

  describe('said', () => {
    it('is stored once, numbered without holes on both sides, and notes are the team’s alone', async () => {
      const channel = await channelOf(ana)
      const page = chatPage(server, channel.id)
      const { conversation } = await page.begin()
      const { id } = conversation
      const twice = textOf('¿Hay café?')
      await Promise.all([1, 2, 3].map(() => page.post('/messages', { message: twice })))
      await ana.told('POST', `/chat/conversations/${id}/messages`, {
        kind: 'note',
        id: randomUUID(),
        text: 'Es cliente de antes',
      })
      await answer(ana, id, 'Sí')

      const { messages: team } = await logOf(ana, id)
      const { json } = await page.post<LogAnswer>('/log')
      const said = (messages: typeof team) =>
        messages.map(({ kind, text, notice }) => text ?? notice ?? kind)
      expect(team.map(({ number }) => number)).toEqual(team.map((_, index) => index + 1))
      expect(said(team)).toEqual([
        'Hola',
        '¿Hay café?',
        'Es cliente de antes',
        'assigned',
        'joined',
        'Sí',
      ])
      expect(json.messages.map(({ number }) => number)).toEqual([1, 2, 3, 4])
      expect(said(json.messages)).toEqual(['Hola', '¿Hay café?', 'joined', 'Sí'])
      expect(JSON.stringify(json)).not.toContain('cliente de antes')
    })

    it('is answered with what was stored, though it was closed since', async () => {
      const page = chatPage(server, (await channelOf()).id)
      const { conversation } = await page.begin()
      const path = `/chat/conversations/${conversation.id}/messages`
      const message = textOf('Sí')
      const first = await owner.told<Posted>('POST', path, message)
      await page.post('/endings')

      expect(await owner.ask('POST', path, message)).toMatchObject({ status: 201, json: first })
      expect(await owner.ask('POST', path, textOf('Más'))).toMatchObject({ status: 409 })
    })

    it('is unread to its visitor until they have read it: what was said to them, and stands', async () => {
      const channel = await channelOf()
      const page = chatPage(server, channel.id)
      const { conversation } = await page.begin()
      const path = `/chat/conversations/${conversation.id}`
      const unread = async () => (await page.post<LogAnswer>('/log')).json.conversation.unread
      const say = (kind: 'text' | 'note') =>
        owner.told<Posted>('POST', `${path}/messages`, { ...textOf('Hola'), kind })
      expect(conversation.unread).toBe(0)
      await say('note')
      const taken = await say('text')
      await say('text')
      await say('text')
      expect(await unread()).toBe(3)
      await owner.told('DELETE', `${path}/messages/${taken.message.number}`)
      expect(await unread()).toBe(2)

      const held = { token: page.token, conversationId: conversation.id }
      const socket = visitorSocket(server, held)
      expect(await outcomeOf(socket)).toBe('open')
      const { lastNumber } = (await page.post<LogAnswer>('/log')).json.conversation
      socket.emit('chat:read', { number: lastNumber })
      await expect.poll(unread).toBe(0)
      socket.close()
    })

    it('is taken back for good: text and file are gone, its number stays', async () => {
      const channel = await channelOf(ana)
      const page = chatPage(server, channel.id)
      const { conversation } = await page.begin('Mi tarjeta es secreta')
      const { json: file } = await page.upload('%PDF-1.4 secreto', '../carta.pdf')
      const { fileKey } = file as { fileKey: string }
      await page.post('/messages', { message: { kind: 'attachment', id: randomUUID(), fileKey } })
      const address = `${server.url}/v1/chat/attachments/${fileKey}`
      const shown = await fetch(address)

      expect(shown.headers.get('content-disposition')).toMatch(/^attachment; filename="carta.pdf"/)
      expect(shown.headers.get('content-security-policy')).toContain('sandbox')
      for (const number of [1, 2]) {
        await ana.told('DELETE', `/chat/conversations/${conversation.id}/messages/${number}`)
      }
      expect((await fetch(address)).status).toBe(404)
      const { json } = await page.post<LogAnswer>('/log')
      expect(JSON.stringify(json)).not.toMatch(/secreta|carta/)
      expect(json.messages).toMatchObject([
        { number: 1, isRedacted: true },
        { number: 2, isRedacted: true },
        { number: 3, kind: 'redaction', of: 1 },
        { number: 4, kind: 'redaction', of: 2 },
      ])
    })

    it.each([
      { what: 'HTML', content: '<script>alert(1)</script>' },
      { what: 'SVG', content: '<svg xmlns="http://www.w3.org/2000/svg" onload="a()"/>' },
      { what: 'HTML that ends as a PDF', content: '<html>%PDF-1.4' },
    ])('takes no $what for a file', async ({ content }) => {
      const page = chatPage(server, (await channelOf()).id)
      await page.begin()

      expect(await page.upload(content)).toMatchObject({ status: 400 })
    })

    it('takes no file of another conversation', async () => {
      const channel = await channelOf()
      const page = chatPage(server, channel.id)
      const other = chatPage(server, channel.id)
      await page.begin()
      await other.begin()
      const { json } = await page.upload('%PDF-1.4')
      const message = { kind: 'attachment', id: randomUUID(), ...(json as object) }

      expect(await other.post('/messages', { message })).toMatchObject({ status: 404 })
    })
  })

  describe('routed', () => {
    it('goes to whoever is free, with its reason; else it waits, and is told how many are before', async () => {
      const channel = await channelOf(ana)
      await sit(ana, channel)
      await ana.told('PUT', '/chat/presence', { presence: 'online', maxChats: 1 })
      const pages = [1, 2, 3].map(() => chatPage(server, channel.id))
      const begun: Begun[] = []
      for (const page of pages) begun.push(await page.begin())
      const [first, second, third] = begun.map(({ conversation }) => conversation)

      expect(await read(first?.id ?? '')).toMatchObject({
        state: 'assigned',
        operator: { id: ana.id },
        reason: { rule: 'fewest_chats', candidates: 1, activeChats: 0 },
      })
      expect(second).toMatchObject({ state: 'queued', queuePosition: 1 })
      expect(third).toMatchObject({ state: 'queued', queuePosition: 2 })
      await change(first?.id ?? '', { state: 'closed' })
      expect(await read(second?.id ?? '')).toMatchObject({ operator: { id: ana.id } })
      const { json } = await (pages[2] ?? chatPage(server, channel.id)).post<LogAnswer>('/log')
      expect(json.conversation).toMatchObject({ state: 'queued', queuePosition: 1 })
      await ana.told('PUT', '/chat/presence', { presence: 'online', maxChats: null })
      await stand(ana, channel)
    })

    it('never gives somebody more than they may, however many begin at once', async () => {
      const channel = await channelOf(ana)
      await sit(ana, channel)
      const pages = Array.from({ length: 8 }, () => chatPage(server, channel.id))
      await Promise.all(pages.map((page) => page.begin()))
      const states = (await conversationsOf(owner, `?channel=${channel.id}`)).map(
        ({ state }) => state,
      )

      expect(states.filter((state) => state === 'assigned')).toHaveLength(5)
      await stand(ana, channel)
    })

    it('offers what was not answered to somebody else, and what was answered to nobody', async () => {
      const channel = await channelOf(ana, luis)
      await sit(ana, channel)
      const unanswered = (await chatPage(server, channel.id).begin()).conversation
      const answered = (await chatPage(server, channel.id).begin()).conversation
      await answer(ana, answered.id, 'Sí')
      await sit(luis, channel)
      clock += 119_000
      await server.chat.sweep()

      expect(await read(unanswered.id)).toMatchObject({ operator: { id: ana.id } })
      clock += 2_000
      await server.chat.sweep()
      expect(await read(unanswered.id)).toMatchObject({
        operator: { id: luis.id },
        reason: { isOfferedAgain: true },
      })
      expect(await read(answered.id)).toMatchObject({ operator: { id: ana.id } })
      await stand(ana, channel)
      await stand(luis, channel)
    })

    it('is offered to one more at a time, however many look for what was not answered', async () => {
      const channel = await channelOf(ana, luis)
      await owner.told('POST', `/chat/channels/${channel.id}/operators`, { memberIds: [eva.id] })
      await sit(ana, channel)
      const { conversation } = await chatPage(server, channel.id).begin()
      await sit(luis, channel)
      await sit(eva, channel)
      clock += 121_000
      await Promise.all([server.chat.sweep(), server.chat.sweep(), server.chat.sweep()])

      const { messages } = await logOf(owner, conversation.id)
      const taken = messages.filter(({ notice }) => notice === 'unassigned')
      expect(taken).toHaveLength(1)
      for (const one of [ana, luis, eva]) await stand(one, channel)
    })

    it('goes back to whom its visitor spoke with, as it is begun anew', async () => {
      const channel = await channelOf(ana, luis)
      await sit(ana, channel)
      const page = chatPage(server, channel.id)
      const { conversation } = await page.begin()
      await answer(ana, conversation.id, 'Sí')
      await chatPage(server, channel.id).begin()
      await sit(luis, channel)
      await change(conversation.id, { state: 'closed' })
      await page.post('/messages', { message: textOf('Una cosa más') })

      expect(await read(conversation.id)).toMatchObject({
        operator: { id: ana.id },
        reason: { rule: 'previous_operator' },
      })
      await stand(ana, channel)
      await stand(luis, channel)
    })

    it('takes its seats back as well where what they do first is to say something', async () => {
      const channel = await channelOf(ana)
      const { conversation } = await chatPage(server, channel.id).begin()
      await sit(ana, channel)
      clock += 31 * MINUTE
      await server.chat.sweep()
      await answer(ana, conversation.id, 'Aquí estoy')
      await server.chat.operators.active({ shopId: server.shop.id, memberId: await rowOf(ana) })

      const back = await ana.told<OwnPresence>('GET', '/chat/presence')
      expect(back.channels.find(({ id }) => id === channel.id)).toMatchObject({ isSeated: true })
      await stand(ana, channel)
    })

    it('lets go of who has done nothing for half an hour, and takes them back when they return', async () => {
      const channel = await channelOf(ana)
      await sit(ana, channel)
      const { conversation } = await chatPage(server, channel.id).begin()
      clock += 29 * MINUTE + 59_000
      await server.chat.sweep()

      expect(await ana.told('GET', '/chat/presence')).toMatchObject({ presence: 'online' })
      clock += 2_000
      await server.chat.sweep()
      const away = await ana.told<OwnPresence>('GET', '/chat/presence')
      expect(away.presence).toBe('offline')
      const left = { isSeated: false, wasIdle: true }
      expect(away.channels.find(({ id }) => id === channel.id)).toMatchObject(left)
      expect(await read(conversation.id)).toMatchObject({ state: 'queued', operator: null })
      await server.chat.operators.active({ shopId: server.shop.id, memberId: await rowOf(ana) })
      const back = await ana.told<OwnPresence>('GET', '/chat/presence')
      const taken = { isSeated: true, wasIdle: false }
      expect(back.channels.find(({ id }) => id === channel.id)).toMatchObject(taken)
      expect(await read(conversation.id)).toMatchObject({ operator: { id: ana.id } })
      await stand(ana, channel)
    })

    it('goes to another channel’s team, and is none of the former one’s any more', async () => {
      const from = await channelOf(ana)
      const to = await channelOf(luis)
      const { conversation } = await chatPage(server, from.id).begin()
      const path = `/chat/conversations/${conversation.id}`
      expect(await ana.ask('GET', path)).toMatchObject({ status: 200 })
      expect(await luis.ask('GET', path)).toMatchObject({ status: 404 })
      await ana.told('PUT', `${path}/assignment`, { channelId: to.id })

      expect(await ana.ask('GET', path)).toMatchObject({ status: 404 })
      expect(await luis.ask('GET', path)).toMatchObject({ status: 200 })
      await luis.told('POST', `${path}/colleagues`, { memberId: ana.id })
      expect(await ana.ask('GET', path)).toMatchObject({ status: 200 })
    })

    it('stays where it is while its visitor has another in the channel it should go to', async () => {
      const [from, to] = [await channelOf(ana), await channelOf(luis)]
      const token = newToken()
      const there = await chatPage(server, to.id, token).begin('Allí')
      const here = await chatPage(server, from.id, token).begin('Aquí')
      const { id } = here.conversation
      const move = () =>
        owner.ask('PUT', `/chat/conversations/${id}/assignment`, { channelId: to.id })
      const before = await logOf(owner, id)

      const { status, json } = await move()
      expect({ status, json }).toMatchObject({
        status: 409,
        json: {
          error: { code: 'conflict', message: expect.stringMatching(/close one of the two/) },
        },
      })
      expect(await logOf(owner, id)).toEqual(before)
      await change(there.conversation.id, { state: 'closed' })
      expect(await move()).toMatchObject({ status: 200 })
      // Nor is the other one opened again beside it.
      expect(
        await owner.ask('PATCH', `/chat/conversations/${there.conversation.id}`, {
          state: 'reopened',
        }),
      ).toMatchObject({ status: 409 })
    })

    it('is one in a channel, however many of a visitor’s are moved there or reopened at once', async () => {
      const token = newToken()
      const to = await channelOf()
      const froms = await Promise.all(Array.from({ length: 4 }, () => channelOf()))
      const ids: string[] = []
      for (const from of froms) {
        ids.push((await chatPage(server, from.id, token).begin()).conversation.id)
      }
      const closed = await chatPage(server, to.id, token).begin()
      await change(closed.conversation.id, { state: 'closed' })

      const replies = await Promise.all([
        ...ids.map((id) =>
          owner.ask('PUT', `/chat/conversations/${id}/assignment`, { channelId: to.id }),
        ),
        owner.ask('PATCH', `/chat/conversations/${closed.conversation.id}`, { state: 'reopened' }),
      ])
      expect(replies.filter(({ status }) => status === 200)).toHaveLength(1)
      expect(replies.filter(({ status }) => status === 409)).toHaveLength(4)
    })

    async function rowOf({ id }: Member): Promise<number> {
      const { items } = await owner.told<{ items: { id: string }[] }>('GET', '/members')
      return items.findIndex((one) => one.id === id) + 1
    }
  })

  describe('kept', () => {
    it('is found however a word is accented or written', async () => {
      const words = 'ÉPOCA época epoca Epoca ANDRÉ andre ñandú Nandu приВет strasse'.split(' ')
      const channel = await channelOf()
      const page = chatPage(server, channel.id)
      const fields = { name: 'Zoë André' }
      const { conversation } = await page.begin('Una ñandú de Época, Привет, Straße', { fields })
      await chatPage(server, channel.id).begin('Otra cosa', { fields: { name: 'Sofía' } })
      const found: Record<string, string[]> = {}
      for (const word of words) {
        const query = `?channel=${channel.id}&search=${encodeURIComponent(word)}`
        found[word] = (await conversationsOf(owner, query)).map(({ id }) => id)
      }

      expect(found).toEqual(Object.fromEntries(words.map((word) => [word, [conversation.id]])))
    })

    it('is found no more by what was taken back, nor by a name that it had', async () => {
      const channel = await channelOf()
      const page = chatPage(server, channel.id)
      const { conversation } = await page.begin('Contraseña', { fields: { name: 'Inés' } })
      const found = (word: string) =>
        conversationsOf(owner, `?channel=${channel.id}&search=${encodeURIComponent(word)}`)
      expect(await found('contrasena')).toHaveLength(1)
      expect(await found('ines')).toHaveLength(1)
      const { messages } = await logOf(owner, conversation.id)
      const number = messages.find(({ text }) => text === 'Contraseña')?.number ?? 0
      await owner.told('DELETE', `/chat/conversations/${conversation.id}/messages/${number}`)
      const form = { id: randomUUID(), email: 'x@shop.example', name: 'Óscar', text: 'Hola' }
      await page.post('/offline-forms', { ...form, channelId: channel.id })

      expect(await found('contrasena')).toEqual([])
      expect(await found('ines')).toEqual([])
      expect(await found('OSCAR')).toHaveLength(1)
    })

    it('is found by what was said, by tag, and by what is to be done', async () => {
      const channel = await channelOf()
      const { conversation } = await chatPage(server, channel.id).begin('¿Envían a Leticia?')
      await change(conversation.id, {
        tags: ['Envíos'],
        leadState: 'qualified',
        potential: 'high',
        followUpOn: shopDay(clock, 'UTC'),
      })
      const later = await chatPage(server, channel.id).begin('Y mañana')
      const tomorrow = shopDay(clock + 86_400_000, 'UTC')
      await change(later.conversation.id, { followUpOn: tomorrow })
      const ids = async (query: string) =>
        (await conversationsOf(owner, `?channel=${channel.id}&${query}`)).map(({ id }) => id)

      expect(await ids('search=leticia')).toEqual([conversation.id])
      expect(await ids('search=le%25icia')).toEqual([])
      expect(await ids('tag=env%C3%ADos')).toEqual([conversation.id])
      expect(await ids('view=follow_up')).toEqual([conversation.id])
      expect(await ids('view=closed')).toEqual([])
      expect(await read(conversation.id)).toMatchObject({
        tags: ['envíos'],
        leadState: 'qualified',
        potential: 'high',
      })
    })

    it('lends its tags to others: to an operator, those of their channels, the most used first', async () => {
      const [own, foreign] = [await channelOf(ana), await channelOf(luis)]
      for (const [channel, ...tags] of [
        [own, 'azul', 'cadena'],
        [own, 'cadena'],
        [foreign, 'secreto'],
      ] as const) {
        const { conversation } = await chatPage(server, channel.id).begin()
        await change(conversation.id, { tags })
      }
      const { items } = await ana.told<UsedTags>('GET', '/chat/tags')
      const all = await owner.told<UsedTags>('GET', '/chat/tags')

      const named = items.filter(({ tag }) => ['azul', 'cadena', 'secreto'].includes(tag))
      expect(named).toEqual([
        { tag: 'cadena', conversations: 2 },
        { tag: 'azul', conversations: 1 },
      ])
      expect(all.items.map(({ tag }) => tag)).toContain('secreto')
    })

    it('hears no more of who is blocked, by any token or tab, until they are let in again', async () => {
      const channel = await channelOf()
      const page = chatPage(server, channel.id)
      const { conversation } = await page.begin()
      await change(conversation.id, { isBlocked: true, state: 'closed' })
      const say = () => page.post('/messages', { message: textOf('Otra vez') })

      expect(await say()).toMatchObject({ status: 403 })
      await expect(chatPage(server, channel.id, page.token).begin()).rejects.toThrow('forbidden')
      await change(conversation.id, { isBlocked: false })
      expect(await say()).toMatchObject({ status: 201 })
    })

    it('hears nothing more of who is blocked by what they had said before, either', async () => {
      const page = chatPage(server, (await channelOf()).id)
      const earlier = (await page.begin('Antes')).conversation
      await change(earlier.id, { state: 'closed' })
      const now = (await page.begin('Ahora')).conversation
      await change(now.id, { isBlocked: true })
      const { lastNumber } = await read(now.id)
      const rating = { rating: 1, comment: 'Otra ofensa' }

      for (const { id } of [earlier, now]) {
        const of = { conversationId: id }
        const message = textOf('Otra vez')
        expect(await page.post('/messages', { ...of, message })).toMatchObject({ status: 403 })
        expect(await page.post('/ratings', { ...of, ...rating })).toMatchObject({ status: 403 })
        const mail = { ...of, email: 'x@shop.example' }
        expect(await page.post('/transcripts', mail)).toMatchObject({ status: 403 })
      }
      expect(await read(earlier.id)).toMatchObject({ state: 'closed', ratingComment: null })
      expect(await read(now.id)).toMatchObject({ lastNumber, ratingComment: null })
      expect((await page.upload('%PDF-1.4')).status).toBe(403)
    })

    it('counts as unread what came after what the team has read', async () => {
      const page = chatPage(server, (await channelOf()).id)
      const { conversation } = await page.begin('Uno')
      const { lastNumber } = await read(conversation.id)
      await page.post('/messages', { message: textOf('Dos') })
      await page.post('/messages', { message: textOf('Tres') })
      const who = { shop: server.shop, by: COMMAND, isOwnOnly: false, member: undefined }
      await server.chat.team.markRead(who, conversation.id, lastNumber)

      expect(await read(conversation.id)).toMatchObject({ readByTeam: lastNumber, unread: 2 })
    })

    it('keeps what the list shows of it where something older is taken back', async () => {
      const page = chatPage(server, (await channelOf()).id)
      const { conversation, message } = await page.begin('4111 1111 1111 1111')
      await page.post('/messages', { message: textOf('Perdón') })
      const { messages } = await logOf(owner, conversation.id)
      const number = messages.find(({ id }) => id === message.id)?.number ?? 0
      await owner.told('DELETE', `/chat/conversations/${conversation.id}/messages/${number}`)

      expect(await read(conversation.id)).toMatchObject({ lastText: 'Perdón' })
    })

    it('is rated', async () => {
      const page = chatPage(server, (await channelOf()).id)
      const { conversation } = await page.begin()
      await page.post('/ratings', { rating: 4, comment: 'Muy amables' })

      expect(await read(conversation.id)).toMatchObject({ rating: 4, ratingComment: 'Muy amables' })
      expect(await page.post('/ratings', { rating: 6 })).toMatchObject({ status: 400 })
    })
  })

  describe('mailed', () => {
    const mails = async (kind: string) => {
      const { items } = await owner.told<{ items: MailSummary[] }>(
        'GET',
        '/mail/messages?state=waiting',
      )
      return items.filter((mail) => mail.kind === kind)
    }

    it('tells an address that nobody verified nothing but a link, and that once a day', async () => {
      const page = chatPage(server, (await channelOf()).id)
      await page.begin('Palabras para otra persona')
      for (const email of ['otra@shop.example', 'otra@shop.example']) {
        expect(await page.post('/transcripts', { email })).toMatchObject({ status: 204 })
      }
      const sent = await mails('chat_transcript')

      expect(sent).toHaveLength(1)
      const shown = await owner.told('GET', `/mail/messages/${sent[0]?.id}`)
      expect(JSON.stringify(shown)).not.toContain('Palabras para otra persona')
    })

    it('answers a form by mail, with a link that opens the conversation', async () => {
      const channel = await channelOf(ana)
      const page = chatPage(server, channel.id)
      const form = {
        channelId: channel.id,
        id: randomUUID(),
        email: 'Eva@Shop.example',
        text: '¿Abren?',
      }
      const { json } = await page.post<Begun>('/offline-forms', form)
      await page.post('/offline-forms', form)
      const { id } = json.conversation

      expect(await read(id)).toMatchObject({
        isOffline: true,
        lastNumber: 1,
        visitor: { email: 'eva@shop.example' },
      })
      await answer(ana, id, 'Sí, a las nueve')
      expect(await mails('chat_answer')).toMatchObject([{ to: { address: 'eva@shop.example' } }])
    })
  })
})
