import { randomUUID } from 'node:crypto'
import { dirname } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { PersonPage } from '#protocol/people.ts'
import type { Condition } from '#protocol/targeting.ts'
import { openChannel, textOf } from '../../support/chat.ts'
import { deviceOf, type Device } from '../../support/chat-identity.ts'
import { setUpOwner, type ConsoleClient } from '../../support/console-client.ts'
import { eachDatabase, type FreshDatabase } from '../../support/databases.ts'
import { openExperienceShop, type ExperienceShop } from '../../support/experience-server.ts'
import { startServer, type TestServer } from '../../support/server.ts'

const HOUR_MS = 3_600_000
const TALKED: Condition = { kind: 'chat', did: 'talked' }
const TALKED_JUST_NOW: Condition = { ...TALKED, within: { last: 1, unit: 'hours' } }
const WAITS: Condition = { kind: 'chat', did: 'waiting' }
const UNHAPPY: Condition = { kind: 'chatRating', stars: { op: 'atMost', value: 2 } }
const QUALIFIED: Condition = { kind: 'leadState', values: ['qualified', 'won'] }
const PROMISING: Condition = { kind: 'potential', values: ['high'] }

eachDatabase('what the chat knows, as conditions', (fresh) => {
  let database: FreshDatabase
  let server: TestServer
  let owner: ConsoleClient
  let shop: ExperienceShop
  let channelId: string
  let later = 0
  const audiences = new Map<Condition, string>()

  beforeAll(async () => {
    database = await fresh()
    const { url, file = '' } = database.address
    const where = url === undefined ? { dataDir: dirname(file) } : { databaseUrl: url }
    server = await startServer({ ...where, now: () => Date.now() + later })
    owner = await setUpOwner(server)
    channelId = (await openChannel(owner)).id
    shop = await openExperienceShop(server, server.shop.id, {
      get now() {
        return Date.now() + later
      },
    })
    for (const condition of [TALKED, TALKED_JUST_NOW, WAITS, UNHAPPY, QUALIFIED, PROMISING]) {
      audiences.set(condition, (await shop.create(condition)).id)
    }
  })
  afterAll(async () => {
    await server.stop()
    await database.remove()
  })

  async function someone(): Promise<Device> {
    const device = deviceOf(server, channelId)
    await device.visit()
    return device
  }
  const begin = (on: Device) => on.page.begin('Hola', { visitor: on.visitor })
  const isIn = (on: Device, condition: Condition) => async () =>
    shop.isMember(audiences.get(condition) ?? '', on.visitor.id)
  const change = (id: string, set: object) => owner.told('PATCH', `/chat/conversations/${id}`, set)
  const answer = (id: string) =>
    owner.told('POST', `/chat/conversations/${id}/messages`, textOf('Con gusto'))

  it('tells who has talked, from the first message on', async () => {
    const [talker, other] = [await someone(), await someone()]
    await begin(talker)

    await expect.poll(isIn(talker, TALKED)).toBe(true)
    expect(await isIn(other, TALKED)()).toBe(false)
  })

  it('tells who waits, until somebody answers', async () => {
    const waiting = await someone()
    const { conversation } = await begin(waiting)
    await expect.poll(isIn(waiting, WAITS)).toBe(true)

    await answer(conversation.id)

    await expect.poll(isIn(waiting, WAITS)).toBe(false)
    expect(await isIn(waiting, TALKED)()).toBe(true)
  })

  it('tells who waits no more, though a server of the shop’s answered', async () => {
    const waiting = await someone()
    const { conversation } = await begin(waiting)
    await expect.poll(isIn(waiting, WAITS)).toBe(true)
    const key = await server.account.createSecretKey(server.shop.id, ['conversations:write'])

    const reply = await fetch(
      `${server.url}/api/v1/chat/conversations/${conversation.id}/messages`,
      {
        method: 'POST',
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        body: JSON.stringify(textOf('Con gusto')),
      },
    )

    expect({ status: reply.status, text: await reply.text() }).toMatchObject({ status: 201 })
    await expect.poll(isIn(waiting, WAITS)).toBe(false)
  })

  it('tells who waits again, for it was opened again and given to somebody', async () => {
    const again = await someone()
    const { conversation } = await begin(again)
    await answer(conversation.id)
    await change(conversation.id, { state: 'closed' })
    await expect.poll(isIn(again, WAITS)).toBe(false)

    await change(conversation.id, { state: 'reopened' })

    await again.page.post('/messages', { message: textOf('Una cosa más') })
    await expect.poll(isIn(again, WAITS)).toBe(true)
  })

  it('tells who waited and went', async () => {
    const gone = await someone()
    await begin(gone)
    await expect.poll(isIn(gone, WAITS)).toBe(true)

    await gone.page.post('/endings')

    await expect.poll(isIn(gone, WAITS)).toBe(false)
  })

  it('goes by the newest rating, also in what is decided for a page', async () => {
    const rating = await someone()
    const { conversation } = await begin(rating)
    await answer(conversation.id)
    await change(conversation.id, { state: 'closed' })
    const experienceId = await shop.show({ targeting: UNHAPPY })
    const session = { id: randomUUID(), startedAt: Date.now() }
    const decided = async () => {
      const { decisions } = await shop.decisions({ visitor: rating.visitor, session })
      return decisions.active.map((one) => one.experienceId)
    }
    expect(await decided()).toEqual([])

    await rating.page.post('/ratings', { rating: 2, comment: 'Lento' })

    await expect.poll(isIn(rating, UNHAPPY)).toBe(true)
    expect(await decided()).toEqual([experienceId])
  })

  it('tells what operators made of them', async () => {
    const lead = await someone()
    const { conversation } = await begin(lead)
    await change(conversation.id, { leadState: 'qualified', potential: 'high' })

    await expect.poll(isIn(lead, QUALIFIED)).toBe(true)
    await expect.poll(isIn(lead, PROMISING)).toBe(true)

    await change(conversation.id, { leadState: 'lost' })
    await expect.poll(isIn(lead, QUALIFIED)).toBe(false)
  })

  it('knows nothing of what was spam', async () => {
    const spammer = await someone()
    const { conversation } = await begin(spammer)
    await expect.poll(isIn(spammer, TALKED)).toBe(true)

    await change(conversation.id, { isSpam: true })

    await expect.poll(isIn(spammer, TALKED)).toBe(false)
  })

  it('is true of a customer, in whatever browser they talked', async () => {
    const userId = `user-${randomUUID()}`
    const [phone, desk] = [await someone(), await someone()]
    await phone.identify(userId)
    await desk.identify(userId)
    await begin(phone)

    await expect
      .poll(async () => (await shop.members(audiences.get(TALKED) ?? '')).map(({ kind }) => kind))
      .toContain('customer')
    expect(await isIn(desk, TALKED)()).toBe(false)
  })

  it('fills an audience with those who talked before it was made', async () => {
    const before = await someone()
    await begin(before)
    const { id } = await shop.create({ kind: 'all', of: [TALKED, { kind: 'not', of: UNHAPPY }] })

    await expect.poll(() => shop.isMember(id, before.visitor.id)).toBe(true)
  })

  it('says why, and finds people by it', async () => {
    const who = await someone()
    await begin(who)

    expect(await shop.explain(WAITS, { visitorId: who.visitor.id })).toMatchObject({
      holds: true,
      explanation: { outcome: 'true', seen: expect.any(Number) },
    })
    const { items } = await owner.told<PersonPage>(
      'GET',
      `/visitor-profiles?limit=100&condition=${encodeURIComponent(JSON.stringify(WAITS))}`,
    )
    expect(items.map(({ id }) => id)).toContain(who.visitor.id)
    const { matching } = await owner.told<{ matching: number }>('POST', '/audience-estimates', {
      condition: WAITS,
    })
    expect(matching).toBeGreaterThan(0)
  })

  it('ends by itself with its window, and begins anew with the next word', async () => {
    const who = await someone()
    await begin(who)
    await expect.poll(isIn(who, TALKED_JUST_NOW)).toBe(true)

    later += HOUR_MS + 1_000
    await expect.poll(isIn(who, TALKED_JUST_NOW)).toBe(false)
    expect(await isIn(who, TALKED)()).toBe(true)

    await who.page.post('/messages', { message: textOf('¿Sigue ahí?') })
    await expect.poll(isIn(who, TALKED_JUST_NOW)).toBe(true)
  })
})
