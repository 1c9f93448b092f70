import { randomUUID } from 'node:crypto'
import { dirname } from 'node:path'
import type { Socket } from 'socket.io-client'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import type { LogAnswer } from '#protocol/chat.ts'
import type { OwnShop } from '#protocol/account.ts'
import type { Channel } from '#protocol/chat-channels.ts'
import {
  bringMember,
  chatPage,
  logOf,
  memberSocket,
  newToken,
  openChannel,
  outcomeOf,
  textOf,
  visitorSocket,
  type ChatPage,
} from '../../support/chat.ts'
import { consoleClient, setUpOwner, type ConsoleClient } from '../../support/console-client.ts'
import { heldIntervals } from '../../support/held-intervals.ts'
import { eachDatabase, type FreshDatabase } from '../../support/databases.ts'
import { startServer, type TestServer } from '../../support/server.ts'

eachDatabase('a conversation', (fresh) => {
  let database: FreshDatabase
  let server: TestServer
  let owner: ConsoleClient
  let inside: ConsoleClient
  let outside: ConsoleClient
  let host: ConsoleClient
  let otherShop: ConsoleClient
  let page: ChatPage
  let other: ChatPage
  let channel: Channel
  let conversationId: string
  let fileKey: string
  const opened: Socket[] = []
  const closing = (socket: Socket) => {
    opened.push(socket)
    return socket
  }

  beforeAll(async () => {
    database = await fresh()
    const { url, file = '' } = database.address
    server = await startServer(
      url === undefined ? { dataDir: dirname(file) } : { databaseUrl: url },
    )
    owner = await setUpOwner(server)
    const ana = await bringMember(server, owner, 'ana-in')
    inside = ana
    outside = await bringMember(server, owner, 'luis-out')
    host = await bringMember(server, owner, 'hana-host', ['host'])
    channel = await openChannel(owner, { operators: [ana.id] })
    const apart = await owner.told<OwnShop>('POST', '/shops', { name: 'Apart' })
    otherShop = consoleClient(server, apart.key, owner.cookie)
    page = chatPage(server, channel.id)
    other = chatPage(server, channel.id)
    conversationId = (await page.begin('Un secreto')).conversation.id
    await other.begin()
    fileKey = ((await page.upload('%PDF-1.4')).json as { fileKey: string }).fileKey
  })
  afterEach(() => {
    for (const socket of opened.splice(0)) socket.close()
  })
  afterAll(async () => {
    await server.stop()
    await database.remove()
  })

  /** Whatever a page can ask of a conversation. */
  const asked = () =>
    [
      ['/log', { after: 0 }],
      ['/messages', { message: textOf('Soy otro') }],
      ['/messages', { message: { kind: 'attachment', id: randomUUID(), fileKey } }],
      ['/ratings', { rating: 1 }],
      ['/endings', {}],
      ['/transcripts', { email: 'x@shop.example' }],
    ] as const

  const wrong = () => [
    { what: 'a made-up token', token: newToken(), status: 404 },
    { what: 'another visitor’s token', token: other.token, status: 404 },
    { what: 'the conversation’s id for a token', token: conversationId, status: 400 },
    { what: 'no token', token: undefined, status: 400 },
    {
      what: 'the right token at another shop',
      token: page.token,
      key: otherShop.shopKey,
      status: 404,
    },
  ]

  it('is neither read nor written over HTTP with any token but its own', async () => {
    const before = (await logOf(owner, conversationId)).messages
    const faults: string[] = []
    for (const { what, status, ...held } of wrong()) {
      for (const [path, body] of asked()) {
        const reply = await page.post(path, { conversationId, ...body, ...held })
        const isTold = JSON.stringify(reply.json).includes('secreto')
        if (reply.status !== status || isTold) faults.push(`${what}: ${path}: ${reply.status}`)
      }
      const upload = await chatPage(
        { url: server.url, key: held.key ?? server.key },
        '',
        held.token ?? '',
      ).post('/attachments', { conversationId })
      if (upload.status < 400) faults.push(`${what}: attachments`)
    }

    expect(faults).toEqual([])
    expect((await logOf(owner, conversationId)).messages).toEqual(before)
  })

  it('opens no socket with any token but its own, nor from a page that the shop does not list', async () => {
    for (const { what, status: _, key = server.key, ...held } of wrong()) {
      const socket = closing(visitorSocket({ url: server.url, key }, { conversationId, ...held }))
      expect({ what, outcome: await outcomeOf(socket) }).toEqual({ what, outcome: 'not_found' })
    }
    const right = { conversationId, token: page.token }
    expect(await outcomeOf(closing(visitorSocket(server, right)))).toBe('open')

    await owner.told('POST', '/origins', { origin: 'https://shop.example' })
    const from = (origin: string) => {
      const headers = { extraHeaders: { origin } }
      return outcomeOf(closing(visitorSocket(server, right, headers)))
    }
    expect(await from('https://evil.example')).toBe('websocket error')
    expect(await from('https://shop.example')).toBe('open')
  })

  it('tells a visitor’s socket nothing of any other conversation, whatever it names', async () => {
    const socket = closing(
      visitorSocket(server, {
        token: other.token,
        conversationId: (await other.post<LogAnswer>('/log')).json.conversation.id,
      }),
    )
    const heard: unknown[] = []
    socket.onAny((...told: unknown[]) => heard.push(told))
    expect(await outcomeOf(socket)).toBe('open')
    const own = { conversationId, token: page.token }
    const answers = [
      await socket.emitWithAck('chat:resume', { after: 0, ...own, conversationId }),
      await socket.emitWithAck('chat:send', { message: textOf('¿De quién?'), ...own }),
    ]
    await page.post('/messages', { message: textOf('Otro secreto') })
    await socket.emitWithAck('chat:resume', { after: 0 })

    expect(JSON.stringify([answers, heard])).not.toContain('secreto')
    const { messages } = await logOf(owner, conversationId)
    expect(messages.map(({ text }) => text)).not.toContain('¿De quién?')
  })

  it('is the team’s of its own channel, and of owners; nobody else’s', async () => {
    const path = `/chat/conversations/${conversationId}`
    const asks = [
      ['GET', path],
      ['GET', `${path}/log`],
      ['PATCH', path, { state: 'closed' }],
      ['POST', `${path}/messages`, textOf('No soy de aquí')],
      ['PUT', `${path}/assignment`, {}],
      ['DELETE', `${path}/messages/1`],
      ['POST', `${path}/transcripts`, { email: 'x@shop.example' }],
    ] as const
    const before = (await logOf(owner, conversationId)).messages
    const faults: string[] = []
    const strangers = { outside: 404, host: 403, otherShop: 404 }
    const clients = { outside, host, otherShop }
    for (const [name, status] of Object.entries(strangers) as [keyof typeof clients, number][]) {
      for (const [method, address, body] of asks) {
        const reply = await clients[name].ask(method, address, body)
        if (reply.status !== status) faults.push(`${name}: ${method} ${address}: ${reply.status}`)
      }
    }

    expect(faults).toEqual([])
    expect((await logOf(inside, conversationId)).messages).toEqual(before)
  })

  it('is told over sockets to members of its channel alone', async () => {
    const sockets = new Map<string, Socket>()
    const heard = new Map<string, string>()
    const at = { url: server.url, key: server.key }
    for (const [name, client] of [
      ['inside', inside],
      ['outside', outside],
      ['owner', owner],
    ] as const) {
      const socket = closing(memberSocket(at, { cookie: client.cookie }))
      socket.onAny((...told) => heard.set(name, (heard.get(name) ?? '') + JSON.stringify(told)))
      expect(await outcomeOf(socket)).toBe('open')
      sockets.set(name, socket)
    }
    const stranger = sockets.get('outside')
    const tries = [
      await stranger?.emitWithAck('chat:resume', { conversationId, after: 0 }),
      await stranger?.emitWithAck('chat:send', { conversationId, message: textOf('No') }),
      await stranger?.emitWithAck('chat:read', { conversationId, number: 1 }),
      await stranger?.emitWithAck('chat:look', { conversationIds: [conversationId] }),
    ]
    // Answered after it has joined its rooms, as all are told in their order.
    await sockets.get('inside')?.emitWithAck('chat:active', {})
    await sockets.get('owner')?.emitWithAck('chat:active', {})
    await page.post('/messages', { message: textOf('Solo para el equipo') })
    await expect.poll(() => heard.get('owner')).toContain('Solo para el equipo')
    await expect.poll(() => heard.get('inside')).toContain('Solo para el equipo')

    expect(tries).toMatchObject(tries.map(() => ({ refusal: { code: 'not_found' } })))
    expect(heard.get('outside') ?? '').not.toContain('Solo para el equipo')
  })

  it('is looked at no more, nor its visitor followed, by who is no operator of its channel any more', async () => {
    const eva = await bringMember(server, owner, 'eva-gone')
    await owner.told('POST', `/chat/channels/${channel.id}/operators`, { memberIds: [eva.id] })
    const { askAgain, restore } = heldIntervals(30_000)
    const socket = closing(memberSocket(server, { cookie: eva.cookie }))
    const watching = closing(memberSocket(server, { cookie: owner.cookie }))
    let heard = ''
    const lookers: unknown[] = []
    socket.onAny((...told) => (heard += JSON.stringify(told)))
    watching.on('chat:looking', (told) => lookers.push(told))
    expect(await Promise.all([socket, watching].map(outcomeOf))).toEqual(['open', 'open'])
    const look = { conversationIds: [conversationId] }
    await watching.emitWithAck('chat:look', look)
    expect(await socket.emitWithAck('chat:look', look)).toEqual({})
    await expect.poll(() => lookers.at(-1)).toMatchObject({ members: [{}, { id: eva.id }] })
    await owner.told('DELETE', `/chat/channels/${channel.id}/operators/${eva.id}`)
    restore()
    askAgain()
    await expect.poll(() => JSON.stringify(lookers.at(-1))).not.toContain(eva.id)
    const visitor = closing(visitorSocket(server, { conversationId, token: page.token }))
    const typing = new Promise((resolve) => watching.once('chat:typing', resolve))
    expect(await outcomeOf(visitor)).toBe('open')
    heard = ''
    visitor.emit('chat:typing', { isTyping: true })
    await typing
    // What was told before has come before this.
    await socket.emitWithAck('chat:active', {})

    expect(heard).not.toContain(conversationId)
  })

  it.each([
    { what: 'no session', of: () => ({ cookie: '' }), outcome: 'sign_in' },
    { what: 'a host', of: () => ({ cookie: host.cookie }), outcome: 'forbidden' },
    {
      what: 'a session from a page of another origin',
      of: () => ({ cookie: owner.cookie, origin: 'https://shop.example' }),
      outcome: 'websocket error',
    },
  ])('opens no member’s socket for $what', async ({ of, outcome }) => {
    expect(await outcomeOf(closing(memberSocket(server, of())))).toBe(outcome)
  })

  it('answers what does not fit with a refusal, and goes on', async () => {
    const socket = closing(visitorSocket(server, { conversationId, token: page.token }))
    expect(await outcomeOf(socket)).toBe('open')
    const answers: unknown[] = []
    for (const said of [
      null,
      7,
      { message: { kind: 'text', id: 'x' } },
      { message: textOf(' ') },
    ]) {
      answers.push(await socket.emitWithAck('chat:send', said))
    }
    socket.emit('chat:unknown', { a: 1 })

    expect(answers).toMatchObject(answers.map(() => ({ refusal: { code: 'bad_request' } })))
    expect(await socket.emitWithAck('chat:resume', { after: 0 })).toHaveProperty('messages')
  })
})
