import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  columnsOf,
  joinTraits,
  NOTHING_TOLD,
  stampOf,
  stateOf,
  toldBy,
} from '#server/customers/trait-state.ts'
import { readTraits } from '#server/customers/traits.ts'
import type { Database } from '#server/db/database.ts'
import { eachDatabase, type FreshDatabase } from '../../support/databases.ts'
import { startCustomers } from '../../support/customers.ts'
import { NOW } from '../../support/ingestion.ts'

const RUNS = process.env.TEST_LONG === '1' ? 300 : 15

describe('traits', () => {
  it.each([
    { sent: { email: ' Ana@Shop.EXAMPLE ' }, kept: { email: 'ana@shop.example' } },
    { sent: { 'E-Mail': 'a@b.example' }, kept: { email: 'a@b.example' } },
    { sent: { email: 'none' }, kept: {} },
    { sent: { email: 'a@b.example, c@d.example' }, kept: {} },
    { sent: { phone: '+49 (30) 901-820' }, kept: { phone: '+4930901820' } },
    { sent: { phone: '0049 30 901820' }, kept: { phone: '+4930901820' } },
    { sent: { phone: 4_930_901_820 }, kept: { phone: '4930901820' } },
    {
      sent: { first_name: ' Ana ', lastname: 'García' },
      kept: { firstName: 'Ana', lastName: 'García' },
    },
    { sent: { birthday: '1990-04-01T00:00:00.000Z' }, kept: { birthOn: '1990-04-01' } },
    { sent: { birthday: '1990-02-30' }, kept: {} },
    { sent: { birthday: '01/04/1990' }, kept: {} },
    { sent: { locale: 'pt_br' }, kept: { languages: ['pt-BR'] } },
    { sent: { languages: ['de', 'xx-!', 'de'] }, kept: { languages: ['de'] } },
    { sent: { tags: ['vip', ' vip '] }, kept: { tags: ['vip'] } },
    { sent: { name: 'Ana García' }, kept: { name: 'Ana García' } },
    {
      sent: { address: { city: 'Rosario', geo: { lat: 1 } }, age: 30 },
      kept: { 'address.city': 'Rosario', age: 30 },
    },
    { sent: { sizes: ['S', 42, null, {}] }, kept: { sizes: ['S', 42] } },
    { sent: { plan: null, email: null }, kept: { plan: null, email: null } },
    { sent: { score: Number.NaN, when: undefined }, kept: {} },
    { sent: { long: 'x'.repeat(2_000) }, kept: { long: 'x'.repeat(500) } },
    { sent: { 'a\0b': 'c\0d' }, kept: { ab: 'cd' } },
  ])('reads $sent', ({ sent, kept }) => {
    expect(Object.fromEntries(readTraits(sent))).toEqual(kept)
  })

  it.each([
    { told: [{ name: 'Ana Ruiz Gómez' }], is: ['Ana', 'Ruiz Gómez'] },
    { told: [{ name: ' Ana ' }], is: ['Ana', null] },
    { told: [{ firstName: 'Ana María', name: 'Ana María Ruiz' }], is: ['Ana María', 'Ruiz'] },
    { told: [{ lastName: 'Ruiz Gómez', name: 'Ana Ruiz Gómez' }], is: ['Ana', 'Ruiz Gómez'] },
    { told: [{ firstName: 'Eva', lastName: 'Paz', name: 'Ana Ruiz' }], is: ['Eva', 'Paz'] },
    // A member wrote another one; then the shop's page told the same as ever.
    {
      told: [{ name: 'Ana Ruiz' }, { firstName: 'Anita' }, { name: 'Ana Ruiz' }],
      is: ['Anita', 'Ruiz'],
    },
    { told: [{ name: 'Ana Ruiz' }, { lastName: null }, { name: 'Ana Ruiz' }], is: ['Ana', null] },
    { told: [{ name: 42 }], is: [null, null] },
  ])('calls a customer by what was told: $told', ({ told, is }) => {
    let state = NOTHING_TOLD
    for (const [at, sent] of told.entries()) {
      const stamp = stampOf(NOW + at, Buffer.alloc(16, at))
      // Through the row and back, as it is kept.
      state = stateOf(columnsOf(joinTraits(state, toldBy(readTraits(sent), stamp))))
    }
    const { firstName, lastName } = columnsOf(state)
    expect([firstName, lastName]).toEqual(is)
  })

  it('keeps names that mean something to JavaScript as plain traits', () => {
    const traits = readTraits(JSON.parse('{"__proto__":"a","constructor":"b","toString":"c"}'))

    expect([...traits]).toEqual([
      ['__proto__', 'a'],
      ['constructor', 'b'],
      ['toString', 'c'],
    ])
  })

  it('takes any value there is, within bounds', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.anything()), (sent) => {
        const traits = readTraits(sent)
        expect(traits.size).toBeLessThanOrEqual(200)
        expect(JSON.stringify(Object.fromEntries(traits)).length).toBeLessThan(200 * 30_000)
      }),
    )
  })

  it('ends up the same in whatever order it is told, more attributes than fit included', () => {
    const telling = fc.record({
      at: fc.nat(5),
      id: fc.nat(400),
      traits: fc.dictionary(
        fc.oneof(
          fc.constantFrom('email', 'plan'),
          fc.nat(150).map((n) => `k${n}`),
        ),
        fc.oneof(fc.constantFrom('a@b.example', 'x', null), fc.nat(3)),
        { maxKeys: 60 },
      ),
    })
    const tellings = fc.uniqueArray(telling, { selector: ({ id }) => id, maxLength: 12 })
    const join = (all: readonly { at: number; id: number; traits: Record<string, unknown> }[]) =>
      all.reduce((state, { at, id, traits }) => {
        const stamp = stampOf(at, Buffer.from(String(id).padStart(16, '0')))
        return joinTraits(state, toldBy(readTraits(traits), stamp))
      }, NOTHING_TOLD)
    const plain = (state: ReturnType<typeof join>) => ({
      values: Object.fromEntries(state.values),
      stamps: Object.fromEntries(state.stamps),
    })

    fc.assert(
      fc.property(
        tellings,
        fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })),
        (all, random) => {
          const shuffled = all
            .map((one) => ({ one, key: random.next().value }))
            .toSorted((a, b) => a.key - b.key)
            .map(({ one }) => one)
          expect(plain(join(shuffled))).toEqual(plain(join(all)))
        },
      ),
      { numRuns: RUNS * 20 },
    )
  })
})

eachDatabase('traits', (fresh) => {
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

  it('keeps the newest of each, whatever arrives last', async () => {
    const { identified, facts } = await startCustomers(db)

    await identified({ traits: { email: 'new@shop.example', plan: 'gold' }, at: NOW })
    await identified({ traits: { email: 'old@shop.example', city: 'Rosario' }, at: NOW - 5 })
    const customerId = await identified({ traits: { plan: null }, at: NOW + 5 })
    await identified({ traits: { plan: 'silver' }, at: NOW + 1 })

    expect(await facts(customerId)).toEqual({
      userId: '42',
      email: 'new@shop.example',
      createdAt: NOW - 5,
      tags: [],
      attributes: { city: 'Rosario' },
      listIds: [],
    })
  })

  it('gives the same customer for the same events in any order', async () => {
    const told = [
      { traits: { email: 'a@shop.example', tags: ['x'] }, at: 5, eventId: Buffer.alloc(16, 1) },
      { traits: { email: 'b@shop.example', plan: 1 }, at: 5, eventId: Buffer.alloc(16, 2) },
      { traits: { email: null, 'address.city': 'Ulm' }, at: 3, eventId: Buffer.alloc(16, 3) },
      { traits: { plan: null, language: 'de' }, at: 9, eventId: Buffer.alloc(16, 4) },
      {
        traits: JSON.parse('{"__proto__":"p","phone":"+4930901820"}'),
        at: 7,
        eventId: Buffer.alloc(16, 5),
      },
    ]
    const run = async (order: readonly number[]) => {
      const { identified, facts } = await startCustomers(db)
      let customerId = 0
      for (const i of order) customerId = await identified(told[i])
      return facts(customerId)
    }
    const inOrder = await run([0, 1, 2, 3, 4])
    expect(inOrder).toMatchObject({ email: 'b@shop.example', language: 'de', createdAt: 3 })

    const orders = fc.shuffledSubarray([0, 1, 2, 3, 4], { minLength: 5 })
    await fc.assert(
      fc.asyncProperty(orders, async (order) => {
        expect(await run(order)).toEqual(inOrder)
      }),
      { numRuns: RUNS },
    )
  })

  it('keeps the hundred newest attributes', async () => {
    const { identified, facts } = await startCustomers(db)
    let customerId = 0
    for (let batch = 0; batch < 3; batch += 1) {
      const traits = Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`b${batch}-${i}`, i]))
      customerId = await identified({ traits, at: NOW + batch })
    }

    const names = Object.keys((await facts(customerId))?.attributes ?? {})
    expect(names).toHaveLength(100)
    expect(names.filter((name) => name.startsWith('b2-'))).toHaveLength(60)
    expect(names.filter((name) => name.startsWith('b0-'))).toHaveLength(0)
  })
})
