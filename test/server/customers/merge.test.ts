import { afterAll, beforeAll, expect, it } from 'vitest'
import { COMMAND } from '#server/core/actor.ts'
import { factsOfCustomers } from '#server/customers/service.ts'
import type { Database } from '#server/db/database.ts'
import { eachDatabase, rowsOf, type FreshDatabase } from '../../support/databases.ts'
import { startCustomers } from '../../support/customers.ts'
import { NOW } from '../../support/ingestion.ts'

eachDatabase('merging two customers', (fresh) => {
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

  it('keeps the newest traits, the earlier beginning and all orders', async () => {
    const { identified, merge, facts, order, shopId, customers } = await startCustomers(db)
    const from = await identified({
      userId: 'old',
      traits: { email: 'new@shop.example', city: 'Ulm' },
      at: NOW + 2,
    })
    const into = await identified({
      userId: 'kept',
      traits: { email: 'old@shop.example', plan: 'gold' },
      at: NOW + 1,
    })
    await identified({ userId: 'old', at: NOW - 100 })
    await order({ orderId: 'A', customerId: from })
    await order({ orderId: 'B', customerId: into })

    expect(await merge(from, into)).toEqual({ from, into })

    expect(await facts(into)).toMatchObject({
      userId: 'kept',
      email: 'new@shop.example',
      attributes: { city: 'Ulm', plan: 'gold' },
      createdAt: NOW - 100,
    })
    const { orders } = await customers.readCustomer(shopId, { userId: 'kept' })
    expect(orders.map(({ orderId }) => orderId).toSorted()).toEqual(['A', 'B'])
  })

  it('leads what still arrives under the former user id to the customer that is left', async () => {
    const { identify, identified, merge, facts } = await startCustomers(db)
    const [from, into] = [await identified({ userId: 'a' }), await identified({ userId: 'b' })]
    await merge(from, into)

    const late = await identify({
      userId: 'a',
      traits: { city: 'Ulm' },
      visitor: { id: 5, customerId: from },
    })

    expect(late).toMatchObject({ customerId: into, isNew: false, join: 'same' })
    expect((await facts(into))?.attributes).toEqual({ city: 'Ulm' })
    expect(await facts(from)).toEqual(await facts(into))
  })

  it('never leaves a pointer that leads to another', async () => {
    const { identified, merge, shopId } = await startCustomers(db)
    const ids: number[] = []
    for (const userId of ['a', 'b', 'c', 'd', 'e']) ids.push(await identified({ userId }))
    const [a = 0, b = 0, c = 0, d = 0, e = 0] = ids

    await merge(a, b)
    await merge(d, c)
    await merge(b, c)
    await merge(c, e)
    // From one that is gone into one that is gone: both are `e` now.
    expect(await merge(a, d)).toBeUndefined()

    const rows = await rowsOf<{ user_id: string; merged_into: number | null }>(
      db,
      'SELECT user_id, merged_into FROM customers WHERE shop_id = $1 ORDER BY user_id',
      [shopId],
    )
    expect(rows.map(({ merged_into: into }) => into)).toEqual([e, e, e, e, null])
    for (const userId of ['a', 'b', 'c', 'd']) expect(await identified({ userId })).toBe(e)
  })

  it('tells the slices behind it, once and only when there was something to merge', async () => {
    const { identified, customers, shopId, merges } = await startCustomers(db)
    const [from, into] = [await identified({ userId: 'a' }), await identified({ userId: 'b' })]
    const names = { from: { userId: 'a' }, into: { userId: 'b' } }

    const answer = await customers.merge(shopId, names, COMMAND)
    await customers.merge(shopId, names, COMMAND)

    expect(answer).toMatchObject({ userId: 'b' })
    expect(merges).toEqual([{ from, into }])
    await expect(
      customers.merge(shopId, { from: { userId: 'nobody' }, into: { userId: 'b' } }, COMMAND),
    ).rejects.toMatchObject({ code: 'not_found' })
  })

  it('keeps both in the lists of either', async () => {
    const { identified, merge, facts, customers, shopId } = await startCustomers(db)
    const from = await identified({ userId: 'a', traits: { email: 'a@shop.example' }, at: NOW })
    const into = await identified({ userId: 'b', traits: { email: 'b@shop.example' }, at: NOW + 1 })
    const first = await customers.createList(shopId, 'First', COMMAND)
    const second = await customers.createList(shopId, 'Second', COMMAND)
    const email = (value: string) => ({ kind: 'email', value }) as const
    await customers.changeMembers(
      shopId,
      first.id,
      { add: [email('a@shop.example')], remove: [] },
      COMMAND,
    )
    await customers.changeMembers(
      shopId,
      second.id,
      { add: [email('b@shop.example')], remove: [] },
      COMMAND,
    )

    await merge(from, into)

    expect((await facts(into))?.email).toBe('b@shop.example')
    expect((await facts(into))?.listIds).toEqual([first.id, second.id].toSorted())
    const { customerIds } = await customers.customersInList(shopId, first.id)
    expect(customerIds).toEqual([into])
  })

  it('is seen by who asks about many at once, each with its own lists', async () => {
    const { identified, merge, customers, shopId } = await startCustomers(db)
    const from = await identified({ userId: 'a', traits: { email: 'a@shop.example' }, at: NOW })
    const into = await identified({ userId: 'b', traits: { email: 'b@shop.example' }, at: NOW + 1 })
    const other = await identified({ userId: 'c', traits: { email: 'c@shop.example' } })
    const first = await customers.createList(shopId, 'First', COMMAND)
    const second = await customers.createList(shopId, 'Second', COMMAND)
    const add = [{ kind: 'email', value: 'a@shop.example' } as const]
    await customers.changeMembers(shopId, first.id, { add, remove: [] }, COMMAND)
    const addOther = [{ kind: 'email', value: 'c@shop.example' } as const]
    await customers.changeMembers(shopId, second.id, { add: addOther, remove: [] }, COMMAND)
    await merge(from, into)

    const facts = await factsOfCustomers(db, shopId, [other, from, into, 999_999])

    const kept = { userId: 'b', email: 'b@shop.example', listIds: [first.id] }
    expect([...facts.keys()].toSorted((a, b) => a - b)).toEqual([from, into, other])
    expect(facts.get(from)).toMatchObject(kept)
    expect(facts.get(into)).toMatchObject(kept)
    expect(facts.get(other)).toMatchObject({ userId: 'c', listIds: [second.id] })
  })
})
