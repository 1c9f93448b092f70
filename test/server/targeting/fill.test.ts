import { setImmediate as nextTurn } from 'node:timers/promises'
import { dirname } from 'node:path'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import type { Audience } from '#protocol/audiences.ts'
import type { Condition } from '#protocol/targeting.ts'
import { COMMAND } from '#server/core/actor.ts'
import { createAccount } from '#server/account/service.ts'
import type { Database } from '#server/db/database.ts'
import { did, happened, openShop } from '../../support/audience-server.ts'
import { countedMembers } from '../../support/counted-members.ts'
import { eachDatabase, type FreshDatabase } from '../../support/databases.ts'
import { forkServer, type ForkedServer } from '../../support/forked-server.ts'
import {
  batchOf,
  eventOf,
  newVisitor,
  NOW,
  startIngestion,
  type TestIngestion,
} from '../../support/ingestion.ts'
import { membersByHand } from '../../support/members-by-hand.ts'

const AT_ONCE = 250

const TWICE = did('Gift', 2)
const MIXED: Condition = {
  kind: 'any',
  of: [
    { kind: 'all', of: [TWICE, { kind: 'not', of: did('Order Completed') }] },
    { kind: 'customerAttribute', name: 'tier', test: { op: 'equals', value: 'gold' } },
  ],
}

eachDatabase('an audience of people from before', (fresh, dialect) => {
  const VISITORS = dialect === 'sqlite' || process.env.TEST_LONG === '1' ? 5_000 : 2_000
  let database: FreshDatabase
  let db: Database
  let test: TestIngestion
  const visitors = Array.from({ length: VISITORS }, () => newVisitor())

  beforeAll(async () => {
    database = await fresh()
    db = await database.open()
    const { id } = await createAccount({ db, now: () => NOW }).firstShop()
    test = await startIngestion(db, id)
    for (let from = 0; from < VISITORS; from += AT_ONCE) {
      const some = visitors.slice(from, from + AT_ONCE)
      await Promise.all(some.map((_, i) => first(from + i)))
    }
  }, 120_000)
  afterAll(async () => {
    await db.close()
    await database.remove()
  })

  /** One to three gifts each; every tenth is a customer, every second of them a golden one. */
  function first(i: number) {
    const events = Array.from({ length: 1 + (i % 3) }, () => happened('Gift'))
    const traits = { tier: i % 20 === 0 ? 'gold' : 'silver' }
    if (i % 10 === 0) events.push(eventOf({ type: 'identify', userId: `u${i}`, traits }))
    return test.send(batchOf(events, batchBy(i)))
  }

  function batchBy(i: number) {
    const visitor = visitors[i % VISITORS] ?? newVisitor()
    return { visitor, session: null }
  }

  const read = ({ id }: Audience) => test.targeting.audiences.find(test.shopId, id)

  function create(condition: Condition): Promise<Audience> {
    const name = `Audience ${crypto.randomUUID()}`
    return test.targeting.audiences.create(test.shopId, { name, condition }, COMMAND)
  }

  async function untilDone(audience: Audience, done: number): Promise<Audience> {
    for (;;) {
      const now = await read(audience)
      if (now.state === 'ready' || now.progress.done >= done) return now
      await nextTurn()
    }
  }

  /** What is stored, against every profile asked by itself. */
  async function mistakes(audience: Audience): Promise<string[]> {
    const { stored, kept, right } = await membersByHand(db, test.shopId, await read(audience))
    if (right.size === 0) return ['nobody should be in it']
    const counted = (await countedMembers(db))[audience.id]
    if (counted?.kept !== counted?.right) return [`counted wrong: ${JSON.stringify(counted)}`]
    return [...differences(stored, right), ...differences(kept, right)]
  }

  it('has all of them, and shows how far it is', async () => {
    const audience = await create(MIXED)
    const seen = new Set<number>()
    for (let done = 1; ;) {
      const { state, progress } = await untilDone(audience, done)
      expect(progress.total).toBe(VISITORS + VISITORS / 10)
      seen.add(progress.done)
      if (state === 'ready') break
      done = progress.done + 1
    }

    expect(audience).toMatchObject({ state: 'computing', progress: { done: 0 } })
    expect(seen.size).toBeGreaterThan(10)
    expect(Math.max(...seen)).toBe(VISITORS + VISITORS / 10)
    expect(await mistakes(audience)).toEqual([])
  })

  it('is filled anew when its condition changes midway', async () => {
    const audience = await create(MIXED)
    const { state } = await untilDone(audience, 1_000)
    const { name } = audience
    await test.targeting.audiences.update(
      test.shopId,
      audience.id,
      {
        name,
        condition: { kind: 'not', of: MIXED },
      },
      COMMAND,
    )
    const begun = await read(audience)
    await test.targeting.fill()

    expect(state).toBe('computing')
    expect(begun.state).toBe('computing')
    expect((await read(audience)).state).toBe('ready')
    expect(await mistakes(audience)).toEqual([])
  })

  it('misses nobody whose events come meanwhile', async () => {
    const audience = await create(MIXED)
    for (let round = 0; (await read(audience)).state === 'computing'; round += 1) {
      await Promise.all(meanwhile(test, round))
    }
    await test.targeting.fill()

    expect(await mistakes(audience)).toEqual([])
  })

  /** Some join, some leave, some are new, some become customers. */
  function meanwhile(node: Pick<TestIngestion, 'send'>, round: number): Promise<unknown>[] {
    return Array.from({ length: 12 }, (_, i) => {
      const of = (round * 997 + i * 421) % (VISITORS * 1.2)
      const events = [
        happened(i % 3 === 0 ? 'Order Completed' : 'Gift', { order_id: crypto.randomUUID() }),
      ]
      const traits = { tier: i % 2 === 0 ? 'gold' : 'silver' }
      if (i % 4 === 0) events.push(eventOf({ type: 'identify', userId: `u${of}`, traits }))
      const who = of < VISITORS ? batchBy(Math.floor(of)) : { session: null }
      return node.send(batchOf(events, who))
    })
  }

  it.skipIf(dialect === 'sqlite')('is filled by two nodes, while both store events', async () => {
    const otherDb = await database.open()
    const other = await startIngestion(otherDb, test.shopId)
    const audience = await create(MIXED)
    const filled = [test.targeting.fill(), other.targeting.fill()]
    for (let round = 0; (await read(audience)).state === 'computing'; round += 1) {
      await Promise.all([...meanwhile(test, round), ...meanwhile(other, round + 7)])
    }
    await Promise.all(filled)

    expect(await mistakes(audience)).toEqual([])
    await otherDb.close()
  })

  it('is made at once although nodes store without a pause', async () => {
    const otherDb = dialect === 'postgres' ? await database.open() : undefined
    const nodes = [test]
    if (otherDb !== undefined) nodes.push(await startIngestion(otherDb, test.shopId))
    let isOver = false
    const storing = nodes.flatMap((node, n) =>
      Array.from({ length: 4 }, async (_, i) => {
        for (let round = n + i; !isOver; round += 8) await Promise.all(meanwhile(node, round))
      }),
    )
    const made: Audience[] = []
    for (let i = 0; i < 3; i += 1) made.push(await create(TWICE))
    isOver = true
    await Promise.all(storing)
    await test.targeting.fill()

    for (const audience of made) expect(await mistakes(audience)).toEqual([])
    await otherDb?.close()
  })

  it('goes on where it was when the server was killed', async () => {
    await db.close()
    const environment: Record<string, string> =
      database.address.url === undefined
        ? { DATA_DIR: dirname(database.address.file ?? '') }
        : { DATABASE_URL: database.address.url }
    const first = await forkServer(environment)
    const shop = await shopOf(first, environment)
    const audience = await shop.create(MIXED, 'Killed')
    const before = await vi.waitFor(
      async () => {
        const now = await shop.find(audience.id)
        expect(now.progress.done).toBeGreaterThan(0)
        return now
      },
      { timeout: 20_000, interval: 1 },
    )
    await first.end('SIGKILL')

    db = await database.open()
    test = await startIngestion(db, test.shopId)
    const left = await read(audience)
    await db.close()
    const second = await forkServer(environment)
    const again = await shopOf(second, environment)
    const after = await vi.waitFor(
      async () => {
        const now = await again.find(audience.id)
        expect(now.state).toBe('ready')
        return now
      },
      { timeout: 60_000, interval: 20 },
    )
    await second.end('SIGTERM')
    db = await database.open()
    test = await startIngestion(db, test.shopId)

    expect(before.state).toBe('computing')
    expect(left.state).toBe('computing')
    expect(left.progress.done).toBeGreaterThanOrEqual(before.progress.done)
    expect(after.progress.done).toBe(after.progress.total)
    expect(await mistakes(audience)).toEqual([])
  }, 120_000)

  async function shopOf({ port }: ForkedServer, environment: Record<string, string>) {
    const url = `http://127.0.0.1:${port}`
    const own = environment.DATABASE_URL === undefined ? { role: 'command' as const } : {}
    const beside = await database.open(own)
    const account = createAccount({ db: beside, now: () => Date.now() })
    const shop = await openShop({ account, url }, test.shopId)
    await beside.close()
    return shop
  }
})

function differences(some: ReadonlySet<string>, others: ReadonlySet<string>): string[] {
  return [
    ...[...some].filter((one) => !others.has(one)).map((one) => `${one} should not be`),
    ...[...others].filter((one) => !some.has(one)).map((one) => `${one} is missing`),
  ]
}
