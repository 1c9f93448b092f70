import { once } from 'node:events'
import { request, type IncomingMessage } from 'node:http'
import { dirname } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import {
  chatPage,
  conversationsOf,
  logOf,
  newToken,
  openChannel,
  type ChatPage,
} from '../../support/chat.ts'
import { setUpOwner, type ConsoleClient } from '../../support/console-client.ts'
import { SHOP_HEADER } from '#protocol/names.ts'
import { eachDatabase, type FreshDatabase } from '../../support/databases.ts'
import { gifOf, jpegOf, pngOf, webpOf } from '../../support/image-headers.ts'
import { startServer, type TestServer } from '../../support/server.ts'

const THIRD_OF_DAY = 28_800_001
/** Of which ten are all that there may be. */
const LARGE = Buffer.concat([pngOf(1, 1)], 10 * 1_048_576)
/** Of a conversation, and of a visitor in a day. */
const MOST = 100

eachDatabase('files in chats', (fresh) => {
  let database: FreshDatabase
  let server: TestServer
  let owner: ConsoleClient
  let channelId: string
  let clock = Date.UTC(2026, 10, 23, 9)

  beforeAll(async () => {
    database = await fresh()
    const { url, file = '' } = database.address
    const where = url === undefined ? { dataDir: dirname(file) } : { databaseUrl: url }
    server = await startServer({ ...where, now: () => clock })
    owner = await setUpOwner(server)
    ;({ id: channelId } = await openChannel(owner))
  })
  afterAll(async () => {
    await server.stop()
    await database.remove()
  })

  const statusesOf = (page: ChatPage, many: number) =>
    Promise.all(Array.from({ length: many }, async () => (await page.upload(pngOf(1, 1))).status))
  /** The owner comes by now and then, and so stays signed in. */
  async function waitForTomorrow(): Promise<void> {
    for (let third = 0; third < 3; third += 1) {
      clock += THIRD_OF_DAY
      await owner.account()
    }
  }
  const close = (id: string) =>
    owner.told('PATCH', `/chat/conversations/${id}`, { state: 'closed' })

  it('keeps nothing of one that was taken back, its name neither, wherever the shop looks', async () => {
    const page = chatPage(server, channelId)
    const { conversation } = await page.begin('Mi pasaporte')
    const name = 'passport-of-eva.png'
    const { json } = await page.upload(pngOf(1, 1), name)
    const message = { kind: 'attachment', id: newToken(), ...Object(json) }
    await page.post('/messages', { message })
    const { messages } = await logOf(owner, conversation.id)
    const number = messages.find((one) => one.kind === 'attachment')?.number ?? 0
    const seen = async () => {
      const list = await conversationsOf(owner, `?channel=${channelId}`)
      const log = await logOf(owner, conversation.id)
      const { status, text } = await owner.ask('GET', '/shop/export')
      expect(status).toBe(200)
      return JSON.stringify([list, log, text])
    }
    expect(await seen()).toContain(name)

    await owner.told('DELETE', `/chat/conversations/${conversation.id}/messages/${number}`)

    expect(await seen()).not.toContain(name)
  })

  it.each([
    { what: 'a PNG', content: pngOf(8_001, 8_000) },
    { what: 'a GIF', content: gifOf(8_001, 8_000) },
    { what: 'a JPEG', content: jpegOf(8_001, 8_000) },
    { what: 'a JPEG, behind noise', content: jpegOf(8_001, 8_000, 'noise') },
    { what: 'a WebP', content: webpOf('VP8X', 8_001, 8_000) },
    { what: 'a lossless WebP', content: webpOf('VP8L', 8_001, 8_000) },
    { what: 'a PNG as narrow as a line', content: pngOf(30_001, 1) },
  ])('refuses $what that no browser should draw', async ({ content }) => {
    const page = chatPage(server, channelId)
    await page.begin()
    const { status, json } = await page.upload(content)

    expect({ status, json }).toMatchObject({
      status: 400,
      json: { error: { message: 'Send an image of at most 64 megapixels' } },
    })
    expect(await page.upload(pngOf(8_000, 8_000))).toMatchObject({ status: 201 })
  })

  it('answers what it does not take before a byte of the file has come', async () => {
    const page = chatPage(server, channelId)
    const { conversation } = await page.begin()
    const full = chatPage(server, channelId)
    const { id: fullId } = (await full.begin()).conversation
    expect(new Set(await statusesOf(full, MOST))).toEqual(new Set([201]))
    const blocked = chatPage(server, channelId)
    const { id: blockedId } = (await blocked.begin()).conversation
    await owner.told('PATCH', `/chat/conversations/${blockedId}`, { isBlocked: true })
    const held = { key: server.key, name: 'a.png', conversationId: conversation.id }
    const { token } = page
    const asked = [
      { what: 'a made-up token', head: { ...held, token: newToken() }, status: 404 },
      { what: 'no token', head: held, status: 400 },
      { what: 'no such shop', head: { ...held, token, key: 'nobody' }, status: 401 },
      {
        what: 'a full conversation',
        head: { ...held, token: full.token, conversationId: fullId },
        status: 409,
      },
      {
        what: 'a blocked one',
        head: { ...held, token: blocked.token, conversationId: blockedId },
        status: 403,
      },
    ]
    for (const { what, head, status } of asked) {
      expect({ what, status: await statusOfHead(JSON.stringify(head)) }).toEqual({ what, status })
    }
    const path = `/api/v1/chat/conversations/${fullId}/attachments?name=a.png`
    const headers = { cookie: owner.cookie, [SHOP_HEADER]: server.key, 'content-type': 'image/png' }
    expect(await statusOfHead('', path, headers)).toBe(409)
    // Whoever may is read on.
    expect(await page.upload(LARGE)).toMatchObject({ status: 201 })
  })

  /** Of a request that says what follows, and then sends none of it. */
  async function statusOfHead(
    head: string,
    path = '/v1/chat/attachments',
    headers: Record<string, string | undefined> = {},
  ): Promise<number | undefined> {
    const asking = request(`${server.url}${path}`, {
      method: 'POST',
      headers: { 'content-length': 5_000_000, ...headers },
    })
    // It hangs up once it has answered.
    asking.on('error', () => undefined)
    asking.write(`${head}\n`)
    const [reply] = (await once(asking, 'response')) as [IncomingMessage]
    asking.destroy()
    return reply.statusCode
  }

  it('takes so many in a conversation, however many are sent at the same time', async () => {
    const page = chatPage(server, channelId)
    await page.begin()
    const statuses = await statusesOf(page, MOST + 10)

    expect(statuses.filter((status) => status === 201)).toHaveLength(MOST)
    expect(statuses.filter((status) => status === 409)).toHaveLength(10)
  })

  it('takes so many of a visitor in a day, however many conversations they begin', async () => {
    const token = newToken()
    const first = chatPage(server, channelId, token)
    const { conversation } = await first.begin()
    expect(new Set(await statusesOf(first, MOST - 10))).toEqual(new Set([201]))
    await close(conversation.id)
    const second = chatPage(server, channelId, token)
    const next = await second.begin('De nuevo')
    expect(next.conversation.id).not.toBe(conversation.id)
    const statuses = await statusesOf(second, 15)
    expect(statuses.filter((status) => status === 201)).toHaveLength(10)

    // Others may, and so may they tomorrow; and what the team sends is no part of it.
    const other = chatPage(server, channelId)
    await other.begin()
    expect(await other.upload(pngOf(1, 1))).toMatchObject({ status: 201 })
    const path = `/chat/conversations/${next.conversation.id}/attachments?name=a.png`
    const png = { 'content-type': 'image/png' }
    expect(await owner.ask('POST', path, pngOf(1, 1), png)).toMatchObject({ status: 201 })
    await waitForTomorrow()
    expect(await second.upload(pngOf(1, 1))).toMatchObject({ status: 201 })
  })

  /** Conversations of one visitor, of which all take files and the last one runs. */
  async function begunBy(token: string, many: number): Promise<readonly ChatPage[]> {
    const pages: ChatPage[] = []
    let running: string | undefined
    for (let more = 0; more < many; more += 1) {
      if (running !== undefined) await close(running)
      const page = chatPage(server, channelId, token)
      running = (await page.begin()).conversation.id
      pages.push(page)
    }
    return pages
  }
  const full = (message: RegExp) => ({
    status: 409,
    json: { error: { code: 'conflict', message: expect.stringMatching(message) } },
  })

  it('takes no more than 100 MB of a visitor in a day, nor in a conversation', async () => {
    const [first, second] = await begunBy(newToken(), 2)
    if (first === undefined || second === undefined) throw new Error('There are not two')
    const { id } = (await second.begin()).conversation
    for (const page of [first, first, first, first, first, second, second, second, second]) {
      expect(await page.upload(LARGE)).toMatchObject({ status: 201 })
    }
    const nearly = LARGE.subarray(0, -100)
    expect(await second.upload(nearly)).toMatchObject({ status: 201 })
    expect(await second.upload(LARGE.subarray(0, 101))).toMatchObject(full(/visitor .* in a day/))
    expect(await second.upload(LARGE.subarray(0, 100))).toMatchObject({ status: 201 })

    await waitForTomorrow()
    for (let more = 0; more < 5; more += 1) {
      expect(await second.upload(nearly)).toMatchObject({ status: 201 })
    }
    expect(await second.upload(LARGE)).toMatchObject(full(/This conversation/))
    const path = `/chat/conversations/${id}/attachments?name=a.png`
    const png = { 'content-type': 'image/png' }
    expect(await owner.ask('POST', path, LARGE, png)).toMatchObject({ status: 409 })
    expect(await second.upload(LARGE.subarray(0, 500))).toMatchObject({ status: 201 })
  })

  it('takes so many of a visitor, at whatever processes and in whatever conversations at once', async () => {
    const token = newToken()
    const pages = await begunBy(token, 16)
    const { url } = database.address
    // SQLite has one process.
    const other =
      url === undefined ? server : await startServer({ databaseUrl: url, now: () => clock })
    const there = chatPage(other, channelId, token)
    await there.begin()
    await statusesOf(there, MOST - 5)
    const statuses = (
      await Promise.all([...pages, there].map((page) => statusesOf(page, 1)))
    ).flat()
    if (other !== server) await other.stop()

    expect(statuses.filter((status) => status === 201)).toHaveLength(5)
    expect(statuses.filter((status) => status === 409)).toHaveLength(12)
  })
})
