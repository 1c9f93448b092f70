import { randomUUID } from 'node:crypto'
import { dirname } from 'node:path'
import type { Socket } from 'socket.io-client'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import type { Begun } from '#protocol/chat-answers.ts'
import type { LogAnswer } from '#protocol/chat.ts'
import {
  chatPage,
  logOf,
  openChannel,
  outcomeOf,
  textOf,
  visitorSocket,
} from '../../support/chat.ts'
import { deviceOf, type Device } from '../../support/chat-identity.ts'
import { setUpOwner, type ConsoleClient } from '../../support/console-client.ts'
import { eachDatabase, type FreshDatabase } from '../../support/databases.ts'
import { startMailSink, type MailSink } from '../../support/mail-sink.ts'
import { startServer, type TestServer } from '../../support/server.ts'

const SECRET = 'My card ends in 4711'

/** Somebody begins a chat, and puts the visitor that they began it as into the browser of somebody else, who signs in. */
eachDatabase('a conversation that was planted', (fresh) => {
  let database: FreshDatabase
  let server: TestServer
  let sink: MailSink
  let owner: ConsoleClient
  let channelId: string
  let people = 0
  const opened: Socket[] = []

  beforeAll(async () => {
    database = await fresh()
    sink = await startMailSink()
    const { url, file = '' } = database.address
    const on = url === undefined ? { dataDir: dirname(file) } : { databaseUrl: url }
    server = await startServer({ ...on, mail: sink.settings })
    owner = await setUpOwner(server)
    channelId = (await openChannel(owner)).id
  })
  afterEach(() => {
    for (const socket of opened.splice(0)) socket.close()
  })
  afterAll(async () => {
    await server.stop()
    await sink.stop()
    await database.remove()
  })

  function socketOf({ page, visitor }: Device, conversationId: string, more = {}): Socket {
    const auth = { token: page.token, conversationId, visitor, ...more }
    const socket = visitorSocket(server, auth)
    opened.push(socket)
    return socket
  }

  const mailsTo = (address: string) => sink.arrived.filter(({ to }) => to.includes(address))

  /** The code of the last mail, if any came. */
  async function proveAddress(on: Device, email: string): Promise<void> {
    const before = mailsTo(email).length
    await on.page.post('/codes', { email })
    await expect.poll(() => mailsTo(email).length).toBe(before + 1)
    const code = /^(\d{6})\r?$/m.exec(mailsTo(email).at(-1)?.raw ?? '')?.[1] ?? ''
    expect(await on.page.post('/proven-addresses', { email, code })).toMatchObject({ status: 204 })
  }

  /** What a link in a mail opens. */
  async function linkFor(on: Device, email: string): Promise<string> {
    const before = mailsTo(email).length
    await on.page.post('/transcripts', { email })
    await expect.poll(() => mailsTo(email).length).toBe(before + 1)
    const raw = (mailsTo(email).at(-1)?.raw ?? '').replace(/=\r?\n/g, '')
    return /#([\w-]{43})\./.exec(raw)?.[1] ?? ''
  }

  /** An intruder with all that they can have, and the victim, who has just signed in. */
  async function planted() {
    people += 1
    const email = `intruder-${people}@mail.example`
    const intruder = deviceOf(server, channelId)
    await intruder.visit()
    const fields = { email, name: 'Ana' }
    const { visitor } = intruder
    const { conversation } = await intruder.page.begin('Hola', { visitor, fields })
    const { id } = conversation
    const link = await linkFor(intruder, email)
    await proveAddress(intruder, email)
    const listening = socketOf(intruder, id)
    let heard = ''
    listening.onAny((...told: unknown[]) => void (heard += JSON.stringify(told)))
    expect(await outcomeOf(listening)).toBe('open')
    const victim = deviceOf(server, channelId, visitor)
    await victim.identify(`victim-${people}`)
    return { id, intruder, victim, email, link, listening, heard: () => heard }
  }

  type Planted = Awaited<ReturnType<typeof planted>>

  /** Whatever of the secret comes to them, by whatever they have. */
  async function reachOf({ id, intruder, link, heard }: Planted): Promise<string[]> {
    const found: string[] = []
    const look = (what: string, told: unknown) => {
      if (JSON.stringify(told).includes(SECRET)) found.push(what)
    }
    const holders = [
      ['their token', { token: intruder.page.token }],
      ['the link of a mail', { token: link }],
    ] as const
    for (const [what, held] of holders) {
      for (const visitor of [null, intruder.visitor]) {
        const asked = { conversationId: id, ...held, visitor }
        look(`${what}: log`, await intruder.page.post('/log', { ...asked, after: 0 }))
        look(`${what}: history`, await intruder.page.post('/history', asked))
        look(`${what}: rating`, await intruder.page.post('/ratings', { ...asked, rating: 5 }))
        await intruder.page.post('/continuations', asked)
        const more = { ...asked, message: textOf('Still there?'), channelId }
        look(`${what}: begins`, await intruder.page.post('/conversations', more))
        const form = { ...asked, channelId, id: randomUUID(), email: 'x@mail.example', text: 'Hm' }
        look(`${what}: form`, await intruder.page.post('/offline-forms', form))
        look(`${what}: log again`, await intruder.page.post('/log', { ...asked, after: 0 }))
        const socket = socketOf(intruder, id, { ...held, visitor })
        const outcome = await outcomeOf(socket)
        if (outcome !== 'not_found') found.push(`${what}: socket: ${outcome}`)
      }
    }
    look('the socket from before', heard())
    return found
  }

  const message = textOf
  const waysToWrite: readonly {
    readonly what: string
    readonly write: (victim: Device, id: string) => Promise<unknown>
  }[] = [
    {
      what: 'by beginning one',
      write: ({ page, visitor }) => page.begin(SECRET, { visitor }),
    },
    {
      what: 'by a message',
      write: ({ ask }, conversationId) =>
        ask('/messages', { conversationId, message: message(SECRET) }),
    },
    {
      what: 'after taking it up, over a socket that shows its token alone',
      async write(victim, conversationId) {
        await victim.ask('/continuations', { conversationId })
        const socket = socketOf(victim, conversationId, { visitor: null })
        expect(await outcomeOf(socket)).toBe('open')
        return socket.emitWithAck('chat:send', { message: message(SECRET) })
      },
    },
    {
      what: 'over a socket',
      async write(victim, conversationId) {
        const socket = socketOf(victim, conversationId)
        expect(await outcomeOf(socket)).toBe('open')
        return socket.emitWithAck('chat:send', { message: message(SECRET) })
      },
    },
    {
      what: 'by a note while nobody is there',
      write: ({ ask }) =>
        ask('/offline-forms', {
          channelId,
          id: randomUUID(),
          email: 'victim@mail.example',
          text: SECRET,
        }),
    },
    {
      what: 'into what was closed',
      async write({ ask }, conversationId) {
        const path = `/chat/conversations/${conversationId}`
        await owner.told('PATCH', path, { state: 'closed' })
        return ask('/messages', { conversationId, message: message(SECRET) })
      },
    },
  ]

  it.each(waysToWrite)(
    'tells whoever planted it nothing that is written $what',
    async ({ write }) => {
      const all = await planted()
      await write(all.victim, all.id)

      expect(await reachOf(all)).toEqual([])
      const { items } = await all.victim.history()
      expect(items.map(({ lastText }) => lastText)).toContain(SECRET)
    },
  )

  it('tells nothing of what is written in it while another of theirs runs', async () => {
    const all = await planted()
    const laptop = deviceOf(server, channelId)
    await laptop.identify(`victim-${people}`)
    // Before the planted one was taken up by anybody.
    await owner.told('PATCH', `/chat/conversations/${all.id}`, { state: 'closed' })
    const own = await laptop.page.begin('Mine', { visitor: laptop.visitor })
    expect(own.conversation.id).not.toBe(all.id)
    const { ask } = all.victim
    await ask('/messages', { conversationId: all.id, message: message(SECRET) })
    await all.victim.page.begin(SECRET, { visitor: all.victim.visitor })

    expect(await reachOf(all)).toEqual([])
  })

  it('is answered by mail to no address that whoever planted it left', async () => {
    people += 1
    const email = `intruder-${people}@mail.example`
    const intruder = deviceOf(server, channelId)
    await intruder.visit()
    const form = { channelId, id: randomUUID(), email, text: 'Hola' }
    const { json } = await intruder.ask<Begun>('/offline-forms', form)
    const { id } = json.conversation
    const victim = deviceOf(server, channelId, intruder.visitor)
    await victim.identify(`victim-${people}`)
    await victim.ask('/messages', { conversationId: id, message: message(SECRET) })
    await owner.told('POST', `/chat/conversations/${id}/messages`, textOf('About your card'))
    // Whatever is mailed comes in its order.
    await intruder.page.post('/codes', { email })
    await expect.poll(() => mailsTo(email).length).toBeGreaterThan(0)

    expect(mailsTo(email).filter(({ raw }) => raw.includes('About your card'))).toEqual([])
  })

  it('goes on for a customer in the browser where they began it, and in their others', async () => {
    const userId = `honest-${(people += 1)}`
    const phone = deviceOf(server, channelId)
    await phone.visit()
    const { conversation } = await phone.page.begin('Before', { visitor: phone.visitor })
    const { id } = conversation
    const tab = socketOf(phone, id)
    const heard: unknown[] = []
    tab.on('chat:messages', ({ messages }: LogAnswer) => {
      heard.push(...messages.map(({ text }) => text))
    })
    expect(await outcomeOf(tab)).toBe('open')
    await phone.identify(userId)
    await phone.ask('/messages', { conversationId: id, message: message('Signed in') })
    await expect.poll(() => heard).toContain('Signed in')
    const laptop = deviceOf(server, channelId)
    await laptop.identify(userId)
    expect((await laptop.ask('/continuations', { conversationId: id })).status).toBe(200)
    await laptop.ask('/messages', { conversationId: id, message: message('From the laptop') })
    await expect.poll(() => heard).toContain('From the laptop')

    // By their tokens alone, too, whatever becomes of the proof.
    for (const { page } of [phone, laptop]) {
      const { json } = await page.post<LogAnswer>('/log', { conversationId: id, after: 0 })
      const texts = json.messages.flatMap(({ text = [] }) => text)
      expect(texts).toEqual(['Before', 'Signed in', 'From the laptop'])
    }
    expect(tab.connected).toBe(true)
  })

  it('goes on for a customer who took it up elsewhere first, once their browser shows who they are', async () => {
    const userId = `honest-${(people += 1)}`
    const phone = deviceOf(server, channelId)
    await phone.visit()
    const { conversation } = await phone.page.begin('Before', { visitor: phone.visitor })
    const { id } = conversation
    await phone.identify(userId)
    const laptop = deviceOf(server, channelId)
    await laptop.identify(userId)
    await laptop.page.begin('From the laptop', { visitor: laptop.visitor })
    const socket = socketOf(phone, id)
    expect(await outcomeOf(socket)).toBe('open')
    const said = await socket.emitWithAck('chat:send', { message: message('From the phone') })
    expect(said).toMatchObject({ message: {} })

    const { messages } = await logOf(owner, id)
    const texts = messages.flatMap(({ text = [] }) => text)
    expect(texts).toEqual(['Before', 'From the laptop', 'From the phone'])
    // What showed who it is once is let in.
    const again = socketOf(phone, id, { visitor: null })
    expect(await outcomeOf(again)).toBe('open')
  })

  it('keeps the address that a customer left in the browser where they sign in', async () => {
    const phone = deviceOf(server, channelId)
    await phone.visit()
    const email = `honest-${(people += 1)}@mail.example`
    const fields = { email }
    const { conversation } = await phone.page.begin('Before', { visitor: phone.visitor, fields })
    await phone.identify(`honest-${people}`)
    await phone.ask('/messages', { conversationId: conversation.id, message: message('After') })
    const page = chatPage(server, channelId)

    expect(page.token).not.toBe(phone.page.token)
    const { conversation: shown } = await logOf(owner, conversation.id)
    expect(shown.visitor.email).toBe(email)
  })
})
