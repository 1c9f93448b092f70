import { afterAll, beforeAll, expect, it } from 'vitest'
import type { OrderTold } from '#server/customers/service.ts'
import type { Database } from '#server/db/database.ts'
import { eachDatabase, type FreshDatabase } from '../../support/databases.ts'
import { startCustomers } from '../../support/customers.ts'
import { NOW } from '../../support/ingestion.ts'

eachDatabase('orders', (fresh) => {
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

  it('counts an order once, however often its thank-you page is reloaded', async () => {
    const { order } = await startCustomers(db)

    const first = await order({ total: 4_990 })
    const again = await order({ total: 1, at: NOW + 60_000 })

    expect(first).toMatchObject({ outcome: 'placed', order: { total: 4_990, status: 'new' } })
    expect(first).not.toHaveProperty('earlier')
    expect(again).toMatchObject({ outcome: 'duplicate', order: { total: 4_990 } })
  })

  it('keeps the same order ids of two shops apart', async () => {
    const [here, there] = [await startCustomers(db), await startCustomers(db)]
    await here.order()

    expect(await there.order()).toMatchObject({ outcome: 'placed' })
  })

  it('puts a verified one in the place of a browser’s, and keeps the visitor', async () => {
    const { order, identified } = await startCustomers(db)
    const customerId = await identified()
    await order({ total: 1, visitorId: 5 })

    const verified = { isVerified: true, visitorId: null, customerId, status: 'paid' } as const
    const replaced = await order({ ...verified, total: 4_990 })
    const later = await order({ total: 2 })
    const resent = await order({ ...verified, total: 9_999 })

    expect(replaced).toMatchObject({
      outcome: 'replaced',
      order: { total: 4_990, isVerified: true, visitorId: 5, customerId, status: 'paid' },
      earlier: { total: 1, isVerified: false },
    })
    expect(later).toMatchObject({ outcome: 'duplicate', order: { total: 4_990, visitorId: 5 } })
    expect(resent).toMatchObject({ outcome: 'duplicate', order: { total: 4_990 } })
  })

  it('gives nothing of a verified order to a browser that claimed its number as another customer', async () => {
    const { order, identified } = await startCustomers(db)
    const [thief, buyer] = [
      await identified({ userId: 'thief' }),
      await identified({ userId: 'buyer' }),
    ]
    await order({ visitorId: 666, customerId: thief })

    const real = await order({ isVerified: true, visitorId: null, customerId: buyer })

    expect(real.order).toMatchObject({ customerId: buyer, visitorId: null })
  })

  const tellings: Partial<OrderTold>[] = [
    { what: 'placed', status: 'new', at: NOW },
    { what: 'changed', status: 'paid', at: NOW + 1, total: null },
    { what: 'changed', status: 'shipped', at: NOW + 2, total: null },
    { what: 'changed', status: 'returned', at: NOW + 3, total: null },
  ]
  it.each([
    { order: [0, 1, 2, 3] },
    { order: [3, 2, 1, 0] },
    { order: [3, 0, 2, 1] },
    { order: [1, 3, 0, 2] },
  ])('comes to the same status when told in the order $order', async ({ order: indices }) => {
    const { order } = await startCustomers(db)

    for (const i of indices) await order({ ...tellings[i], isVerified: true })

    const last = await order({ isVerified: true, total: 1 })
    expect(last).toMatchObject({
      outcome: 'duplicate',
      order: {
        total: 4_990,
        at: NOW,
        status: 'returned',
        statusTimes: { new: NOW, paid: NOW + 1, shipped: NOW + 2, returned: NOW + 3 },
      },
    })
  })

  it('says of each telling what came of it', async () => {
    const { order } = await startCustomers(db)
    const changed = { what: 'changed', status: 'cancelled', at: NOW + 5 } as const

    expect(await order({ ...changed, isVerified: true })).toMatchObject({ outcome: 'changed' })
    expect(await order({ isVerified: true })).toMatchObject({
      outcome: 'placed',
      order: { status: 'cancelled' },
    })
    expect(await order({ ...changed, isVerified: true })).toMatchObject({ outcome: 'duplicate' })
  })

  it('lets a browser cancel only what is its own and not verified', async () => {
    const { order } = await startCustomers(db)
    const cancel = { what: 'changed', status: 'cancelled', at: NOW + 5 } as const
    await order({ orderId: 'own', visitorId: 5 })
    await order({ orderId: 'others', visitorId: 6 })
    await order({ orderId: 'nobody’s', visitorId: null })
    await order({ orderId: 'verified', visitorId: 5, isVerified: true })

    const outcomes = await Promise.all([
      order({ ...cancel, orderId: 'own', visitorId: 5 }),
      order({ ...cancel, orderId: 'others', visitorId: 5 }),
      order({ ...cancel, orderId: 'nobody’s', visitorId: null }),
      order({ ...cancel, orderId: 'verified', visitorId: 5 }),
    ])

    expect(outcomes.map(({ outcome }) => outcome)).toEqual([
      'changed',
      'ignored',
      'ignored',
      'ignored',
    ])
  })
})
