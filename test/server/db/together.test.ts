import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Database } from '#server/db/database.ts'
import { together } from '#server/db/together.ts'
import { eachDatabase, type FreshDatabase } from '../../support/databases.ts'
import { NOW } from '../../support/ingestion.ts'

eachDatabase('statements that travel together', (fresh) => {
  let database: FreshDatabase
  let db: Database

  beforeEach(async () => {
    database = await fresh()
    db = await database.open()
  })
  afterEach(async () => {
    await db.close()
    await database.remove()
  })

  const shop = (id: number, name: string) => ({
    id,
    name,
    consentMode: 'off' as const,
    createdAt: NOW,
  })
  const names = async () => {
    const rows = await db.sql.select({ name: db.t.shops.name }).from(db.t.shops)
    return rows.map(({ name }) => name).toSorted()
  }

  it('give each its own answer, in order', async () => {
    const { shops } = db.t
    await db.transaction(async (sql) => {
      const [, made, all] = await together([
        sql.insert(shops).values(shop(1, 'one')).execute(),
        sql.insert(shops).values(shop(2, 'two')).returning({ id: shops.id }).execute(),
        sql.select({ id: shops.id }).from(shops).execute(),
      ])
      expect(made).toEqual([{ id: 2 }])
      expect(all).toHaveLength(2)
    })

    expect(await names()).toEqual(['one', 'two'])
  })

  it('end with what the first to fail threw, leave nothing, and the connection works on', async () => {
    const { shops } = db.t
    await db.sql.insert(shops).values(shop(1, 'known'))
    const failing = db.transaction((sql) =>
      together([
        sql.insert(shops).values(shop(2, 'before')).execute(),
        sql.insert(shops).values(shop(1, 'again')).execute(),
        sql.insert(shops).values(shop(3, 'after')).execute(),
      ]),
    )

    await expect(failing).rejects.toMatchObject({
      cause: { message: expect.stringMatching(/unique|duplicate/i) },
    })
    expect(await names()).toEqual(['known'])
    await db.transaction((sql) => sql.insert(shops).values(shop(4, 'later')))
    expect(await names()).toEqual(['known', 'later'])
  })
})

it('waits for all of them, even when one has failed', async () => {
  let isOver = false
  const slow = new Promise<void>((resolve) => {
    setImmediate(() => {
      isOver = true
      resolve()
    })
  })

  await expect(together([Promise.reject(new Error('at once')), slow])).rejects.toThrow('at once')

  expect(isOver).toBe(true)
})
