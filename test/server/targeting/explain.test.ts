import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Condition } from '#protocol/targeting.ts'
import {
  did,
  happened,
  newTestVisitor,
  startAudienceServer,
  type AudienceServer,
} from '../../support/audience-server.ts'
import { eachDatabase, type FreshDatabase } from '../../support/databases.ts'
import { eventOf } from '../../support/ingestion.ts'

eachDatabase('explaining a condition', (fresh) => {
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

  it('tells leaf by leaf what was true, false or unknown, with the value seen', async () => {
    const shop = await started.newShop()
    const audience = await shop.create(did('Gift'))
    const who = newTestVisitor()
    await shop.send(who, [happened('Gift'), happened('Gift')])
    const isPhone: Condition = {
      kind: 'device',
      field: 'class',
      test: { op: 'equals', value: 'phone' },
    }
    const isCold: Condition = {
      kind: 'weather',
      field: 'celsius',
      test: { op: 'less', value: 5 },
    }
    const condition: Condition = {
      kind: 'all',
      of: [
        did('Gift', 3),
        { kind: 'audience', audienceId: audience.id },
        { kind: 'any', of: [isPhone, isCold] },
        { kind: 'not', of: isCold },
      ],
    }

    const told = await shop.explain(condition, { visitorId: who.visitor.id })

    expect(told).toEqual({
      holds: false,
      explanation: {
        kind: 'all',
        outcome: 'false',
        of: [
          { kind: 'leaf', outcome: 'false', condition: did('Gift', 3), seen: 2 },
          { kind: 'leaf', outcome: 'true', condition: condition.of[1], seen: true },
          {
            kind: 'any',
            outcome: 'true',
            of: [
              { kind: 'leaf', outcome: 'true', condition: isPhone, seen: 'phone' },
              { kind: 'leaf', outcome: 'unknown', condition: isCold },
            ],
          },
          {
            kind: 'not',
            outcome: 'unknown',
            of: { kind: 'leaf', outcome: 'unknown', condition: isCold },
          },
        ],
      },
    })
  })

  it('tells of a customer what is known of all its browsers and of itself', async () => {
    const shop = await started.newShop()
    const everybody = await shop.create({ kind: 'all', of: [] })
    for (const _ of ['phone', 'laptop']) {
      const traits = { tier: 'gold' }
      await shop.send(newTestVisitor(), [
        happened('Gift'),
        eventOf({ type: 'identify', userId: '42', traits }),
      ])
    }
    const [customer] = await shop.members(everybody.id)
    const tier: Condition = {
      kind: 'customerAttribute',
      name: 'tier',
      test: { op: 'equals', value: 'silver' },
    }

    const told = await shop.explain(
      { kind: 'all', of: [did('Gift', 2), tier] },
      { customerId: customer?.id },
    )

    expect(told).toMatchObject({
      holds: false,
      explanation: {
        of: [
          { outcome: 'true', seen: 2 },
          { outcome: 'false', seen: 'gold' },
        ],
      },
    })
  })

  it('refuses whom it does not know, and a question about two or nobody', async () => {
    const shop = await started.newShop()
    const other = await started.newShop()
    const who = newTestVisitor()
    await shop.send(who, [eventOf()])
    const condition = did('Gift')
    const status = async (from: typeof shop, whom: object) =>
      (await from.ask('POST', '/explain', { condition, ...whom })).status
    const visitorId = who.visitor.id

    expect(await status(shop, { visitorId })).toBe(200)
    expect(await status(other, { visitorId })).toBe(404)
    expect(await status(shop, { customerId: visitorId })).toBe(404)
    expect(await status(shop, { visitorId: 'a'.repeat(22) })).toBe(404)
    expect(await status(shop, { visitorId, customerId: visitorId })).toBe(400)
    expect(await status(shop, {})).toBe(400)
  })
})
