import { afterAll, beforeAll, expect, it } from 'vitest'
import type { WireEvent } from '#protocol/events.ts'
import type { Condition } from '#protocol/targeting.ts'
import { COMMAND } from '#server/core/actor.ts'
import { did, happened } from '../../support/audience-server.ts'
import { eachDatabase, type FreshDatabase } from '../../support/databases.ts'
import {
  batchOf,
  eventOf,
  newVisitor,
  NOW,
  startIngestion,
  type TestIngestion,
} from '../../support/ingestion.ts'
import type { Database } from '#server/db/database.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

interface Timely {
  readonly what: string
  readonly condition: Condition
  readonly events?: WireEvent[]
  readonly turns: readonly { readonly at: number; readonly isIn: boolean }[]
}

eachDatabase('time alone', (fresh, dialect) => {
  let database: FreshDatabase
  let db: Database
  beforeAll(async () => {
    database = await fresh()
    db = await database.open()
  })
  afterAll(async () => {
    await db.close()
    await database.remove()
  })

  /** A shop at `NOW`, Sunday noon, and what tells whether its one visitor is in the audience at a time. */
  async function startShop(condition: Condition, events = [happened('Gift')]) {
    const test = await startIngestion(db)
    const { targeting, shopId } = test
    const { id } = await targeting.audiences.create(shopId, { name: 'Timely', condition }, COMMAND)
    await targeting.fill()
    await test.send(batchOf(events))
    return { ...test, audienceId: id, isInAt: (at: number) => isInAt(test, id, at) }
  }

  async function isInAt({ clock, targeting, shopId }: TestIngestion, id: string, at: number) {
    clock.now = at
    await targeting.reconsider()
    const { items } = await targeting.audiences.members(shopId, id, { limit: 10, hasNames: false })
    return items.length > 0
  }

  it.each<Timely>([
    {
      what: 'a window’s end',
      condition: did('Gift', 1, { last: 10, unit: 'minutes' }),
      turns: [{ at: NOW + 10 * MINUTE, isIn: false }],
    },
    {
      what: 'the end of the window of one of two',
      condition: did('Gift', 2, { last: 1, unit: 'hours' }),
      events: [happened('Gift', {}, NOW - 20 * MINUTE, NOW), happened('Gift')],
      turns: [{ at: NOW + 40 * MINUTE, isIn: false }],
    },
    {
      what: 'the end of a window in which nothing may have happened',
      condition: { kind: 'not', of: did('Gift', 1, { last: 7, unit: 'days' }) },
      turns: [{ at: NOW + 7 * DAY, isIn: true }],
    },
    {
      what: 'a time of day',
      condition: { kind: 'hour', zone: 'shop', from: '12:30', to: '13:15' },
      turns: [
        { at: NOW + 30 * MINUTE, isIn: true },
        { at: NOW + 75 * MINUTE, isIn: false },
        { at: NOW + DAY + 30 * MINUTE, isIn: true },
      ],
    },
    {
      what: 'midnight',
      condition: { kind: 'weekday', zone: 'shop', days: ['sun', 'tue'] },
      turns: [
        { at: NOW + 12 * HOUR, isIn: false },
        { at: NOW + 36 * HOUR, isIn: true },
        { at: NOW + 60 * HOUR, isIn: false },
      ],
    },
    {
      what: 'a date',
      condition: { kind: 'date', zone: 'shop', to: '2026-11-24T09:30' },
      turns: [{ at: Date.UTC(2026, 10, 24, 9, 30), isIn: false }],
    },
    {
      what: 'the second of two windows, after the first',
      condition: {
        kind: 'any',
        of: [
          did('Gift', 1, { last: 5, unit: 'minutes' }),
          did('Gift', 1, { last: 2, unit: 'hours' }),
        ],
      },
      turns: [{ at: NOW + 2 * HOUR, isIn: false }],
    },
  ])('turns a membership at the millisecond of $what', async ({ condition, turns, events }) => {
    const { isInAt } = await startShop(condition, events)

    for (const { at, isIn } of turns) {
      expect({ at, isIn: await isInAt(at - 1) }).toEqual({ at, isIn: !isIn })
      expect({ at, isIn: await isInAt(at) }).toEqual({ at, isIn })
    }
  })

  it('turns the membership of those who ask for an audience that turned', async () => {
    const test = await startShop(did('Gift', 1, { last: 1, unit: 'hours' }))
    const { id } = await test.targeting.audiences.create(
      test.shopId,
      {
        name: 'The others',
        condition: { kind: 'not', of: { kind: 'audience', audienceId: test.audienceId } },
      },
      COMMAND,
    )
    await test.targeting.fill()

    expect(await isInAt(test, id, NOW + HOUR - 1)).toBe(false)
    expect(await isInAt(test, id, NOW + HOUR)).toBe(true)
  })

  it('turns what another audience’s filling has met when it was due', async () => {
    const test = await startShop(did('Gift', 1, { last: 1, unit: 'hours' }))
    test.clock.now = NOW + HOUR
    await test.targeting.audiences.create(
      test.shopId,
      { name: 'Other', condition: did('Gift', 3) },
      COMMAND,
    )
    await test.targeting.fill()

    expect(await test.isInAt(NOW + HOUR)).toBe(false)
  })

  it('turns nothing that an event has renewed', async () => {
    const test = await startIngestion(db)
    const { targeting, shopId, clock } = test
    const condition = did('Gift', 1, { last: 1, unit: 'hours' })
    const { id } = await targeting.audiences.create(shopId, { name: 'Renewed', condition }, COMMAND)
    const visitor = newVisitor()
    await test.send(batchOf([happened('Gift')], { visitor }))
    clock.now = NOW + HOUR - 1
    await test.send(batchOf([happened('Gift', {}, clock.now)], { visitor, sentAt: clock.now }))

    expect(await isInAt(test, id, NOW + HOUR)).toBe(true)
    expect(await isInAt(test, id, NOW + 2 * HOUR - 2)).toBe(true)
    expect(await isInAt(test, id, NOW + 2 * HOUR - 1)).toBe(false)
  })

  it('turns many, and leaves those alone that have no need', async () => {
    const test = await startIngestion(db)
    const { targeting, shopId } = test
    const condition = did('Gift', 1, { last: 1, unit: 'hours' })
    const { id } = await targeting.audiences.create(shopId, { name: 'Many', condition }, COMMAND)
    const names = Array.from({ length: 230 }, (_, i) => (i % 2 === 0 ? 'Gift' : 'Product Viewed'))
    await Promise.all(names.map((name) => test.send(batchOf([happened(name)]))))
    const counted = async () => (await targeting.audiences.find(shopId, id)).members

    test.clock.now = NOW + HOUR - 1
    await targeting.reconsider()
    const before = await counted()
    test.clock.now = NOW + HOUR
    await targeting.reconsider()

    expect([before, await counted()]).toEqual([115, 0])
  })

  it.skipIf(dialect === 'sqlite')('is reckoned with by several nodes at once', async () => {
    const one = await startIngestion(db)
    const otherDb = await database.open()
    const other = await startIngestion(otherDb, one.shopId)
    const { shopId, targeting } = one
    const audiences = []
    for (const minutes of [10, 20, 30, 40]) {
      const condition = did('Gift', 1, { last: minutes, unit: 'minutes' })
      const name = `Last ${minutes}`
      audiences.push(await targeting.audiences.create(shopId, { name, condition }, COMMAND))
    }
    const visitors = Array.from({ length: 150 }, () => newVisitor())
    await Promise.all(visitors.map((visitor) => one.send(batchOf([happened('Gift')], { visitor }))))

    for (const minutes of [10, 20, 30, 40]) {
      const at = NOW + minutes * MINUTE
      one.clock.now = at
      other.clock.now = at
      const meanwhile = visitors.slice(0, 40).map((visitor, i) => {
        const node = i % 2 === 0 ? one : other
        return node.send(batchOf([eventOf({ at })], { visitor, sentAt: at }))
      })
      await Promise.all([targeting.reconsider(), other.targeting.reconsider(), ...meanwhile])
      const counts = await Promise.all(
        audiences.map(async ({ id }) => (await targeting.audiences.find(shopId, id)).members),
      )
      expect(counts).toEqual([10, 20, 30, 40].map((last) => (last <= minutes ? 0 : 150)))
    }
    await otherDb.close()
  })
})
