import { randomBytes } from 'node:crypto'
import { dirname } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { LauncherAnswer } from '#protocol/chat-answers.ts'
import type { Channel } from '#protocol/chat-channels.ts'
import type { ChannelRules, RulesVerdict } from '#protocol/chat-rules.ts'
import type { EventsAnswer } from '#protocol/events-answer.ts'
import { CHAT_LAUNCHER_PATH, DECISIONS_PATH, EVENTS_PATH } from '#protocol/names.ts'
import { findChannel } from '#server/chat/channel-store.ts'
import { stateOnPage } from '#server/chat/chosen-bot.ts'
import { bringMember, openChannel } from '../../support/chat.ts'
import { setUpOwner, type ConsoleClient } from '../../support/console-client.ts'
import { eachDatabase, type FreshDatabase } from '../../support/databases.ts'
import { batchOf, BROWSER, eventOf } from '../../support/ingestion.ts'
import { startServer, type TestServer } from '../../support/server.ts'

/** Of Colombia's. */
const BOGOTA = '181.49.100.1'
const MADRID = '80.58.61.250'
const NOBODY_KNOWS = '10.0.0.1'

eachDatabase('rules of a channel', (fresh) => {
  let database: FreshDatabase
  let server: TestServer
  let owner: ConsoleClient
  let clock: { now: number }
  let channel: Channel
  beforeAll(async () => {
    database = await fresh()
    const { url, file = '' } = database.address
    clock = { now: Date.now() }
    server = await startServer({
      ...(url === undefined ? { dataDir: dirname(file) } : { databaseUrl: url }),
      trustedProxies: ['127.0.0.1'],
      now: () => clock.now,
    })
    owner = await setUpOwner(server)
  })
  afterAll(async () => {
    await server.stop()
    await database.remove()
  })
  beforeEach(async () => {
    channel = await openChannel(owner)
    await owner.told('PUT', '/chat/settings', { isOn: true, channelId: channel.id })
  })

  const path = () => `/chat/channels/${channel.id}/rules`
  const save = (rules: readonly object[], more: object = {}) =>
    owner.told<ChannelRules>('PUT', path(), { rules, ...more })
  const tryOut = (trial: object) => owner.told<RulesVerdict>('POST', `${path()}/trial`, trial)

  async function post<Answer>(to: string, body: object, from = NOBODY_KNOWS): Promise<Answer> {
    // What is known of a shop is kept for some seconds.
    clock.now += 6_000
    const reply = await fetch(server.url + to, {
      method: 'POST',
      headers: {
        'content-type': 'text/plain',
        'user-agent': BROWSER,
        'x-forwarded-for': from,
      },
      body: JSON.stringify(body),
    })
    return (await reply.json()) as Answer
  }

  /** What the answer to a page view says of the launcher. */
  async function launcherAt(url: string, { from, visitor }: Visit = {}) {
    const page = { url, referrer: '', title: '' }
    const batch = batchOf([eventOf({ type: 'page', page, at: clock.now })], {
      key: server.key,
      sentAt: clock.now,
      ...(visitor === null && { visitor, session: null, consent: null }),
    })
    const { decisions } = await post<EventsAnswer>(EVENTS_PATH, batch, from)
    return decisions.launcher
  }

  async function makeBot(isArchived = false): Promise<string> {
    const db = await database.open({ role: 'command' })
    const publicId = randomBytes(16)
    const times = { createdAt: 1, updatedAt: 1, archivedAt: isArchived ? 1 : null }
    const bot = { name: 'Ana', steps: [], publicId, shopId: server.shop.id, ...times }
    await db.sql.insert(db.t.chatbots).values(bot)
    await db.close()
    return publicId.toString('base64url')
  }

  describe('are kept', () => {
    it('as they were written, in their order, with what is left out filled in', async () => {
      const bot = await makeBot()

      await save(
        [
          { action: 'hide', pagePattern: '^/checkout' },
          { action: 'open', countries: ['CO'], chatbotId: bot, botCondition: 'nobody_available' },
        ],
        { isLauncherShown: false },
      )

      expect(await owner.told<ChannelRules>('GET', path())).toEqual({
        rules: [
          {
            action: 'hide',
            pagePattern: '^/checkout',
            countries: [],
            chatbotId: null,
            botCondition: 'always',
            afterSeconds: 10,
            texts: {},
          },
          {
            action: 'open',
            pagePattern: '',
            countries: ['CO'],
            chatbotId: bot,
            botCondition: 'nobody_available',
            afterSeconds: 10,
            texts: {},
          },
        ],
        isLauncherShown: false,
        version: channel.version + 1,
        knowsCountries: true,
      })
    })

    it('by whoever read them last: others are refused, and change nothing', async () => {
      const { version } = await save([{ action: 'hide' }])
      await owner.told('PUT', `${path()}?version=${version}`, { rules: [{ action: 'show' }] })

      const late = await owner.ask('PUT', `${path()}?version=${version}`, { rules: [] })

      expect(late.json).toMatchObject({ error: { code: 'conflict' } })
      expect((await owner.told<ChannelRules>('GET', path())).rules).toHaveLength(1)
    })

    it('with what came of it in the audit log, and without the texts', async () => {
      await save([{ action: 'notify', texts: { es: 'Te ayudamos' } }])

      const { items } = await owner.told<{ items: { action: string }[] }>('GET', '/audit-log')
      expect(items[0]).toMatchObject({ action: 'channel.rules_changed' })
      expect(JSON.stringify(items[0])).not.toContain('Te ayudamos')
    })

    it.each([
      { what: 'a pattern that is none', rule: { pagePattern: '(' }, says: 'rules.1.pagePattern' },
      { what: 'one too large', rule: { pagePattern: '(a{90}){90}' }, says: 'rules.1.pagePattern' },
      { what: 'a bot nobody knows', rule: { chatbotId: 'abc' }, says: 'rules.1.chatbotId' },
      { what: 'no country', rule: { countries: ['co'] }, says: 'rules.1.countries' },
      { what: 'no action', rule: { action: 'dance' }, says: 'rules.1.action' },
    ])('unless there is $what, which is named', async ({ rule, says }) => {
      const bad = { action: 'show', ...rule }

      const { status, json } = await owner.ask('PUT', path(), { rules: [{ action: 'show' }, bad] })

      expect(status).toBe(400)
      expect(JSON.stringify(json)).toContain(says)
      expect((await owner.told<ChannelRules>('GET', path())).rules).toEqual([])
    })

    it('unless their bot is archived', async () => {
      const bot = await makeBot(true)

      const { status } = await owner.ask('PUT', path(), {
        rules: [{ action: 'show', chatbotId: bot }],
      })

      expect(status).toBe(400)
    })

    it('and read by an operator of the channel alone, who changes none', async () => {
      const eva = await bringMember(server, owner, `eva${channel.version}${Math.random()}`)
      expect((await eva.ask('GET', path())).status).toBe(404)
      await owner.told('POST', `/chat/channels/${channel.id}/operators`, { memberIds: [eva.id] })

      expect((await eva.ask('GET', path())).status).toBe(200)
      expect((await eva.ask('POST', `${path()}/trial`, { url: '/' })).status).toBe(200)
      expect((await eva.ask('PUT', path(), { rules: [] })).status).toBe(403)
    })
  })

  describe('say what a page does', () => {
    it('by its path and query, at each page view', async () => {
      await save([
        { action: 'hide', pagePattern: '^/checkout' },
        { action: 'notify', pagePattern: '[?&]sale=', texts: { en: 'Half price' } },
      ])

      const at = { channelId: channel.id, isAnyoneThere: false }
      expect(await launcherAt('https://shop.example/checkout/pay')).toEqual({
        ...at,
        isShown: false,
      })
      expect(await launcherAt('https://shop.example/lamps?sale=1')).toEqual({
        ...at,
        isShown: true,
        rule: { action: 'notify', texts: { en: 'Half price' } },
      })
      expect(await launcherAt('https://shop.example/lamps')).toEqual({ ...at, isShown: true })
    })

    it('before consent by its path alone', async () => {
      await save([{ action: 'hide', pagePattern: 'sale=' }])
      const url = 'https://shop.example/lamps?sale=1'

      expect(await launcherAt(url)).toMatchObject({ isShown: false })
      expect(await launcherAt(url, { visitor: null })).toMatchObject({ isShown: true })
    })

    it('by the visitor’s country', async () => {
      await save([{ action: 'show', countries: ['CO'] }])
      const url = 'https://shop.example/'

      expect(await launcherAt(url, { from: BOGOTA })).toMatchObject({ isShown: true })
      expect(await launcherAt(url, { from: MADRID })).toMatchObject({ isShown: false })
      expect(await launcherAt(url, { from: NOBODY_KNOWS })).toMatchObject({ isShown: false })
    })

    it('by who can answer, and with the bot that does', async () => {
      const bot = await makeBot()
      await save([
        { action: 'open', pagePattern: '^/help', chatbotId: bot, afterSeconds: 3 },
        { action: 'open', pagePattern: '^/lamps', afterSeconds: 3 },
      ])

      expect(await launcherAt('https://shop.example/help')).toMatchObject({
        chatbotId: bot,
        rule: { action: 'open', afterSeconds: 3 },
      })
      // Nobody would be behind it.
      expect(await launcherAt('https://shop.example/lamps')).not.toHaveProperty('rule')
    })

    it('with a bot that answers where its rule holds alone', async () => {
      const bot = await makeBot()
      const ofBot = { action: 'show', pagePattern: '^/help', chatbotId: bot, countries: ['CO'] }
      await save([ofBot])
      const db = await database.open({ role: 'command' })
      const row = await findChannel(db, server.shop.id, Buffer.from(channel.id, 'base64url'))
      if (row === undefined) throw new Error('The channel is not there')
      const at = async (url: string, country?: string) =>
        (await stateOnPage(db, row, { url, country, isSomebodyAvailable: false })).chatbotId

      expect(await at('https://shop.example/help', 'CO')).toBe(bot)
      expect(await at('https://shop.example/help')).toBeUndefined()
      expect(await at('https://shop.example/', 'CO')).toBeUndefined()
      await db.close()
    })

    it('also where it asks without events, and where it draws its launcher', async () => {
      await save([{ action: 'hide', pagePattern: '^/checkout', countries: ['CO'] }])
      const url = 'https://shop.example/checkout'
      const page = { url, referrer: '', title: '' }
      const nobody = { visitor: null, session: null, consent: null, context: {} }
      const asked = { key: server.key, ...nobody, sentAt: clock.now, page }

      const { decisions } = await post<EventsAnswer>(DECISIONS_PATH, asked, BOGOTA)
      const drawn = (channelId?: string) =>
        post<LauncherAnswer>(CHAT_LAUNCHER_PATH, { key: server.key, channelId, url }, BOGOTA)

      expect(decisions.launcher).toMatchObject({ isShown: false })
      expect(await drawn()).toMatchObject({ isShown: false })
      // A page that names its channel goes by that one's rules.
      const other = await openChannel(owner, { name: 'Other' })
      expect(await drawn(other.id)).toMatchObject({ isShown: true })
    })
  })

  describe('can be tried out', () => {
    it('with what is not saved yet, and say why each other does not hold', async () => {
      await save([{ action: 'hide' }])

      const verdict = await tryOut({
        url: 'https://shop.example/help?x=1#top',
        country: 'CO',
        rules: [
          { action: 'show', countries: ['VN'] },
          { action: 'notify', pagePattern: '^/lamps' },
          { action: 'open', pagePattern: 'x=1$' },
          { action: 'hide' },
        ],
      })

      expect(verdict).toEqual({
        matched: 2,
        misses: ['other_country', 'page', null, 'earlier'],
        action: 'open',
        chatbotId: null,
        path: '/help?x=1',
        isSomebodyAvailable: false,
        isLauncherShown: true,
        opensItself: false,
      })
      expect(await tryOut({ url: '/help' })).toMatchObject({ matched: 0, action: 'hide' })
    })

    it('at another time, when the channel’s hours say who is there', async () => {
      const day = [{ from: '09:00', to: '17:00' }]
      const week = { mon: day, tue: [], wed: [], thu: [], fri: [], sat: [], sun: [] }
      const hours = { timeZone: 'America/Bogota', week }
      await owner.told('PATCH', `/chat/channels/${channel.id}`, { options: { hours } })
      const bot = await makeBot()
      await save([{ action: 'open', chatbotId: bot, botCondition: 'nobody_available' }])
      const monday = Date.parse('2026-11-23T10:00:00-05:00')

      expect(await tryOut({ url: '/', at: monday })).toMatchObject({
        matched: null,
        misses: ['bot'],
        isSomebodyAvailable: true,
      })
      expect(await tryOut({ url: '/', at: monday + 86_400_000 })).toMatchObject({
        matched: 0,
        chatbotId: bot,
        isSomebodyAvailable: false,
        opensItself: true,
      })
    })

    it('unless a pattern is none', async () => {
      const trial = { url: '/', rules: [{ action: 'show', pagePattern: '[' }] }

      const { json } = await owner.ask('POST', `${path()}/trial`, trial)

      expect(JSON.stringify(json)).toContain('rules.0.pagePattern')
    })
  })
})

interface Visit {
  readonly from?: string
  /** Null: before consent. */
  readonly visitor?: null
}
