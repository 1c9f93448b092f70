import { afterAll, beforeAll, expect, it } from 'vitest'
import {
  did,
  happened,
  newTestVisitor,
  startAudienceServer,
  type AudienceServer,
} from '../../support/audience-server.ts'
import { eachDatabase, type FreshDatabase } from '../../support/databases.ts'
import { eventOf, newToken, NOW } from '../../support/ingestion.ts'

eachDatabase('membership', (fresh) => {
  let database: FreshDatabase
  let started: AudienceServer
  beforeAll(async () => {
    database = await fresh()
    started = await startAudienceServer(database)
  })
  afterAll(async () => {
    await started.stop()
    await database.remove()
  })

  it('is true in the answer to the event that changes it', async () => {
    const shop = await started.newShop()
    const { id } = await shop.create({
      kind: 'all',
      of: [did('Product Added'), { kind: 'not', of: did('Order Completed') }],
    })
    const who = newTestVisitor()
    const states: boolean[] = []

    for (const name of ['Product Viewed', 'Product Added', 'Product Viewed', 'Order Completed']) {
      await shop.send(who, [happened(name, { order_id: 'A-1', product_id: 'shoe' })])
      states.push(await shop.isMember(id, who.visitor.id))
    }

    expect(states).toEqual([false, true, true, false])
    expect((await shop.find(id)).members).toBe(0)
  })

  it('is told to webhooks where the shop chose so, at a window’s end too, and never by a filling', async () => {
    const shop = await started.newShop([
      'audiences:read',
      'audiences:write',
      'webhooks:read',
      'webhooks:write',
    ])
    const [before, after, untold] = [newTestVisitor(), newTestVisitor(), newTestVisitor()]
    await shop.send(before, [happened('Gift')])
    const url = 'https://shop.example/'
    const events = ['audience.entered', 'audience.left']
    const made = await shop.ask('POST', '/webhooks', { url, events })
    const webhook = JSON.parse(made.text) as { id: string }
    const told = async () => {
      const { text } = await shop.ask('GET', `/webhooks/${webhook.id}/deliveries?limit=100`)
      const { items } = JSON.parse(text) as { items: { id: string }[] }
      const all = items.map(async ({ id }) => {
        const delivery = await shop.ask('GET', `/webhook-deliveries/${id}`)
        const { body } = JSON.parse(delivery.text) as { body: string }
        const { type, data } = JSON.parse(body) as { type: string; data: { id: string } }
        return `${type} ${data.id}`
      })
      return (await Promise.all(all)).toSorted()
    }
    const condition = did('Gift', 1, { last: 7, unit: 'days' })
    const draft = { name: 'Told', condition, isTold: true }
    const { id } = JSON.parse((await shop.ask('POST', '/audiences', draft)).text) as { id: string }
    await shop.create(did('Gift'), 'Untold')
    await expect.poll(async () => (await shop.find(id)).state).toBe('ready')

    await shop.send(after, [happened('Gift')])
    await shop.send(untold, [happened('Product Viewed')])
    const entered = await told()
    started.clock.now += 7 * 86_400_000
    await expect.poll(async () => (await told()).length, { timeout: 15_000 }).toBe(3)

    expect(entered).toEqual([`audience.entered ${after.visitor.id}`])
    expect(await told()).toEqual(
      [
        `audience.entered ${after.visitor.id}`,
        `audience.left ${after.visitor.id}`,
        `audience.left ${before.visitor.id}`,
      ].toSorted(),
    )
    started.clock.now = NOW
  })

  it('follows that of audiences for which it asks', async () => {
    const shop = await started.newShop()
    const buyers = await shop.create(did('Order Completed'), 'Z asked first')
    const others = await shop.create(
      { kind: 'not', of: { kind: 'audience', audienceId: buyers.id } },
      'A asks',
    )
    const both = await shop.create({
      kind: 'any',
      of: [
        { kind: 'audience', audienceId: others.id },
        { kind: 'all', of: [did('Gift'), { kind: 'audience', audienceId: buyers.id }] },
      ],
    })
    const who = newTestVisitor()
    const states: boolean[][] = []

    for (const name of ['Product Viewed', 'Order Completed', 'Gift']) {
      await shop.send(who, [happened(name, { order_id: 'A-1' })])
      const ids = [buyers.id, others.id, both.id]
      states.push(await Promise.all(ids.map((id) => shop.isMember(id, who.visitor.id))))
    }

    expect(states).toEqual([
      [false, true, true],
      [true, false, false],
      [true, false, true],
    ])
  })

  it('counts a visitor who is a customer once, over all its browsers', async () => {
    const shop = await started.newShop()
    const twice = await shop.create(did('Product Viewed', 2))
    const [phone, laptop] = [newTestVisitor(), newTestVisitor()]
    const known = eventOf({ type: 'identify', userId: '42' })

    await shop.send(phone, [eventOf(), known])
    const before = await shop.members(twice.id)
    await shop.send(laptop, [{ ...known, id: crypto.randomUUID() }, eventOf()])
    const after = await shop.members(twice.id)

    expect(before).toEqual([])
    expect(after).toEqual([{ kind: 'customer', id: expect.any(String), name: '42', since: NOW }])
    expect((await shop.find(twice.id)).members).toBe(1)
  })

  it('knows traits in the answer to the identify that told them, and to the one that changed them', async () => {
    const shop = await started.newShop()
    const gold = await shop.create({
      kind: 'customerAttribute',
      name: 'tier',
      test: { op: 'equals', value: 'gold' },
    })
    const who = newTestVisitor()
    const counts: number[] = []

    for (const [i, tier] of ['gold', 'silver', 'gold'].entries()) {
      const at = NOW + i
      await shop.send(who, [eventOf({ type: 'identify', userId: '42', traits: { tier }, at })])
      counts.push((await shop.members(gold.id)).length)
    }

    expect(counts).toEqual([1, 0, 1])
  })

  it('knows a customer of whom only a page told that was not the visitor’s own', async () => {
    const shop = await started.newShop()
    const gold = await shop.create({
      kind: 'customerAttribute',
      name: 'tier',
      test: { op: 'equals', value: 'gold' },
    })
    const who = newTestVisitor()
    await shop.send(who, [eventOf()])
    const told = eventOf({ type: 'identify', userId: '7', traits: { tier: 'gold' } })

    await shop.send(who, [told], { visitor: { id: who.visitor.id, token: newToken() } })

    expect(await shop.members(gold.id)).toMatchObject([{ kind: 'customer' }])
  })

  it('knows a consent that was given or taken back', async () => {
    const shop = await started.newShop()
    const { id } = await shop.create({ kind: 'consent', purpose: 'marketing' })
    const who = newTestVisitor()
    const states: boolean[] = []

    for (const marketing of [false, true, false]) {
      const consent = { statistics: true, personalisation: true, marketing }
      await shop.send(who, [eventOf()], { consent })
      states.push(await shop.isMember(id, who.visitor.id))
    }

    expect(states).toEqual([false, true, false])
  })

  it('of a removed audience is not that of the next one', async () => {
    const shop = await started.newShop()
    const who = newTestVisitor()
    const first = await shop.create(did('Product Viewed'))
    await shop.send(who, [eventOf()])
    await shop.ask('DELETE', `/audiences/${first.id}`)

    const second = await shop.create(did('Product Viewed', 2))
    const before = await shop.isMember(second.id, who.visitor.id)
    await shop.send(who, [eventOf()])

    expect(second.id).not.toBe(first.id)
    expect(before).toBe(false)
    expect(await shop.isMember(second.id, who.visitor.id)).toBe(true)
  })

  it('is nothing that a page without the visitor’s token learns', async () => {
    const shop = await started.newShop()
    const { id } = await shop.create(did('Order Completed'))
    const who = newTestVisitor()
    await shop.send(who, [happened('Order Completed', { order_id: 'A-1' })])
    const shape = (text: string) => text.replaceAll(/\d{10,}/g, 'TIME')
    const thief = (visitorId: string) => ({ visitor: { id: visitorId, token: newToken() } })

    const ofMember = await shop.send(who, [eventOf()], thief(who.visitor.id))
    const stranger = newTestVisitor()
    await shop.send(stranger, [eventOf()])
    const ofStranger = await shop.send(stranger, [eventOf()], thief(stranger.visitor.id))

    expect(await shop.isMember(id, who.visitor.id)).toBe(true)
    expect(shape(ofMember)).toBe(shape(ofStranger))
    expect(ofMember).not.toContain(id)
  })
})
