import { afterAll, beforeAll, expect, it } from 'vitest'
import type { AddressKind } from '#protocol/customers.ts'
import { COMMAND } from '#server/core/actor.ts'
import type { Database } from '#server/db/database.ts'
import { eachDatabase, type FreshDatabase } from '../../support/databases.ts'
import { startCustomers } from '../../support/customers.ts'

const address = (kind: AddressKind, value: string) => ({ kind, value })

eachDatabase('contact lists', (fresh) => {
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

  it('are made once by name', async () => {
    const { customers, shopId } = await startCustomers(db)

    const first = await customers.createList(shopId, 'Newsletter', COMMAND)
    const again = await customers.createList(shopId, 'Newsletter', COMMAND)

    expect(again).toEqual(first)
    expect(await customers.listLists(shopId)).toEqual([{ ...first, memberCount: 0 }])
  })

  it('know their members by any address, spelled in whatever way', async () => {
    const { customers, shopId, identified, facts } = await startCustomers(db)
    const { id } = await customers.createList(shopId, 'VIP', COMMAND)
    const ids = [
      await identified({ userId: '1' }),
      await identified({ userId: '2', traits: { email: 'ANA@shop.example' } }),
      await identified({ userId: '3', traits: { phone: '+49 30 901820' } }),
      await identified({ userId: '4', traits: { email: 'eva@shop.example' } }),
    ]

    await customers.changeMembers(
      shopId,
      id,
      {
        add: [
          address('userId', '1'),
          address('email', 'Ana@Shop.example'),
          address('phone', '0049 (30) 901820'),
        ],
        remove: [],
      },
      COMMAND,
    )

    const { customerIds, next } = await customers.customersInList(shopId, id)
    expect(new Set(customerIds)).toEqual(new Set(ids.slice(0, 3)))
    expect(await customers.customersInList(shopId, id, next)).toEqual({ customerIds: [] })
    expect((await facts(ids[2] ?? 0))?.listIds).toEqual([id])
    expect((await facts(ids[3] ?? 0))?.listIds).toEqual([])
  })

  it('keep an address that is nobody’s, and count it from the moment that somebody gets it', async () => {
    const { customers, shopId, identified, facts } = await startCustomers(db)
    const { id } = await customers.createList(shopId, 'Newsletter', COMMAND)
    const add = [address('email', 'later@shop.example'), address('userId', 'later')]
    await customers.changeMembers(shopId, id, { add, remove: [] }, COMMAND)
    expect(await customers.listMembers(shopId, id)).toEqual([
      { kind: 'email', value: 'later@shop.example', customerIds: [] },
      { kind: 'userId', value: 'later', customerIds: [] },
    ])

    const byEmail = await identified({ userId: 'x', traits: { email: 'later@shop.example' } })
    const byUserId = await identified({ userId: 'later' })

    expect((await facts(byEmail))?.listIds).toEqual([id])
    expect((await facts(byUserId))?.listIds).toEqual([id])
    const members = await customers.listMembers(shopId, id)
    expect(members.map(({ customerIds }) => customerIds.length)).toEqual([1, 1])
  })

  it('let go of members', async () => {
    const { customers, shopId, identified, facts } = await startCustomers(db)
    const { id } = await customers.createList(shopId, 'VIP', COMMAND)
    const customerId = await identified({ userId: '1' })
    const change = [address('userId', '1')]
    await customers.changeMembers(shopId, id, { add: change, remove: [] }, COMMAND)

    await customers.changeMembers(shopId, id, { add: [], remove: change }, COMMAND)

    expect((await facts(customerId))?.listIds).toEqual([])
    expect(await customers.listMembers(shopId, id)).toEqual([])
  })

  it('refuse a change whole when one of it is no address', async () => {
    const { customers, shopId } = await startCustomers(db)
    const { id } = await customers.createList(shopId, 'VIP', COMMAND)
    const add = [address('email', 'a@shop.example'), address('email', 'not an address')]

    const change = customers.changeMembers(shopId, id, { add, remove: [] }, COMMAND)

    await expect(change).rejects.toMatchObject({ code: 'bad_request' })
    expect(await customers.listMembers(shopId, id)).toEqual([])
  })

  it('are told page by page, each member once', async () => {
    const { customers, shopId } = await startCustomers(db)
    const { id } = await customers.createList(shopId, 'Many', COMMAND)
    const add = Array.from({ length: 250 }, (_, i) =>
      address(i % 2 === 0 ? 'email' : 'userId', `m${i}@shop.example`),
    )
    await customers.changeMembers(shopId, id, { add, remove: [] }, COMMAND)

    const seen: string[] = []
    let last = undefined
    for (;;) {
      const items = await customers.listMembers(shopId, id, last)
      seen.push(...items.map(({ value }) => value))
      last = items.at(-1)
      if (items.length === 0) break
    }

    expect(seen.toSorted()).toEqual(add.map(({ value }) => value).toSorted())
  })

  it('are nothing to another shop', async () => {
    const [here, there] = [await startCustomers(db), await startCustomers(db)]
    const { id } = await here.customers.createList(here.shopId, 'VIP', COMMAND)

    const missing = { code: 'not_found' }
    const { customers, shopId } = there
    await expect(customers.listMembers(shopId, id)).rejects.toMatchObject(missing)
    const change = customers.changeMembers(shopId, id, { add: [], remove: [] }, COMMAND)
    await expect(change).rejects.toMatchObject(missing)
    expect(await customers.listLists(shopId)).toEqual([])
  })
})
