import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Database } from '#server/db/database.ts'
import { aliasCustomer } from '#server/customers/service.ts'
import { eachDatabase, type FreshDatabase } from '../../support/databases.ts'
import { identification, startCustomers } from '../../support/customers.ts'
import { NOW } from '../../support/ingestion.ts'

eachDatabase('identify', (fresh) => {
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

  const alias = (shopId: number, said: Partial<Parameters<typeof aliasCustomer>[2]>) =>
    db.transaction((sql) =>
      aliasCustomer({ sql, t: db.t }, shopId, {
        ...identification(),
        userId: 'other',
        isFromSecretKey: false,
        ...said,
      }),
    )

  it('makes a customer, and finds it by its user id from then on', async () => {
    const { identify } = await startCustomers(db)

    const first = await identify({ userId: '42' })
    const second = await identify({ userId: '42' })
    const other = await identify({ userId: '43' })

    expect(first).toMatchObject({ kind: 'customer', isNew: true, isProven: false, join: null })
    expect(second).toMatchObject({ kind: 'customer', isNew: false })
    expect(second).toHaveProperty('customerId', Reflect.get(first, 'customerId'))
    expect(other).not.toHaveProperty('customerId', Reflect.get(first, 'customerId'))
  })

  it('keeps the same user ids of two shops apart', async () => {
    const [here, there] = [await startCustomers(db), await startCustomers(db)]

    const id = await here.identified({ userId: '42', traits: { email: 'ana@shop.example' } })
    await there.identified({ userId: '42' })

    expect(await there.facts(id)).toBeUndefined()
    expect(await there.merge(id, id)).toBeUndefined()
  })

  it('never takes two user ids for one person because they share an address', async () => {
    const { identified } = await startCustomers(db)
    const traits = { email: 'family@shop.example' }

    expect(await identified({ userId: '1', traits })).not.toBe(
      await identified({ userId: '2', traits }),
    )
  })

  it('joins an anonymous visitor with what it ordered, and is the same from then on', async () => {
    const { identify, identified, order } = await startCustomers(db)
    await order({ orderId: 'before', visitorId: 5 })

    const joined = await identify({ visitor: { id: 5, customerId: null } })
    const customerId = await identified()
    const again = await identify({ visitor: { id: 5, customerId } })

    expect(joined).toMatchObject({ join: 'join' })
    expect(again).toMatchObject({ join: 'same' })
    const known = await order({ orderId: 'before', visitorId: 5 })
    expect(known).toMatchObject({ outcome: 'duplicate', earlier: { customerId } })
  })

  it('starts a new visitor for another user id, and leaves the earlier orders where they were', async () => {
    const { identify, identified, order } = await startCustomers(db)
    const first = await identified({ userId: '1', visitor: { id: 5, customerId: null } })
    await order({ orderId: 'first', visitorId: 5, customerId: first })

    const other = await identify({ userId: '2', visitor: { id: 5, customerId: first } })

    expect(other).toMatchObject({ kind: 'customer', join: 'new_visitor' })
    expect(await order({ orderId: 'first' })).toMatchObject({ earlier: { customerId: first } })
  })

  it('makes a customer of a visitor that only told an address, and takes it along at the first identify', async () => {
    const { identify, identified, facts, order } = await startCustomers(db)
    const visitor = { id: 5, customerId: null }
    const newsletter = { userId: null, traits: { email: 'ana@shop.example' }, at: NOW - 9 }
    const own = await identified({ ...newsletter, visitor })
    await order({ visitorId: 5, customerId: own })

    const known = await identify({
      userId: '42',
      traits: { firstName: 'Ana' },
      visitor: { id: 5, customerId: own },
    })

    expect(known).toMatchObject({ kind: 'customer', join: 'join', merged: { from: own } })
    const customerId = Number(Reflect.get(known, 'customerId'))
    expect(customerId).not.toBe(own)
    expect(await facts(customerId)).toMatchObject({
      userId: '42',
      email: 'ana@shop.example',
      firstName: 'Ana',
      createdAt: NOW - 9,
    })
    expect(await facts(own)).toEqual(await facts(customerId))
    expect(await order()).toMatchObject({ earlier: { customerId } })
  })

  it('keeps traits without any address as a note', async () => {
    const { identify } = await startCustomers(db)

    const noted = await identify({
      userId: null,
      traits: { plan: 'gold' },
      visitor: { id: 5, customerId: null },
    })

    expect(noted).toEqual({ kind: 'note', note: { traits: { plan: 'gold' }, at: NOW } })
  })

  it('says that an unsigned identify proves nothing, though it writes', async () => {
    const { identify, facts } = await startCustomers(db)
    await identify({ isProven: true, traits: { plan: 'gold' } })

    const unsigned = await identify({ traits: { city: 'Rosario' }, at: NOW + 1 })

    expect(unsigned).toMatchObject({ kind: 'customer', isProven: false, isNew: false })
    const known = await facts(Number(Reflect.get(unsigned, 'customerId')))
    expect(known?.attributes).toEqual({ plan: 'gold', city: 'Rosario' })
  })

  it('attaches an unsigned identify to nobody where a proof is required', async () => {
    const { identify, identified, facts } = await startCustomers(db)
    const rule = 'required'
    const customerId = await identified({ rule, isProven: true, traits: { plan: 'gold' } })
    const forged = { rule, traits: { email: 'thief@evil.example' }, at: NOW + 1 } as const

    const known = await identify({ ...forged, userId: '42' })
    const unknown = await identify({ ...forged, userId: 'not yet there' })
    const own = await identify({ ...forged, userId: null, visitor: { id: 5, customerId } })

    const note = { traits: { email: 'thief@evil.example' }, at: NOW + 1 }
    expect(known).toEqual({ kind: 'note', note: { ...note, userId: '42' } })
    expect(unknown).toMatchObject({ kind: 'note' })
    expect(own).toEqual({ kind: 'note', note })
    expect(await facts(customerId)).not.toHaveProperty('email')
    const later = await identify({ rule, isProven: true, userId: 'not yet there' })
    expect(later).toMatchObject({ isNew: true })
  })

  it('lets an alias name an anonymous visitor', async () => {
    const { shopId, identified } = await startCustomers(db)

    const named = await alias(shopId, { userId: '42', visitor: { id: 5, customerId: null } })

    expect(named).toMatchObject({ kind: 'customer', join: 'join', isNew: true })
    expect(await identified({ userId: '42' })).toBe(Reflect.get(named, 'customerId'))
  })

  it('gives a known customer a second name from a secret key only, and never that of another', async () => {
    const { shopId, identified } = await startCustomers(db)
    const customerId = await identified({ userId: '42', isProven: true })
    const other = await identified({ userId: 'taken', isProven: true })
    const visitor = { id: 5, customerId }

    const bySignature = await alias(shopId, { userId: 'crm-42', visitor, isProven: true })
    const byKey = { visitor, isProven: true, isFromSecretKey: true }
    const named = await alias(shopId, { ...byKey, userId: 'crm-42' })
    const again = await alias(shopId, { ...byKey, userId: 'crm-42' })
    const taken = await alias(shopId, { ...byKey, userId: 'taken' })

    expect(bySignature).toMatchObject({ kind: 'note', note: { userId: 'crm-42' } })
    expect(named).toMatchObject({ kind: 'customer', customerId, join: 'same' })
    expect(again).toMatchObject({ kind: 'customer', customerId })
    expect(taken).toEqual({ kind: 'two_customers' })
    expect(await identified({ userId: 'crm-42' })).toBe(customerId)
    expect(await identified({ userId: 'taken' })).toBe(other)
  })
})
