import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { WireEvent } from '#protocol/events.ts'
import { COMMAND } from '#server/core/actor.ts'
import { createAccount } from '#server/account/service.ts'
import type { Database } from '#server/db/database.ts'
import { eachDatabase, rowsOf, type FreshDatabase } from '../../support/databases.ts'
import {
  batchOf,
  eventOf,
  newToken,
  newVisitor,
  NOW,
  startIngestion,
  storedEvents,
  type TestIngestion,
} from '../../support/ingestion.ts'
import {
  countsOf,
  customersOf,
  profileOf,
  signatureOf,
  visitorsOf,
} from '../../support/stored-people.ts'

eachDatabase('people', (fresh, dialect) => {
  let database: FreshDatabase
  let db: Database
  let test: TestIngestion

  beforeAll(async () => {
    database = await fresh()
    db = await database.open()
  })
  afterAll(async () => {
    await db.close()
    await database.remove()
  })
  beforeEach(async () => {
    test = await startIngestion(db)
  })

  type Visitor = ReturnType<typeof newVisitor>
  const send = (visitor: Visitor | null, ...events: WireEvent[]) =>
    test.send(batchOf(events, { visitor }))
  const sendSecretly = (...events: WireEvent[]) =>
    test.send(batchOf(events, { visitor: null, session: null }), { isVerified: true })
  const visitors = () => visitorsOf(db, test.shopId)
  const customers = () => customersOf(db, test.shopId)
  const waiting = async () => {
    const blocked = `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`
    return (await rowsOf(db, blocked)).length
  }
  const customerCounts = async (customerId: number | null | undefined) =>
    countsOf(await profileOf(db, 'customer', customerId))

  describe('that say who they are', () => {
    it('are one customer at two browsers, with both histories', async () => {
      const [phone, laptop] = [newVisitor(), newVisitor()]
      await send(phone, page(), page(), identify('42'))
      await send(laptop, page(), identify('42'), page())
      test.clock.now += 3_600_000
      await test.send(batchOf([page()], { visitor: phone, session: newSession(test.clock.now) }))

      const [here, there] = await visitors()
      expect(here?.customerId).toBe(there?.customerId)
      expect(await customers()).toHaveLength(1)
      const document = await profileOf(db, 'customer', here?.customerId)
      expect(countsOf(document)).toEqual({ 'Page Viewed': 5 })
      expect(document?.visits.count).toBe(3)
      expect(countsOf(await profileOf(db, 'visitor', there?.id))).toEqual({ 'Page Viewed': 2 })
    })

    // What is known of a customer is read and written back: SQLite has one writer anyway.
    it.skipIf(dialect === 'sqlite')('wait for whoever else is writing of them', async () => {
      await sendSecretly(identify('42'))
      const [customer] = await customers()
      const otherNode = await database.open()
      let told: Promise<unknown> = Promise.resolve()
      await otherNode.transaction(async (sql) => {
        await sql
          .select()
          .from(db.t.customers)
          .where(eq(db.t.customers.id, Number(customer?.id)))
          .for('update')
        told = sendSecretly(eventOf({ name: 'Order Shipped', userId: '42' }))
        await expect.poll(waiting, { timeout: 5_000 }).toBe(1)
      })
      await told
      await otherNode.close()

      expect(await customerCounts(customer?.id)).toMatchObject({ 'Order Shipped': 1 })
    })

    it.each([
      { how: 'without a signature', isProven: false, sign: async () => undefined },
      {
        how: 'with one of the shop’s',
        isProven: true,
        sign: () => signatureOf(db, test.shopId, '42'),
      },
      { how: 'with a forged one', isProven: false, sign: async () => 'f'.repeat(64) },
      {
        how: 'with that of somebody else',
        isProven: false,
        sign: () => signatureOf(db, test.shopId, '43'),
      },
    ])('$how are proven: $isProven', async ({ isProven, sign }) => {
      const signature = await sign()
      await send(newVisitor(), identify('42', {}, signature))

      expect(await visitors()).toMatchObject([{ isProven, customerId: expect.any(Number) }])
    })

    it('are proven from a later signature on', async () => {
      const visitor = newVisitor()
      const signature = await signatureOf(db, test.shopId, '42')
      await send(visitor, identify('42'))
      await send(visitor, identify('42', {}, signature))
      await send(visitor, identify('42'))

      expect(await visitors()).toMatchObject([{ isProven: true }])
    })

    it('unsigned become nobody where the shop requires a signature, whatever they name', async () => {
      await createAccount({ db, now: Date.now }).setIdentityRule(test.shopId, 'required')
      const [owner, thief] = [newVisitor(), newVisitor()]
      await send(owner, identify('42', { plan: 'gold' }, await signatureOf(db, test.shopId, '42')))
      await send(thief, page(), identify('42', { plan: 'stolen' }), eventOf({ userId: '42' }))

      const [known, unknown] = await visitors()
      expect(known?.customerId).toEqual(expect.any(Number))
      expect(unknown).toMatchObject({ customerId: null, note: { userId: '42' } })
      expect(await customerCounts(known?.customerId)).toEqual({})
      const facts = await test.customers.readCustomer(test.shopId, { userId: '42' })
      expect(facts.attributes).toEqual({ plan: 'gold' })
    })

    it('as another leave the first one’s visitor, and the earlier events stay there', async () => {
      const visitor = newVisitor()
      await send(visitor, page(), identify('ana'), page())
      await send(visitor, identify('bea'), page())
      // A client that names its person with every event.
      await send(visitor, { ...page(), userId: 'bea' }, { ...page(), userId: 'ana' })
      await send(visitor, { ...page(), userId: 'bea' })

      const [ana, bea] = await visitors()
      expect(await visitors()).toHaveLength(2)
      expect(await customers()).toMatchObject([{ userId: 'ana' }, { userId: 'bea' }])
      expect(await customerCounts(bea?.customerId)).toEqual({ 'Page Viewed': 3 })
      expect(countsOf(await profileOf(db, 'visitor', ana?.id))).toEqual({ 'Page Viewed': 3 })
      expect(countsOf(await profileOf(db, 'visitor', bea?.id))).toEqual({ 'Page Viewed': 3 })
    })

    it('after an address alone are counted once', async () => {
      const visitor = newVisitor()
      await send(visitor, page(), tell({ email: 'ana@shop.example' }))
      await send(visitor, page())
      await send(visitor, identify('42'))
      await send(visitor, page())

      const [known] = await visitors()
      const [, customer] = await customers()
      expect(customer).toMatchObject({ userId: '42', email: 'ana@shop.example', mergedInto: null })
      expect(known?.customerId).toBe(customer?.id)
      expect(await customerCounts(customer?.id)).toEqual({ 'Page Viewed': 3 })
    })

    it('are never one for an e-mail alone', async () => {
      await send(newVisitor(), tell({ email: 'ana@shop.example' }))
      await send(newVisitor(), tell({ email: 'ana@shop.example' }))
      await send(newVisitor(), identify('42', { email: 'ana@shop.example' }))

      const ids = (await visitors()).map(({ customerId }) => customerId)
      expect(new Set(ids).size).toBe(3)
    })

    it('keep the newest of each trait, whatever arrives last', async () => {
      const visitor = newVisitor()
      const told = (plan: string, ageMs: number) => ({
        ...identify('42', { plan }),
        at: NOW - ageMs,
        ageMs,
      })
      await send(visitor, told('new', 1_000))
      await send(newVisitor(), told('newer', 500))
      await send(visitor, told('old', 60_000))

      const { attributes } = await test.customers.readCustomer(test.shopId, { userId: '42' })
      expect(attributes).toEqual({ plan: 'newer' })
    })

    it('with somebody else’s visitor id join nobody, though the events are written', async () => {
      const visitor = newVisitor()
      await send(visitor, page())
      const { results } = await send({ ...visitor, token: newToken() }, page(), identify('42'))

      expect(results.map(({ reason }) => reason)).toEqual(['foreign_token', 'foreign_token'])
      expect(await visitors()).toMatchObject([{ customerId: null, note: null }])
      expect(await storedEvents(db, test.shopId)).toHaveLength(3)
    })

    it('unsigned are not proven by what was believed of them before they had a name', async () => {
      const visitor = newVisitor()
      await test.send(batchOf([tell({ email: 'eve@evil.example' })], { visitor }), {
        isVerified: true,
      })
      await send(visitor, identify('42'))

      expect(await visitors()).toMatchObject([{ isProven: false }])
    })

    it('unsigned learn nothing of whom they named from the answer', async () => {
      const answerTo = async (userId: string) => {
        const { results, decisions } = await send(newVisitor(), identify(userId), page())
        return { results, decisions }
      }
      await sendSecretly(identify('42', { plan: 'gold', email: 'ana@shop.example' }))

      expect(await answerTo('42')).toEqual(await answerTo('never heard of'))
    })
  })

  describe('with an alias', () => {
    it('are whom it names, if they were nobody', async () => {
      const visitor = newVisitor()
      await send(visitor, page(), alias('42'))

      const [known] = await visitors()
      expect(await customers()).toMatchObject([{ userId: '42' }])
      expect(await customerCounts(known?.customerId)).toEqual({ 'Page Viewed': 1 })
    })

    it('stay who they are, if they were somebody', async () => {
      const visitor = newVisitor()
      await send(visitor, identify('ana'))
      await send(newVisitor(), identify('bea'), page())
      await send(visitor, alias('bea'), page())

      const [known] = await visitors()
      const [ana] = await customers()
      expect(known).toMatchObject({ customerId: ana?.id, note: { userId: 'bea' } })
      expect(await customerCounts(ana?.id)).toEqual({ 'Page Viewed': 1 })
    })
  })

  describe('of whom the shop’s own server tells', () => {
    it('are each themselves, several in one request and in any number of them', async () => {
      const about = (userId: string) => eventOf({ name: 'Mail Opened', userId })
      await sendSecretly(about('ana'), about('bea'), eventOf({ name: 'Nobody’s' }), about('ana'))
      await sendSecretly(about('bea'), about('ana'))
      await send(newVisitor(), page(), identify('ana'))

      const [ana, bea] = await customers()
      expect(await visitors()).toHaveLength(3)
      expect(await customerCounts(ana?.id)).toEqual({ 'Mail Opened': 3, 'Page Viewed': 1 })
      expect(await customerCounts(bea?.id)).toEqual({ 'Mail Opened': 2 })
    })

    it('as one with somebody who told an address only are not the next person’s at that browser', async () => {
      const visitor = newVisitor()
      await send(visitor, tell({ email: 'ana@shop.example' }))
      await sendSecretly(identify('ana', { plan: 'gold' }))
      const nameless = await rowsOf<{ public_id: Buffer }>(
        db,
        'SELECT public_id FROM customers WHERE shop_id = $1 AND user_id IS NULL',
        [test.shopId],
      )
      const customerId = nameless[0]?.public_id.toString('base64url') ?? ''
      await test.customers.merge(
        test.shopId,
        { from: { userId: 'ana' }, into: { customerId } },
        COMMAND,
      )

      await send(visitor, identify('eve'))

      const eve = await test.customers.readCustomer(test.shopId, { userId: 'eve' })
      expect(eve.attributes).toEqual({})
      const ana = await test.customers.readCustomer(test.shopId, { userId: 'ana' })
      expect(ana).toMatchObject({ email: 'ana@shop.example', attributes: { plan: 'gold' } })
      expect(ana.id).toBe(customerId)
    })

    it('as one are one, with visitors, orders and figures, and all that still comes under either name', async () => {
      const [first, second] = [newVisitor(), newVisitor()]
      await send(first, page(), identify('ana'), ordered('A-1', 10))
      await send(second, page(), page(), identify('bea'), ordered('A-2', 20))

      await test.customers.merge(
        test.shopId,
        { from: { userId: 'ana' }, into: { userId: 'bea' } },
        COMMAND,
      )
      await send(first, page())
      await send(newVisitor(), identify('ana'), page())

      const [, bea] = await customers()
      expect((await visitors()).map(({ customerId }) => customerId)).toEqual([
        bea?.id,
        bea?.id,
        bea?.id,
      ])
      expect(await customerCounts(bea?.id)).toEqual({ 'Page Viewed': 5, 'Order Completed': 2 })
      const { orders } = await test.customers.readCustomer(test.shopId, { userId: 'ana' })
      expect(orders.map(({ orderId }) => orderId).toSorted()).toEqual(['A-1', 'A-2'])
      const [ana] = await customers()
      expect(await profileOf(db, 'customer', ana?.id)).toBeUndefined()
    })
  })

  describe('in two tabs that began as two visitors', () => {
    const session = newSession(NOW)

    it('are counted once, though each tab had said who they are', async () => {
      const [winner, loser] = [newVisitor(), newVisitor()]
      await test.send(batchOf([page(), identify('42')], { visitor: winner, session }))
      await test.send(batchOf([page(), identify('42')], { visitor: loser, session }))

      const joining = { ...winner, formerly: loser }
      await test.send(batchOf([page()], { visitor: joining, session }))

      const [known, joined] = await visitors()
      expect(joined?.joinedTo).toBe(known?.id)
      const document = await profileOf(db, 'customer', known?.customerId)
      expect(countsOf(document)).toEqual({ 'Page Viewed': 3 })
      expect(document?.visits.count).toBe(1)
      expect(document?.activity).toEqual((await profileOf(db, 'visitor', known?.id))?.activity)
      expect(await profileOf(db, 'visitor', joined?.id)).toBeUndefined()
    })

    it('are whom the tab that was given up had named', async () => {
      const [winner, loser] = [newVisitor(), newVisitor()]
      await test.send(batchOf([page(), identify('42'), ordered('A-1', 9)], { visitor: loser }))
      await test.send(batchOf([page()], { visitor: winner }))
      await test.send(batchOf([page()], { visitor: { ...winner, formerly: loser } }))

      const known = (await visitors()).find(({ publicId }) => publicId === winner.id)
      expect(known?.customerId).toEqual(expect.any(Number))
      expect(await customerCounts(known?.customerId)).toEqual({
        'Page Viewed': 3,
        'Order Completed': 1,
      })
    })

    it('may cancel what they ordered in the tab that was given up', async () => {
      const [winner, loser] = [newVisitor(), newVisitor()]
      await send(loser, ordered('A-1', 9))
      await send({ ...winner, formerly: loser } as Visitor, page())
      await send(
        winner,
        identify('42'),
        eventOf({ name: 'Order Cancelled', properties: { order_id: 'A-1' } }),
      )

      const { orders } = await test.customers.readCustomer(test.shopId, { userId: '42' })
      expect(orders).toMatchObject([{ orderId: 'A-1', status: 'cancelled' }])
    })

    it('are joined and named in one request', async () => {
      const [winner, loser] = [newVisitor(), newVisitor()]
      await send(loser, page(), page())
      await send({ ...winner, formerly: loser } as Visitor, page(), identify('42'))

      const known = (await visitors()).find(({ publicId }) => publicId === winner.id)
      expect(await customerCounts(known?.customerId)).toEqual({ 'Page Viewed': 3 })
    })
  })
})

function newSession(startedAt: number) {
  return { id: randomUUID(), startedAt }
}

function page(): WireEvent {
  const { name: _none, ...event } = eventOf({ type: 'page' })
  return event
}

function identify(userId: string, traits = {}, signature?: string): WireEvent {
  const { name: _none, ...event } = eventOf({ type: 'identify', userId, traits })
  return signature === undefined ? event : { ...event, signature }
}

function tell(traits: Record<string, unknown>): WireEvent {
  const { name: _none, ...event } = eventOf({ type: 'identify', traits })
  return event
}

function alias(userId: string): WireEvent {
  const { name: _none, ...event } = eventOf({ type: 'alias', userId })
  return event
}

function ordered(orderId: string, total: number): WireEvent {
  return eventOf({ name: 'Order Completed', properties: { order_id: orderId, total } })
}
