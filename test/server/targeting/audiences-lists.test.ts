import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import type { Condition } from '#protocol/targeting.ts'
import {
  newTestVisitor,
  startAudienceServer,
  type AudienceServer,
  type TestShop,
} from '../../support/audience-server.ts'
import { eachDatabase, type FreshDatabase } from '../../support/databases.ts'
import { eventOf, NOW } from '../../support/ingestion.ts'

eachDatabase('an audience of a contact list', (fresh) => {
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

  async function startShop() {
    const shop = await started.newShop()
    const { text } = await shop.ask('POST', '/lists', { name: 'Newsletter' })
    const { id: listId } = JSON.parse(text) as { id: string }
    const audience = await shop.create({ kind: 'list', listId })
    const change = (body: object) => shop.ask('POST', `/lists/${listId}/members`, body)
    return { shop, listId, audience, change }
  }

  /** The members, as soon as there are so many: nothing else tells that the server has looked again. */
  function membersOnce(shop: TestShop, audienceId: string, count: number) {
    return vi.waitFor(
      async () => {
        const members = await shop.members(audienceId)
        expect(members).toHaveLength(count)
        return members
      },
      { timeout: 10_000, interval: 20 },
    )
  }

  async function identify(shop: TestShop, userId: string, email: string) {
    await shop.send(newTestVisitor(), [eventOf({ type: 'identify', userId, traits: { email } })])
  }

  it('follows who comes into the list and goes, without an event', async () => {
    const { shop, audience, change } = await startShop()
    await identify(shop, '1', 'ana@shop.example')
    await identify(shop, '2', 'ben@shop.example')
    const ana = { kind: 'email', value: 'ana@shop.example' }

    await change({ add: [ana, { kind: 'userId', value: '2' }] })
    const both = await membersOnce(shop, audience.id, 2)
    await change({ remove: [ana] })
    const left = await membersOnce(shop, audience.id, 1)

    expect(both).toEqual(expect.arrayContaining([...left]))
    expect(left).toMatchObject([{ kind: 'customer' }])
  })

  it('follows an import', async () => {
    const { shop, listId, audience } = await startShop()
    for (let i = 0; i < 30; i += 1) await identify(shop, `u${i}`, `person${i}@shop.example`)
    const file = ['mail', ...Array.from({ length: 600 }, (_, i) => `person${i}@shop.example`)]

    const uploaded = await shop.ask('POST', `/lists/${listId}/imports`, file.join('\n'))
    const { id } = JSON.parse(uploaded.text) as { id: string }
    await shop.ask('POST', `/imports/${id}/start`, { mapping: { email: 'mail' } })

    expect(await membersOnce(shop, audience.id, 30)).toHaveLength(30)
  })

  it('has a customer in the answer to the identify that gives it an address of the list', async () => {
    const { shop, audience, change } = await startShop()
    await change({ add: [{ kind: 'email', value: 'ana@shop.example' }] })
    const who = newTestVisitor()
    const counts: number[] = []

    for (const [i, email] of ['b@shop.example', 'ana@shop.example', 'c@shop.example'].entries()) {
      const at = NOW + i
      await shop.send(who, [eventOf({ type: 'identify', userId: '1', traits: { email }, at })])
      counts.push((await shop.members(audience.id)).length)
    }

    expect(counts).toEqual([0, 1, 0])
  })

  it('follows two customers who become one', async () => {
    const { shop, audience, change } = await startShop()
    await change({ add: [{ kind: 'email', value: 'old@shop.example' }] })
    await identify(shop, '1', 'old@shop.example')
    await identify(shop, '2', 'new@shop.example')
    const before = await shop.members(audience.id)

    await shop.ask('POST', '/customer-merges', { from: { userId: '1' }, into: { userId: '2' } })

    await vi.waitFor(
      async () => {
        const after = await shop.members(audience.id)
        expect(after).toHaveLength(1)
        expect(after[0]?.id).not.toBe(before[0]?.id)
      },
      { timeout: 10_000, interval: 20 },
    )
  })

  it('may be read together with other things', async () => {
    const { shop, listId, audience, change } = await startShop()
    const condition: Condition = {
      kind: 'all',
      of: [
        { kind: 'audience', audienceId: audience.id },
        { kind: 'not', of: { kind: 'customer', field: 'email', test: { op: 'isNotSet' } } },
      ],
    }
    const both = await shop.create(condition)
    await identify(shop, '1', 'ana@shop.example')

    await change({ add: [{ kind: 'userId', value: '1' }] })
    const [customer] = await membersOnce(shop, both.id, 1)
    const told = await shop.explain({ kind: 'list', listId }, { customerId: customer?.id })
    expect(told.holds).toBe(true)
  })
})
