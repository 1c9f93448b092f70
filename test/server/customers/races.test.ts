import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Database } from '#server/db/database.ts'
import { eachDatabase, rowsOf, type FreshDatabase } from '../../support/databases.ts'
import { startCustomers } from '../../support/customers.ts'
import { NOW } from '../../support/ingestion.ts'

const TIMES = 50

// On SQLite both nodes are one, and share its writer.
eachDatabase('customers on two nodes at once', (fresh, dialect) => {
  let database: FreshDatabase
  let nodes: Database[]
  beforeEach(async () => {
    database = await fresh()
    const first = await database.open()
    nodes = dialect === 'postgres' ? [first, await database.open()] : [first]
    for (const { raw } of nodes) {
      // All at once they may wait for each other's rows longer than a request would, on a busy machine.
      if (raw.dialect === 'postgres') raw.pool.options.connectionTimeoutMillis = 60_000
    }
  })
  afterEach(async () => {
    for (const node of nodes) await node.close()
    await database.remove()
  })

  async function startNodes() {
    const [first, ...others] = nodes
    if (first === undefined) throw new Error('There is no node')
    const one = await startCustomers(first)
    const rest = await Promise.all(others.map((node) => startCustomers(node, one.shopId)))
    const all = [one, ...rest]
    return { one, db: first, nth: (i: number) => all[i % all.length] ?? one }
  }

  it('make one customer of 50 that identify the same new user id', async () => {
    const { one, db, nth } = await startNodes()

    const found = await Promise.all(
      Array.from({ length: TIMES }, (_, i) =>
        nth(i).identify({ traits: { [`k${i}`]: i }, at: NOW + i }),
      ),
    )

    const ids = new Set(found.map((it) => Reflect.get(it, 'customerId')))
    const isNew = found.filter((it) => it.kind === 'customer' && it.isNew)
    expect(ids.size).toBe(1)
    expect(isNew).toHaveLength(1)
    expect(await db.sql.$count(db.t.customers)).toBe(1)
    const [customerId] = ids
    const { attributes } = (await one.facts(Number(customerId))) ?? {}
    expect(Object.keys(attributes ?? {})).toHaveLength(TIMES)
  })

  it('keep one order of 50 that tell of it, the verified one', async () => {
    const { db, nth } = await startNodes()

    const recorded = await Promise.all(
      Array.from({ length: TIMES }, (_, i) =>
        nth(i).order({ total: i, isVerified: i === 30, visitorId: i }),
      ),
    )

    const outcomes = recorded.map(({ outcome }) => outcome)
    const counted = outcomes.filter((it) => it === 'placed')
    expect(counted).toHaveLength(1)
    expect(outcomes.filter((it) => it === 'replaced').length).toBeLessThanOrEqual(1)
    const rows = await rowsOf<{ total: number }>(db, 'SELECT total FROM orders')
    expect(rows).toEqual([{ total: 30 }])
  })

  it('lose no trait and no order while customers merge, and leave no chain of pointers', async () => {
    const { one, db, nth } = await startNodes()
    const names = Array.from({ length: 8 }, (_, i) => `user ${i}`)
    const ids = new Map<string, number>()
    for (const userId of names) ids.set(userId, await one.identified({ userId }))
    const idAt = (i: number) => ids.get(names[i % names.length] ?? '') ?? 0

    await Promise.all([
      ...names.slice(1).map((_, i) => nth(i).merge(idAt(i), idAt(i + 1))),
      ...Array.from({ length: TIMES }, async (_, i) => {
        const userId = names[i % names.length] ?? ''
        const customerId = await nth(i + 1).identified({ userId, traits: { [`k${i}`]: i } })
        await nth(i).order({ orderId: `order ${i}`, customerId })
      }),
    ])

    const rows = await rowsOf<{ id: number; merged_into: number | null }>(
      db,
      'SELECT id, merged_into FROM customers',
    )
    const left = rows.filter(({ merged_into: into }) => into === null)
    expect(left).toHaveLength(1)
    const id = left[0]?.id ?? 0
    expect(rows.filter((row) => row.merged_into === id)).toHaveLength(names.length - 1)
    expect(Object.keys((await one.facts(id))?.attributes ?? {})).toHaveLength(TIMES)
    const owners = await rowsOf(db, 'SELECT DISTINCT customer_id FROM orders')
    expect(await db.sql.$count(db.t.orders)).toBe(TIMES)
    expect(owners).toEqual([{ customer_id: id }])
  })
})
