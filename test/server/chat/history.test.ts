import { randomUUID } from 'node:crypto'
import { dirname } from 'node:path'
import type { Socket } from 'socket.io-client'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import type { OwnShop } from '#protocol/account.ts'
import type { LogAnswer } from '#protocol/chat.ts'
import type { Begun } from '#protocol/chat-answers.ts'
import {
  bringMember,
  conversationsOf,
  logOf,
  openChannel,
  outcomeOf,
  textOf,
  visitorSocket,
} from '../../support/chat.ts'
import { deviceOf, type Device } from '../../support/chat-identity.ts'
import { consoleClient, setUpOwner, type ConsoleClient } from '../../support/console-client.ts'
import { eachDatabase, type FreshDatabase } from '../../support/databases.ts'
import { startServer, type TestServer } from '../../support/server.ts'

eachDatabase('earlier conversations', (fresh) => {
  let database: FreshDatabase
  let server: TestServer
  let owner: ConsoleClient
  let channelId: string
  const opened: Socket[] = []

  beforeAll(async () => {
    database = await fresh()
    const { url, file = '' } = database.address
    server = await startServer(
      url === undefined ? { dataDir: dirname(file) } : { databaseUrl: url },
    )
    owner = await setUpOwner(server)
    channelId = (await openChannel(owner)).id
  })
  afterEach(() => {
    for (const socket of opened.splice(0)) socket.close()
  })
  afterAll(async () => {
    await server.stop()
    await database.remove()
  })

  let people = 0
  const somebody = () => `user-${(people += 1)}`
  const device = () => deviceOf(server, channelId)

  async function signedIn(userId: string): Promise<Device> {
    const made = device()
    await made.identify(userId)
    return made
  }

  const begin = (on: Device, text: string) => on.page.begin(text, { visitor: on.visitor })
  const close = (id: string) =>
    owner.told('PATCH', `/chat/conversations/${id}`, { state: 'closed' })
  const idsOf = async (on: Device, more = {}) => (await on.history(more)).items.map(({ id }) => id)

  async function readBy(on: Device, conversationId: string) {
    return on.ask<LogAnswer>('/log', { conversationId, after: 0 })
  }

  async function socketOf(on: Device, conversationId: string) {
    const { page, visitor } = on
    const socket = visitorSocket(server, { token: page.token, conversationId, visitor })
    opened.push(socket)
    return { socket, outcome: await outcomeOf(socket) }
  }

  it('are found by a verified customer on another device, and go on there', async () => {
    const userId = somebody()
    const phone = await signedIn(userId)
    const { conversation } = await begin(phone, 'Desde el teléfono')
    const laptop = await signedIn(userId)

    const { items } = await laptop.history()
    expect(items).toMatchObject([
      { id: conversation.id, state: 'queued', lastText: 'Desde el teléfono', mayWrite: true },
    ])
    const { socket, outcome } = await socketOf(laptop, conversation.id)
    expect(outcome).toBe('open')
    const said = await socket.emitWithAck('chat:send', { message: textOf('Desde el portátil') })
    expect(said).toMatchObject({ message: { number: 2 } })
    const texts = (await readBy(phone, conversation.id)).json.messages.map(({ text }) => text)
    expect(texts).toEqual(['Desde el teléfono', 'Desde el portátil'])
  })

  it('are listed by visitor for the team, with those of the customer whom that one has proven to be', async () => {
    const userId = somebody()
    const phone = await signedIn(userId)
    const first = (await begin(phone, 'From the phone')).conversation.id
    const ana = await bringMember(server, owner, 'ana-beside')
    const elsewhere = await openChannel(owner, { operators: [ana.id] })
    const laptop = deviceOf(server, elsewhere.id)
    await laptop.identify(userId)
    const second = (await begin(laptop, 'From the laptop')).conversation.id
    const claimed = device()
    await claimed.identify(userId, null)
    const third = (await begin(claimed, 'Says to be them')).conversation.id
    const other = await signedIn(somebody())
    const fourth = (await begin(other, 'Somebody else')).conversation.id
    const listed = async (on: Device, member: ConsoleClient = owner) => {
      const items = await conversationsOf(member, `?view=all&visitor=${on.visitor.id}`)
      return items.map(({ id }) => id)
    }

    expect(await listed(phone)).toEqual([second, first])
    expect(await listed(laptop)).toEqual([second, first])
    expect(await listed(phone, ana)).toEqual([second])
    expect(await listed(claimed, ana)).toEqual([])
    expect(await listed(claimed)).toEqual([third])
    expect(await listed(other)).toEqual([fourth])
  })

  it('go on by the token of the device that took one up, whatever becomes of the proof', async () => {
    const userId = somebody()
    const { conversation } = await begin(await signedIn(userId), 'Desde el teléfono')
    const laptop = await signedIn(userId)
    const held = { conversationId: conversation.id }
    expect(await laptop.ask('/continuations', held)).toMatchObject({ status: 200 })
    await laptop.identify(userId)

    const { status } = await laptop.ask('/log', { ...held, after: 0, visitor: null })
    expect(status).toBe(200)
  })

  it('are one that runs, however many devices of a customer begin at once', async () => {
    const userId = somebody()
    const devices = await Promise.all(Array.from({ length: 6 }, () => signedIn(userId)))
    const begun = await Promise.all(devices.map((one, i) => begin(one, `De ${i}`)))
    const ids = new Set(begun.map(({ conversation }) => conversation.id))

    expect(ids.size).toBe(1)
    const [id = ''] = ids
    expect((await logOf(owner, id)).messages).toHaveLength(6)
  })

  it('are one by name, however many were begun before signing in and go on at the same moment', async () => {
    const userId = somebody()
    const begun = await Promise.all(
      Array.from({ length: 6 }, async () => {
        const on = device()
        await on.visit()
        const { conversation } = await begin(on, 'Aún sin entrar')
        await on.identify(userId)
        return { on, conversationId: conversation.id }
      }),
    )
    const laptop = await signedIn(userId)
    const replies = await Promise.all([
      ...begun.map(({ on, conversationId }, i) =>
        on.ask('/messages', { conversationId, message: textOf(`De ${i}`) }),
      ),
      laptop.ask('/conversations', { channelId, message: textOf('Hola') }),
      laptop.ask('/conversations', { channelId, message: textOf('Hola') }),
    ])

    expect(replies.map(({ status }) => status)).toEqual(replies.map(() => 201))
    const all = await conversationsOf(owner, '?view=all')
    const theirs = all.filter(({ id }) => begun.some((one) => one.conversationId === id))
    expect(theirs.filter(({ visitor }) => visitor.customerId !== null)).toHaveLength(1)
  })

  it('include what was said before signing in, which then is the one that runs', async () => {
    const userId = somebody()
    const phone = device()
    // The visitor of events is known before the chat begins, and proves nothing yet.
    await phone.identify(userId, null)
    const { conversation } = await begin(phone, 'Aún sin entrar')
    const laptop = await signedIn(userId)
    expect(await idsOf(laptop)).toEqual([])

    await phone.identify(userId)
    expect(await idsOf(laptop)).toEqual([conversation.id])
    expect((await begin(laptop, 'Ya dentro')).conversation.id).toBe(conversation.id)
  })

  it('come newest first, page by page, each once', async () => {
    const userId = somebody()
    const phone = await signedIn(userId)
    const made: string[] = []
    for (const text of ['uno', 'dos', 'tres', 'cuatro', 'cinco']) {
      const { conversation } = await begin(phone, text)
      made.unshift(conversation.id)
      await close(conversation.id)
    }
    const laptop = await signedIn(userId)
    const read: string[] = []
    let cursor: string | null | undefined
    do {
      const page = await laptop.history({ limit: 2, ...(cursor && { cursor }) })
      expect(page.items.length).toBeLessThanOrEqual(2)
      read.push(...page.items.map(({ id }) => id))
      cursor = page.nextCursor
    } while (cursor !== null)

    expect(read).toEqual(made)
    expect(await idsOf(laptop, { isRunningOnly: true })).toEqual([])
    expect((await laptop.ask('/history', { cursor: 'nowhere' })).status).toBe(400)
    expect((await laptop.ask('/history', { limit: 1_000 })).status).toBe(400)
  })

  it('are told to nobody who only says who they are', async () => {
    const userId = somebody()
    const phone = await signedIn(userId)
    const { conversation } = await begin(phone, 'Un secreto')
    const unsigned = device()
    await unsigned.identify(userId, null)
    const forged = device()
    await forged.identify(userId, 'f'.repeat(64))
    const another = await signedIn(somebody())
    const phoneAfterReset = phone.reset()
    const stolen = { id: phone.visitor.id, token: another.visitor.token }
    const strangers = [
      { what: 'unsigned', on: unsigned, more: {} },
      { what: 'forged', on: forged, more: {} },
      { what: 'another customer', on: another, more: {} },
      { what: 'after a reset', on: phoneAfterReset, more: {} },
      { what: 'the visitor’s id without its token', on: another, more: { visitor: stolen } },
      { what: 'nothing', on: device(), more: { visitor: null } },
    ]
    const before = (await logOf(owner, conversation.id)).messages
    const faults: string[] = []
    for (const { what, on, more } of strangers) {
      const listed = await idsOf(on, more)
      if (listed.includes(conversation.id)) faults.push(`${what}: list`)
      for (const [path, body] of [
        ['/log', { after: 0 }],
        ['/messages', { message: textOf('Soy otro') }],
        ['/ratings', { rating: 1 }],
        ['/endings', {}],
        ['/continuations', {}],
        ['/transcripts', { email: 'x@shop.example' }],
      ] as const) {
        const reply = await on.ask(path, { conversationId: conversation.id, ...body, ...more })
        if (reply.status !== 404) faults.push(`${what}: ${path}: ${reply.status}`)
      }
      const begun = await on.page.begin('Otro', { visitor: on.visitor, ...more })
      if (begun.conversation.id === conversation.id) faults.push(`${what}: began into it`)
      const auth = { token: on.page.token, conversationId: conversation.id, visitor: on.visitor }
      const socket = visitorSocket(server, { ...auth, ...more })
      opened.push(socket)
      if ((await outcomeOf(socket)) !== 'not_found') faults.push(`${what}: socket`)
    }

    expect(faults).toEqual([])
    expect((await logOf(owner, conversation.id)).messages).toEqual(before)
  })

  it('are not opened by the token from before somebody signed in', async () => {
    const userId = somebody()
    const first = await signedIn(userId)
    await begin(first, 'Un secreto')
    const shared = device()
    const planted = shared.visitor
    await shared.identify(userId)

    expect(await idsOf(shared)).toHaveLength(1)
    expect(await idsOf(shared, { visitor: planted })).toEqual([])
  })

  it('are not joined by the token from before somebody signed in, by beginning one', async () => {
    const shared = device()
    const planted = shared.visitor
    await shared.identify(somebody())
    const { conversation } = await begin(shared, 'Un secreto')
    const thief = device()
    const begun = await thief.page.begin('Hola', { visitor: planted })

    expect(begun.conversation.id).not.toBe(conversation.id)
    const asked = { conversationId: conversation.id, after: 0, visitor: null }
    expect((await thief.ask('/log', asked)).status).toBe(404)
  })

  it('are of their shop alone', async () => {
    const userId = somebody()
    const phone = await signedIn(userId)
    const { conversation } = await begin(phone, 'De esta tienda')
    const apart = await owner.told<OwnShop>('POST', '/shops', { name: 'Apart' })
    const elsewhere = consoleClient(server, apart.key, owner.cookie)
    await openChannel(elsewhere)

    expect((await phone.history({ key: apart.key })).items).toEqual([])
    const asked = { key: apart.key, conversationId: conversation.id }
    expect((await phone.ask('/log', { after: 0, ...asked })).status).toBe(404)
  })

  it('stay blocked on every device of whom the shop blocked', async () => {
    const userId = somebody()
    const phone = await signedIn(userId)
    const { conversation } = await begin(phone, 'Ofensa')
    const laptop = await signedIn(userId)
    await owner.told('PATCH', `/chat/conversations/${conversation.id}`, { isBlocked: true })

    const body = { token: laptop.page.token, channelId, message: textOf('Otra'), id: randomUUID() }
    expect(await laptop.ask<Begun>('/conversations', body)).toMatchObject({ status: 403 })
    expect((await laptop.history()).items).toMatchObject([{ mayWrite: false }])
    await close(conversation.id)
    expect(await laptop.ask<Begun>('/conversations', body)).toMatchObject({ status: 403 })
    expect((await conversationsOf(owner, '?view=all')).length).toBeGreaterThan(0)
  })
})
