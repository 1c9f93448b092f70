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
