import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import type { Database } from '#server/db/database.ts'
import { shopTables } from '#server/db/shop-tables.ts'
import { eraseRows } from '#server/deletion/erase-rows.ts'
import { eachDatabase, rowsOf, type FreshDatabase } from '../../support/databases.ts'
import { countRows, fillTables, tablesOf, type TableShape } from '../../support/filled-rows.ts'
import { rowsOfShop } from '../../support/shop-rows.ts'

/** `fillTables` gives each table one row of each of seven shops. */
const SHOP = 3
const OTHER = 4
const KEPT = ['audit_entries', 'audit_heads', 'shops']

eachDatabase('erasing a shop', (fresh) => {
  let database: FreshDatabase
  let db: Database
  let shapes: TableShape[]
  let before: Record<string, number>
  let other: Awaited<ReturnType<typeof rowsOfShop>>
  const told: string[] = []
  beforeAll(async () => {
    database = await fresh()
    db = await database.open()
    shapes = await tablesOf(db)
    await fillTables(db, shapes)
    await addEvents(db, 1_200)
    await makeFound(db)
    before = await countRows(db, shapes)
    other = await rowsOfShop(db, OTHER)
    await eraseRows(db, SHOP, {
      signal: new AbortController().signal,
      report: async (erased, table) => void told.push(`${table} ${erased}`),
    })
  })
  afterAll(async () => {
    await db.close()
    await database.remove()
  })

  it('leaves its row and its audit log, and nothing else', async () => {
    const left = Object.entries(await rowsOfShop(db, SHOP)).filter(([, rows]) => rows.length > 0)

    expect(left.map(([name]) => name).toSorted()).toEqual(KEPT)
  })

  it('touches no row of another shop, nor of nobody’s', async () => {
    const after = await countRows(db, shapes)
    const ofShops = new Set(shopTables(db).map(({ name }) => name))
    const wrong = Object.keys(before).filter((name) => {
      const gone = (before[name] ?? 0) - (after[name] ?? 0)
      if (name === 'events') return gone !== 1_201
      // As many as the database itself makes of the audience and its member.
      if (name === 'audience_counts') return gone < 1
      return gone !== (ofShops.has(name) && !KEPT.includes(name) ? 1 : 0)
    })

    // Full-text search goes with its products.
    expect(wrong.filter((name) => !name.startsWith('product_search'))).toEqual([])
    expect(await rowsOfShop(db, OTHER)).toEqual(other)
  })

  it('leaves rows of another shop that have the same keys as its own', async () => {
    const [erased, kept] = [5, 6]
    for (const { table, owner } of shopTables(db).filter(({ name }) => !KEPT.includes(name))) {
      for (const row of await db.sql.select().from(table).where(eq(owner, kept))) {
        const twin = { ...row, shopId: erased }
        await db.sql.insert(table).values(twin).onConflictDoNothing()
      }
    }
    const whole = await rowsOfShop(db, kept)
    expect((await rowsOfShop(db, erased))['product_words']).toHaveLength(2)
    await eraseRows(db, erased, { signal: new AbortController().signal, report: async () => {} })

    expect((await rowsOfShop(db, erased))['product_words']).toEqual([])
    expect(await rowsOfShop(db, kept)).toEqual(whole)
  })

  it('leaves nothing of its products in full-text search', async () => {
    const found = await rowsOf<{ id: number }>(db, 'SELECT rowid AS id FROM product_search')

    expect(found.map(({ id }) => id)).toContain(OTHER)
    expect(found.map(({ id }) => id)).not.toContain(SHOP)
  })

  it('goes on in pieces, and tells of each', () => {
    expect(told.filter((text) => text.startsWith('events '))).toHaveLength(3)
    expect(told.length).toBeGreaterThan(30)
  })

  it('finds nothing to do the next time', async () => {
    const report = vi.fn<() => Promise<void>>()
    await eraseRows(db, SHOP, { signal: new AbortController().signal, report })

    expect(report).not.toHaveBeenCalled()
  })

  it('stops between two pieces when it is told to', async () => {
    const erasing = eraseRows(db, OTHER, { signal: AbortSignal.abort(), report: async () => {} })

    await expect(erasing).rejects.toThrow('aborted')
    expect(await rowsOf(db, 'SELECT id FROM customers WHERE shop_id = $1', [OTHER])).toHaveLength(1)
  })
})

/** `fillTables` leaves SQLite's full-text search alone, which keeps its own tables. */
async function makeFound(db: Database): Promise<void> {
  if (db.raw.dialect === 'postgres') return
  for (const row of [SHOP, OTHER]) {
    const statement = 'INSERT INTO product_search (rowid, main, whole) VALUES ($1, $2, $3)'
    await rowsOf(db, statement, [row, 'word', 'word'])
  }
}

async function addEvents({ sql, t }: Database, count: number): Promise<void> {
  for (let from = 0; from < count; from += 100) {
    await sql.insert(t.events).values(
      Array.from({ length: 100 }, (_, at) => ({
        shopId: SHOP,
        id: Buffer.from(`event ${from + at}`),
        type: 'page' as const,
        at: 0,
        receivedAt: 0,
        clientSeq: 0,
        url: '',
        verified: false,
      })),
    )
  }
}
