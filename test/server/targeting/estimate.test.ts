import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { AudienceEstimate, AudienceGrowth, TargetingSuggestions } from '#protocol/audiences.ts'
import type { Condition } from '#protocol/targeting.ts'
import { documentText, newDocument } from '#server/events/service.ts'
import { createDefinitionCache } from '#server/targeting/definitions.ts'
import { createEstimates } from '#server/targeting/estimate.ts'
import { createGrowth } from '#server/targeting/growth.ts'
import {
  did,
  newTestVisitor,
  startAudienceServer,
  type AudienceServer,
  type TestShop,
} from '../../support/audience-server.ts'
import { eachDatabase, type FreshDatabase } from '../../support/databases.ts'
import { eventOf, insertShop, NOW } from '../../support/ingestion.ts'

const DAY_MS = 86_400_000
const MANY = 1_000
const IN_SEVEN: Condition = { kind: 'audience', audienceId: '7' }

eachDatabase('before an audience is made', (fresh) => {
  let database: FreshDatabase
  let started: AudienceServer
  let shop: TestShop
  beforeAll(async () => {
    database = await fresh()
    started = await startAudienceServer(database)
    shop = await started.newShop()
  })
  afterAll(async () => {
    await started.stop()
    await database.remove()
  })

  const estimate = async (of: TestShop, condition: Condition) => {
    const { status, text } = await of.ask('POST', '/audience-estimates', { condition })
    expect(status).toBe(200)
    return JSON.parse(text) as AudienceEstimate
  }

  it('tells how many match, each person once, and nobody of another shop', async () => {
    const other = await started.newShop()
    const people = Array.from({ length: 5 }, newTestVisitor)
    for (const [at, who] of people.entries()) {
      await shop.send(who, [eventOf({ name: at < 3 ? 'Gift' : 'Other' })])
    }
    const [first, second] = people
    if (first === undefined || second === undefined) throw new Error('Nobody came')
    const identify = { type: 'identify', userId: 'ana-1', traits: { tags: ['vip'] } } as const
    await shop.send(first, [eventOf(identify)])
    await shop.send(second, [eventOf(identify)])
    await other.send(newTestVisitor(), [eventOf({ name: 'Gift' })])

    const exact = { isExact: true, of: 4, lookedAt: 4 }
    expect(await estimate(shop, did('Gift'))).toEqual({
      ...exact,
      matching: 2,
      atLeast: 2,
      atMost: 2,
    })
    expect(await estimate(shop, { kind: 'all', of: [] })).toMatchObject({ ...exact, matching: 4 })
    expect(await estimate(shop, { kind: 'not', of: did('Gift') })).toMatchObject({ matching: 2 })
    expect(
      await estimate(shop, { kind: 'customer', field: 'userId', test: { op: 'isSet' } }),
    ).toMatchObject({ matching: 1 })
    expect(await estimate(other, did('Gift'))).toMatchObject({ matching: 1, of: 1 })
  })

  it('refuses what is no condition', async () => {
    const { status } = await shop.ask('POST', '/audience-estimates', { condition: { kind: 'x' } })

    expect(status).toBe(400)
  })

  it('counts some of many in bounded time, and says between which figures it is', async () => {
    const shopId = await insertShop(started.db)
    await insertMany(shopId, { audienceId: '7', every: 4 })
    const asked = { shopId, condition: IN_SEVEN }
    const some = await newEstimates(40)(asked.shopId, asked.condition, () => false)
    const all = await newEstimates(0)(asked.shopId, asked.condition, () => false)

    expect(all).toMatchObject({ matching: MANY / 4, of: MANY, isExact: true })
    expect(some.isExact).toBe(false)
    expect(some.lookedAt).toBeLessThan(MANY / 2)
    expect(some.of).toBe(MANY)
    expect(some.atLeast).toBeLessThan(some.matching)
    expect(some.atMost).toBeGreaterThan(some.matching)
    // A hundred times as unlikely to fail as the interval says: it is four times as wide.
    const half = Math.max(some.matching - some.atLeast, some.atMost - some.matching)
    expect(Math.abs(some.matching - MANY / 4)).toBeLessThan(half * 3)
  })

  it('ends early where nobody waits, and lets only some wait', async () => {
    const shopId = await insertShop(started.db)
    await insertMany(shopId, { audienceId: '7', every: 2 })
    const count = newEstimates(0)

    expect((await count(shopId, IN_SEVEN, () => true)).lookedAt).toBe(0)
    const asked = Array.from({ length: 12 }, () => count(shopId, IN_SEVEN, () => true))
    const outcomes = await Promise.allSettled(asked)
    const refused = outcomes.filter(({ status }) => status === 'rejected')
    expect(refused).toHaveLength(4)
    expect(refused[0]).toMatchObject({ reason: { code: 'too_many_requests' } })
  })

  it('remembers how large audiences were on each day of the shop’s calendar', async () => {
    const own = await started.newShop()
    const audience = await own.create(did('Gift'))
    const clock = { now: Date.parse('2026-03-01T22:30:00Z') }
    const growth = createGrowth({
      db: started.db,
      definitions: createDefinitionCache(),
      now: () => clock.now,
    })
    await growth.writeSometimes(() => false)
    await own.send(newTestVisitor(), [eventOf({ name: 'Gift' })])
    clock.now += DAY_MS
    await growth.writeSometimes(() => false)
    await own.send(newTestVisitor(), [eventOf({ name: 'Gift' })])
    clock.now += 2 * DAY_MS

    const [found] = await growth.read(own.id, 28)
    const [short] = await growth.read(own.id, 3)
    expect(found).toEqual({
      audienceId: audience.id,
      days: [
        { on: '2026-03-01', members: 0 },
        { on: '2026-03-02', members: 1 },
        { on: '2026-03-04', members: 2 },
      ],
    })
    expect(short?.days.map(({ on }) => on)).toEqual(['2026-03-02', '2026-03-04'])
    const { text } = await own.ask('GET', '/audience-growth?days=7')
    expect((JSON.parse(text) as { items: AudienceGrowth[] }).items).toMatchObject([
      { audienceId: audience.id, days: [{ on: '2026-11-22', members: 2 }] },
    ])
    expect((await own.ask('GET', '/audience-growth?days=1000')).status).toBe(400)
  })

  it('offers what the shop has seen of late, and nobody’s values', async () => {
    const own = await started.newShop()
    const who = newTestVisitor()
    await own.send(who, [
      eventOf({ name: 'Searched', properties: { query: 'boots for Ana', hits: 3 } }),
      eventOf({ name: 'Searched', properties: { query: 'sandals' } }),
      eventOf({ type: 'identify', userId: 'eva', traits: { tier: 'gold', tags: ['vip'] } }),
    ])
    const { text } = await own.ask('GET', '/targeting-suggestions')
    const found = JSON.parse(text) as TargetingSuggestions

    expect(found.events).toContainEqual({ name: 'Searched', properties: ['query', 'hits'] })
    expect(found.browsers).toHaveLength(1)
    expect(found.customerAttributes).toContain('tier')
    expect(text).not.toMatch(/boots for Ana|sandals|gold/)
    const { text: others } = await shop.ask('GET', '/targeting-suggestions')
    expect(others).not.toContain('Searched')
  })

  it('names members to those alone who may read customers', async () => {
    const own = await started.newShop()
    const audience = await own.create(did('Gift'))
    const who = newTestVisitor()
    const traits = { firstName: 'Ana', lastName: 'Pérez' }
    await own.send(who, [eventOf({ type: 'identify', userId: 'a', traits })])
    await own.send(who, [eventOf({ name: 'Gift' })])
    const members = await own.members(audience.id)
    const key = await started.server.account.createSecretKey(own.id, ['audiences:read'])
    const reply = await fetch(`${started.server.url}/api/v1/audiences/${audience.id}/members`, {
      headers: { authorization: `Bearer ${key}` },
    })

    expect(members).toMatchObject([{ kind: 'customer', name: 'Ana Pérez' }])
    expect(await reply.text()).not.toContain('Ana')
  })

  /** `perChunk`: ms that seem to pass with each look at the clock. */
  function newEstimates(perChunk: number) {
    let elapsed = 0
    return createEstimates({
      handle: { sql: started.db.sql, t: started.db.t },
      definitions: createDefinitionCache(),
      customerParts: async () => new Map(),
      chatParts: async () => new Map(),
      now: () => NOW,
      elapsed: () => (elapsed += perChunk),
      newStart: () => randomBytes(16),
    })
  }

  async function insertMany(
    shopId: number,
    { audienceId, every }: { readonly audienceId: string; readonly every: number },
  ): Promise<void> {
    const { sql, t } = started.db
    const document = documentText(newDocument())
    for (let from = 0; from < MANY; from += 200) {
      const made = await sql
        .insert(t.visitors)
        .values(
          Array.from({ length: 200 }, () => ({
            shopId,
            publicId: randomBytes(16),
            firstSeenAt: NOW,
            lastSeenAt: NOW,
          })),
        )
        .returning({ id: t.visitors.id })
      await sql.insert(t.visitorProfiles).values(
        made.map(({ id }, at) => ({
          subjectId: id,
          shopId,
          version: 1,
          document,
          audiences: at % every === 0 ? { [audienceId]: NOW } : {},
          lastAt: NOW,
          visits: 1,
          orders: 0,
        })),
      )
    }
  }
})
