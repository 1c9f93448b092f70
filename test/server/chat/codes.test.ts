import { randomUUID } from 'node:crypto'
import { dirname } from 'node:path'
import type { Socket } from 'socket.io-client'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import type { Begun } from '#protocol/chat-answers.ts'
import type { History } from '#protocol/chat-history.ts'
import type { LogAnswer } from '#protocol/chat.ts'
import type { MailSummary } from '#protocol/mail.ts'
import {
  chatPage,
  newToken,
  openChannel,
  outcomeOf,
  textOf,
  visitorSocket,
  type ChatPage,
} from '../../support/chat.ts'
import { heldIntervals } from '../../support/held-intervals.ts'
import { deviceOf } from '../../support/chat-identity.ts'
import { setUpOwner, type ConsoleClient } from '../../support/console-client.ts'
import { eachDatabase, type FreshDatabase } from '../../support/databases.ts'
import { startMailSink, type MailSink } from '../../support/mail-sink.ts'
import { startServer, type TestServer } from '../../support/server.ts'

const MINUTE = 60_000

eachDatabase('a code that is mailed', (fresh) => {
  let database: FreshDatabase
  let server: TestServer
  let sink: MailSink
  let owner: ConsoleClient
  let channelId: string
  let email: string
  let elsewhere: ChatPage
  let conversationId: string
  /** What the clock is ahead of the real one. */
  let ahead = 0
  let people = 0
  const opened: Socket[] = []

  beforeAll(async () => {
    database = await fresh()
    sink = await startMailSink()
    const { url, file = '' } = database.address
    const on = url === undefined ? { dataDir: dirname(file) } : { databaseUrl: url }
    const now = () => Date.now() + ahead
    server = await startServer({ ...on, mail: sink.settings, now, trustedProxies: ['127.0.0.1'] })
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
  beforeEach(async () => {
    people += 1
    email = `eva-${people}@mail.example`
    elsewhere = chatPage(server, channelId)
    const fields = { email: ` Eva-${people}@Mail.example ` }
    conversationId = (await elsewhere.begin('Un secreto', { fields })).conversation.id
  })

  const page = () => chatPage(server, channelId)
  const itemsOf = async (on: ChatPage) => (await on.post<History>('/history')).json.items
  const ask = (on: ChatPage, more = {}) => on.post('/codes', { email, ...more })
  /** With a browser of its own each time. */
  async function askFrom(address: string): Promise<number> {
    const body = JSON.stringify({ key: server.key, token: newToken(), email })
    const headers = { 'content-type': 'text/plain', 'x-forwarded-for': address }
    const { status } = await fetch(`${server.url}/v1/chat/codes`, { method: 'POST', headers, body })
    return status
  }
  const show = async (on: ChatPage, code: string, more = {}) =>
    (await on.post('/proven-addresses', { email, code, ...more })).status
  const otherThan = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0')
  const mails = () => sink.arrived.filter(({ to }) => to.includes(email))

  async function codeFor(on: ChatPage, more = {}): Promise<string> {
    const before = mails().length
    expect(await ask(on, more)).toMatchObject({ status: 204 })
    await expect.poll(() => mails().length).toBe(before + 1)
    return /^(\d{6})\r?$/m.exec(mails().at(-1)?.raw ?? '')?.[1] ?? ''
  }

  it('shows what was begun with that address, to read, and only to who showed it', async () => {
    const mine = page()
    expect(await itemsOf(mine)).toEqual([])
    const code = await codeFor(mine)
    expect(await itemsOf(mine)).toEqual([])

    expect(await show(mine, code)).toBe(204)
    expect(await itemsOf(mine)).toMatchObject([{ id: conversationId, mayWrite: false }])
    const { json } = await mine.post<LogAnswer>('/log', { conversationId, after: 0 })
    expect(json.messages).toMatchObject([{ text: 'Un secreto' }])
    const writes = [
      ['/messages', { message: textOf('Soy yo') }],
      ['/ratings', { rating: 1 }],
      ['/endings', {}],
      ['/continuations', {}],
      ['/transcripts', { email: 'x@shop.example' }],
    ] as const
    for (const [path, body] of writes) {
      const { status } = await mine.post(path, { conversationId, ...body })
      expect({ path, status }).toEqual({ path, status: 404 })
    }
    const stranger = page()
    expect(await show(stranger, code)).toBe(404)
    expect(await itemsOf(stranger)).toEqual([])
  })

  it('counts once, for the address and the browser that it was mailed for, and the newest alone', async () => {
    const mine = page()
    const first = await codeFor(mine)
    const second = await codeFor(mine)
    // One in a million is the same again.
    expect(first === second || (await show(mine, first)) === 404).toBe(true)
    expect(await show(page(), second)).toBe(404)
    expect(await show(mine, second, { email: 'otra@mail.example' })).toBe(404)
    expect(await show(mine, second)).toBe(204)

    expect(await show(mine, second)).toBe(404)
  })

  it('is tried five times at most, even all at once', async () => {
    const mine = page()
    const code = await codeFor(mine)
    const wrong = otherThan(code)
    const tries = await Promise.all(Array.from({ length: 12 }, () => show(mine, wrong)))
    expect(new Set(tries)).toEqual(new Set([404]))

    expect(await show(mine, code)).toBe(404)
    expect(await itemsOf(mine)).toEqual([])
    const again = await codeFor(mine)
    for (const _ of Array.from({ length: 4 })) await show(mine, otherThan(again))
    expect(await show(mine, again)).toBe(204)
  })

  it('is spent once by who shows it twice at once', async () => {
    const mine = page()
    const code = await codeFor(mine)
    const shown = await Promise.all(Array.from({ length: 6 }, () => show(mine, code)))

    expect(shown.filter((status) => status === 204)).toHaveLength(1)
  })

  it('is asked for alike whether the address has conversations or not', async () => {
    const known = await ask(page())
    const unknown = await ask(page(), { email: `nadie-${randomUUID()}@mail.example` })

    expect(unknown).toEqual(known)
  })

  it('is asked for by one browser ten times a day', async () => {
    const mine = page()
    const statuses: number[] = []
    for (let i = 0; i < 12; i++) {
      const address = { email: `muchas-${people}-${i}@mail.example` }
      statuses.push((await ask(mine, address)).status)
    }

    expect(statuses.filter((status) => status === 204)).toHaveLength(10)
  })

  it.each([
    { language: 'es-CO', says: 'Tu código para el chat de' },
    { language: 'pt-BR', says: 'Seu código para o chat de' },
    { language: 'vi', says: 'Mã của bạn cho cuộc trò chuyện với' },
    { language: 'en', says: 'Your code for the chat of' },
  ])('speaks $language, and is not told in the outbox', async ({ language, says }) => {
    const code = await codeFor(page(), { languages: [language] })
    const { items } = await owner.told<{ items: MailSummary[] }>('GET', '/mail/messages')
    const newest = items.find(({ kind, to }) => kind === 'chat_code' && to.address === email)
    const shown = await owner.told('GET', `/mail/messages/${newest?.id}`)

    expect(newest?.subject).toContain(says)
    expect(JSON.stringify(shown)).not.toContain(code)
  })

  it('proves nothing by an address that was typed, in a form or before a chat', async () => {
    const typed = page()
    await typed.begin('Soy ella', { fields: { email } })
    const left = page()
    const form = { channelId, id: randomUUID(), email, text: 'Soy ella' }
    const { json } = await left.post<Begun>('/offline-forms', form)

    expect((await itemsOf(typed)).map(({ id }) => id)).not.toContain(conversationId)
    expect((await itemsOf(left)).map(({ id }) => id)).toEqual([json.conversation.id])
  })

  it('shows nothing more of a person who was erased, nor keeps their address', async () => {
    const userId = `erased-${people}`
    const device = deviceOf(server, channelId)
    await device.identify(userId)
    await device.page.begin('Bórrenme', { visitor: device.visitor, fields: { email } })
    const mine = page()
    expect(await show(mine, await codeFor(mine))).toBe(204)
    expect(await itemsOf(mine)).toHaveLength(2)
    const { id } = await owner.told<{ id: string }>('GET', `/customers?userId=${userId}`)
    await owner.told('DELETE', `/customer-profiles/${id}`)
    await expect.poll(() => itemsOf(mine)).toEqual([])

    // The other one, whose visitor was nobody known, is there; the proof is not.
    expect((await elsewhere.post('/log', { after: 0 })).status).toBe(200)
  })

  it('tells a socket that it let in nothing more once that has run out, however long it stays open', async () => {
    const mine = page()
    expect(await show(mine, await codeFor(mine))).toBe(204)
    const { askAgain, restore } = heldIntervals(30_000)
    const sockets = [mine, elsewhere].map(({ token }) => {
      const socket = visitorSocket(server, { token, conversationId })
      opened.push(socket)
      return socket
    })
    const [guest, own] = sockets
    expect(await Promise.all(sockets.map(outcomeOf))).toEqual(['open', 'open'])
    restore()
    const answer = (text: string) =>
      owner.told('POST', `/chat/conversations/${conversationId}/messages`, textOf(text))
    const heard = new Map(sockets.map((socket) => [socket, '']))
    for (const socket of sockets) {
      socket.onAny((...told: unknown[]) => {
        heard.set(socket, heard.get(socket) + JSON.stringify(told))
      })
    }
    askAgain()
    await answer('Within thirty days')
    for (const socket of sockets) {
      await expect.poll(() => heard.get(socket)).toContain('Within thirty days')
    }
    ahead += 30 * 24 * 60 * MINUTE
    askAgain()
    await expect.poll(() => guest?.connected).toBe(false)
    ahead -= 30 * 24 * 60 * MINUTE
    await answer('After them')
    await expect.poll(() => own && heard.get(own)).toContain('After them')

    expect(guest && heard.get(guest)).not.toContain('After them')
  })

  it.each([
    { version: 'IPv4', stranger: ['203.0.113.5', '203.0.113.77'], own: '198.51.100.7' },
    { version: 'IPv6', stranger: ['2001:db8:1:2::1', '2001:db8:1:ffff::9'], own: '2001:db8:2::1' },
  ])('is left to its owner by a stranger of another network, over $version', async (one) => {
    const asked = await Promise.all([1, 2, 3, 4].flatMap(() => one.stranger.map(askFrom)))
    expect(asked.filter((status) => status === 204)).toHaveLength(3)

    expect(await askFrom(one.own)).toBe(204)
    await expect.poll(() => mails().length).toBe(4)
  })

  it('is mailed to an address fifteen times a day, from however many networks', async () => {
    const networks = Array.from({ length: 20 }, (_, at) => `203.0.${at}.1`)
    const asked = await Promise.all(networks.map(askFrom))

    expect(asked.filter((status) => status === 204)).toHaveLength(15)
    expect(asked.filter((status) => status === 429)).toHaveLength(5)
  })

  // Last, for the clock goes on, and with it the owner's session.
  it('is mailed to an address three times a day by one network, whoever asks, even all at once', async () => {
    const asked = await Promise.all(Array.from({ length: 8 }, () => ask(page())))
    const granted = asked.filter(({ status }) => status === 204)
    expect(granted).toHaveLength(3)
    expect(asked.filter(({ status }) => status === 429)).toHaveLength(5)
    await expect.poll(() => mails().length).toBe(3)
    ahead += 24 * 60 * MINUTE

    expect((await ask(page())).status).toBe(204)
  })

  it('expires after ten minutes, and what it has shown after thirty days', async () => {
    const mine = page()
    const late = await codeFor(mine)
    ahead += 10 * MINUTE
    expect(await show(mine, late)).toBe(404)
    expect(await show(mine, await codeFor(mine))).toBe(204)
    expect(await itemsOf(mine)).toHaveLength(1)
    ahead += 30 * 24 * 60 * MINUTE

    expect(await itemsOf(mine)).toEqual([])
    expect((await mine.post('/log', { conversationId, after: 0 })).status).toBe(404)
  })
})
