import { dirname } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { LauncherAnswer } from '#protocol/chat-answers.ts'
import type { Channel, ChatSettings, OwnPresence } from '#protocol/chat-channels.ts'
import type { EventsAnswer } from '#protocol/events-answer.ts'
import { CHAT_LAUNCHER_PATH, EVENTS_PATH } from '#protocol/names.ts'
import { createAccount, rescueLinks } from '#server/account/service.ts'
import { DEMO_CHANNEL_ID, openDemoChannel } from '#server/chat/service.ts'
import { bringMember, chatPage, conversationsOf } from '../../support/chat.ts'
import {
  consoleClient,
  PASSWORD,
  setUpOwner,
  type ConsoleClient,
} from '../../support/console-client.ts'
import { eachDatabase, type FreshDatabase } from '../../support/databases.ts'
import { batchOf, BROWSER, eventOf } from '../../support/ingestion.ts'
import { startServer, type TestServer } from '../../support/server.ts'

eachDatabase('the demo shop’s chat', (fresh) => {
  let database: FreshDatabase
  let server: TestServer
  let clock: { now: number }
  beforeEach(async () => {
    database = await fresh()
    clock = { now: Date.now() }
  })
  afterEach(async () => {
    await server.stop()
    await database.remove()
  })

  async function start(hasDemoChat = true): Promise<void> {
    const { url, file = '' } = database.address
    const place = url === undefined ? { dataDir: dirname(file) } : { databaseUrl: url }
    server = await startServer({ ...place, hasDemoChat, now: () => clock.now })
  }

  /** Of the owner, who is signed in as before. */
  async function startAgain({ cookie }: ConsoleClient): Promise<ConsoleClient> {
    await server.stop()
    await start()
    return consoleClient(server, server.key, cookie)
  }

  async function ask<Answer>(path: string, body: object): Promise<Answer> {
    const reply = await fetch(server.url + path, {
      method: 'POST',
      headers: { 'content-type': 'text/plain', 'user-agent': BROWSER },
      body: JSON.stringify(body),
    })
    return (await reply.json()) as Answer
  }

  /** What a page there is told of a launcher. */
  async function launcherAt(url: string) {
    const event = eventOf({ type: 'page', page: { url, referrer: '', title: '' } })
    const { decisions } = await ask<EventsAnswer>(
      EVENTS_PATH,
      batchOf([event], { key: server.key }),
    )
    return decisions.launcher
  }
  const inDemo = () => launcherAt(`${server.url}/demo/product.html?p=cafe-huila`)
  const inShop = () => launcherAt('https://lamps.example/')
  const drawn = (channelId?: string) =>
    ask<LauncherAnswer>(CHAT_LAUNCHER_PATH, { key: server.key, channelId })
  const channelsOf = async (client: ConsoleClient, query = '') =>
    (await client.told<{ items: Channel[] }>('GET', `/chat/channels${query}`)).items

  it('stands on its pages from the first start on, and on none of the shop’s', async () => {
    await start()

    expect(await inDemo()).toEqual({
      channelId: DEMO_CHANNEL_ID,
      isShown: true,
      isAnyoneThere: false,
    })
    expect(await inShop()).toBeUndefined()
    expect(await drawn(DEMO_CHANNEL_ID)).toMatchObject({ whenNobody: 'form', isAnyoneThere: false })
    expect(await drawn()).toMatchObject({ error: { code: 'not_found' } })
  })

  it('takes the form of whoever comes before there is an owner, who then finds it', async () => {
    await start()
    const form = { id: 'a-form-of-theirs', email: 'sofia@mail.example', name: '', text: 'Anybody?' }
    const visitor = chatPage(server, DEMO_CHANNEL_ID)
    const left = await visitor.post('/offline-forms', { channelId: DEMO_CHANNEL_ID, ...form })
    const owner = await setUpOwner(server)

    expect(left.status).toBe(201)
    expect(await conversationsOf(owner)).toMatchObject([
      { channelName: 'Demo shop', isOffline: true, lastText: 'Anybody?' },
    ])
  })

  it('is answered by the first owner, who has their seat, and by nobody who comes later', async () => {
    await start()
    const owner = await setUpOwner(server)
    await bringMember(server, owner, 'luis', ['owner'])
    const { channels } = await owner.told<OwnPresence>('GET', '/chat/presence')
    await owner.told('PUT', '/chat/presence', { presence: 'online' })
    const { conversation } = await chatPage(server, DEMO_CHANNEL_ID).begin('Is it in stock?')

    expect(channels).toMatchObject([{ id: DEMO_CHANNEL_ID, isSeated: true }])
    expect(await channelsOf(owner)).toMatchObject([
      { name: 'Demo shop', operatorCount: 1, isSelected: false },
    ])
    expect(conversation).toMatchObject({ state: 'assigned', operators: [{ name: 'Ana' }] })
  })

  it('is answered by a first owner who came by npm run owner, too', async () => {
    await start()
    const db = await database.open({ role: 'command' })
    const linkFor = rescueLinks({ db, now: () => clock.now })
    const token = await linkFor(server.shop.id, 'ana@shop.example')
    await db.close()
    const owner = consoleClient(server, server.key)
    await owner.told('POST', '/account/accepted-links', { token, name: 'Ana', password: PASSWORD })

    expect(await channelsOf(owner)).toMatchObject([{ isOperator: true, isSeated: true }])
  })

  it('stays closed once it is archived, and the demo’s pages have what the shop’s have', async () => {
    await start()
    const before = await setUpOwner(server)
    await before.told('PATCH', `/chat/channels/${DEMO_CHANNEL_ID}`, { isArchived: true })
    const owner = await startAgain(before)

    expect(await inDemo()).toBeUndefined()
    expect(await channelsOf(owner)).toEqual([])
    const { channelId } = await owner.told<ChatSettings>('PUT', '/chat/settings', { isOn: true })
    clock.now += 10_000
    expect(await inDemo()).toMatchObject({ channelId })
    expect(await drawn(DEMO_CHANNEL_ID)).toMatchObject({ channelId })
  })

  it('does not become the shop’s own, nor end, when somebody turns that on and off', async () => {
    await start()
    const owner = await setUpOwner(server)
    const before = await owner.told('GET', '/chat/settings')
    const on = await owner.told<ChatSettings>('PUT', '/chat/settings', { isOn: true })
    const [demo, own] = await channelsOf(owner)
    await owner.told('PUT', '/chat/settings', { isOn: false })

    expect(before).toEqual({ isOn: false, channelId: null })
    expect(on.channelId).toBe(own?.id)
    expect(own).toMatchObject({ name: 'Chat', isOperator: true })
    expect(demo).toMatchObject({ id: DEMO_CHANNEL_ID, isSelected: false })
    expect(await inShop()).toBeUndefined()
    expect(await inDemo()).toMatchObject({ channelId: DEMO_CHANNEL_ID })
  })

  it('is not in shops that were there before, nor in those that are made later', async () => {
    await start(false)
    const owner = await startAgain(await setUpOwner(server))
    const { key } = await owner.told<{ key: string }>('POST', '/shops', { name: 'Second' })

    expect(await channelsOf(owner)).toEqual([])
    expect(await inDemo()).toBeUndefined()
    owner.shopKey = key
    expect(await channelsOf(owner)).toEqual([])
  })

  it('is made once, with the first shop or not at all', async () => {
    const db = await database.open()
    const nodes = Array.from({ length: 4 }, () =>
      createAccount({ db, now: () => clock.now, whenFirstShop: openDemoChannel }),
    )
    const broken = createAccount({
      db,
      now: () => clock.now,
      whenFirstShop: () => Promise.reject(new Error('the disk is full')),
    })
    await expect(broken.firstShop()).rejects.toThrow('the disk is full')
    const shops = await Promise.all(nodes.map((node) => node.firstShop()))
    await db.close()
    await start()
    const owner = await setUpOwner(server)

    expect(new Set(shops.map(({ id }) => id)).size).toBe(1)
    expect(await channelsOf(owner)).toHaveLength(1)
  })
})
