import { getTableColumns, getTableName } from 'drizzle-orm'
import { gunzipSync } from 'node:zlib'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Database } from '#server/db/database.ts'
import { exportedTables } from '#server/export/exported-tables.ts'
import { LEFT_OUT_TABLES } from '#server/export/left-out.ts'
import { createExports, type Exports } from '#server/export/service.ts'
import { eachDatabase, rowsOf, type FreshDatabase } from '../../support/databases.ts'
import { fillTables, tablesOf } from '../../support/filled-rows.ts'

/** `fillTables` gives each table one row of each of seven shops, whose texts have the shop's number. */
const SHOP = 3
const shop = {
  id: SHOP,
  name: 'Tea',
  publicKey: 'pub_tea',
  consentMode: 'full',
  currency: 'EUR',
  timeZone: 'UTC',
  languages: ['en'],
  retentionMonths: null,
  origins: [],
} as const
const by = { kind: 'member', name: 'ana', address: '' } as const

const asked = (form: 'gzip' | 'plain') => ({ form, isStillAllowed: async () => true })

interface Line {
  readonly table?: string
  readonly columns?: Readonly<Record<string, string>>
  readonly row?: Readonly<Record<string, unknown>>
  readonly end?: { readonly rows: number }
}

eachDatabase('an export of a shop', (fresh) => {
  let database: FreshDatabase
  let db: Database
  let exports: Exports
  let lines: Line[]
  beforeAll(async () => {
    database = await fresh()
    db = await database.open()
    await fillTables(db, await tablesOf(db))
    await addCustomers(db, 1_234)
    exports = createExports({ db, now: () => 0, version: '0' })
    lines = await whole(await exports.begin(shop, by, asked('gzip')))
  })
  afterAll(async () => {
    await db.close()
    await database.remove()
  })

  const rowsIn = (table: string) =>
    lines.flatMap((line) => (line.table === table && line.row !== undefined ? [line.row] : []))

  it('has what is the shop’s of every table that is not left out, and says so first', () => {
    const owned = Object.values(db.t).filter((table) => 'shopId' in getTableColumns(table))
    const expected = owned.map(getTableName).filter((name) => !LEFT_OUT_TABLES.has(name))
    const empty = expected.filter((name) => rowsIn(name).length === 0)

    expect(expected.length).toBeGreaterThan(30)
    expect(empty).toEqual([])
    expect(rowsIn('shops')).toHaveLength(1)
    expect(rowsIn('members')).toMatchObject([{ id: SHOP, email: `{"text":${SHOP}}` }])
  })

  it('has nothing of another shop', () => {
    const others = lines.filter(
      ({ row }) => row?.['shopId'] !== undefined && row['shopId'] !== SHOP,
    )
    const texts = JSON.stringify(lines).match(/text\\*":\d+/g) ?? []

    expect(others).toEqual([])
    expect(new Set(texts.map((text) => text.replace(/\D+/, '')))).toEqual(new Set(['3']))
  })

  it('has every row of a long table once, whatever its key is made of', () => {
    const customers = rowsIn('customers').map(({ userId }) => userId)
    const listed = rowsIn('contact_list_members').map(({ value }) => value)

    expect(customers).toHaveLength(1_235)
    expect(new Set(customers).size).toBe(1_235)
    expect(listed).toHaveLength(1_235)
    expect(new Set(listed).size).toBe(1_235)
  })

  it('ends with how many rows it has', () => {
    expect(lines.at(-1)).toEqual({ end: { rows: lines.filter(({ row }) => row).length } })
  })

  it('has no column that sounds like a secret', () => {
    const suspicious = exportedTables(db).flatMap(({ name, columns }) =>
      Object.keys(columns)
        .filter((column) => /secret|token|password|code|hash/i.test(column))
        .map((column) => `${name}.${column}`),
    )

    // Digests of what is told anyhow, and words about secrets.
    expect(suspicious.toSorted()).toEqual([
      'audit_entries.hash',
      'audit_heads.checkedHash',
      'audit_heads.hash',
      'catalog_feeds.contentHash',
      'file_imports.hasHeader',
      'list_imports.hasHeader',
      'mails.isSecret',
      'products.contentHash',
      'webhooks.formerSecretUntil',
    ])
  })

  it('tells of a secret key and of a secret mail that they are there, and no more', async () => {
    await rowsOf(db, `UPDATE keys SET kind = 'secret' WHERE shop_id = $1`, [SHOP])
    const marked = db.raw.dialect === 'sqlite' ? '1' : 'true'
    await rowsOf(db, `UPDATE mails SET is_secret = ${marked} WHERE shop_id = $1`, [SHOP])
    const told = await whole(await exports.begin(shop, by, asked('plain')))
    const rowOf = (name: string) => told.find(({ table, row }) => table === name && row)?.row

    expect(rowOf('keys')).toMatchObject({ kind: 'secret', value: null })
    expect(rowOf('mails')).toMatchObject({ text: null, html: null, subject: '{"text":3}' })
  })

  it('writes bytes in Base64', () => {
    const header = lines.find(({ table, columns }) => table === 'customers' && columns)

    expect(header?.columns).toMatchObject({ publicId: 'bytes', id: 'number', tags: 'json' })
    expect(rowsIn('customers')[0]).toMatchObject({ publicId: Buffer.from([3]).toString('base64') })
  })

  it('is one at once, and lets the next begin when it is left', async () => {
    const first = await exports.begin(shop, by, asked('gzip'))
    const second = exports.begin(shop, by, asked('gzip'))

    await expect(second).rejects.toMatchObject({ code: 'too_many_requests' })
    first.destroy()
    await new Promise((resolve) => first.once('close', resolve))
    const third = await exports.begin(shop, by, asked('gzip'))
    expect((await whole(third)).at(-1)).toHaveProperty('end')
  })

  it('comes in pieces that a slow line takes in time', async () => {
    const pieces: Buffer[] = await (await exports.begin(shop, by, asked('plain'))).toArray()
    const sizes = pieces.map(({ length }) => length)

    expect(Math.max(...sizes)).toBe(64 * 1024)
  })

  it('does not say that it is whole where the shop was deleted meanwhile', async () => {
    const other = 7
    const stream = await exports.begin({ ...shop, id: other }, by, asked('plain'))
    await rowsOf(db, `UPDATE shops SET name = '' WHERE id = $1`, [other])

    await expect(whole(stream)).rejects.toThrow('deleted')
  })

  it('ends where whoever takes it may not any more, and does not say that it is whole', async () => {
    let pieces = 0
    const isStillAllowed = async () => (pieces += 1) < 5
    const stream = await exports.begin(shop, by, { form: 'plain', isStillAllowed })

    await expect(whole(stream)).rejects.toThrow('may not any more')
    expect(pieces).toBe(5)
    expect((await whole(await exports.begin(shop, by, asked('plain')))).at(-1)).toHaveProperty(
      'end',
    )
  })

  it('is noted in the audit log', async () => {
    const { length } = await rowsOf(
      db,
      `SELECT seq FROM audit_entries WHERE shop_id = $1 AND action = $2`,
      [SHOP, 'shop.exported'],
    )

    expect(length).toBeGreaterThan(0)
  })
})

async function whole(stream: Readable): Promise<Line[]> {
  const bytes = Buffer.concat(await stream.toArray())
  const text = (bytes[0] === 0x1f ? gunzipSync(bytes) : bytes).toString()
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Line)
}

async function addCustomers({ sql, t }: Database, count: number): Promise<void> {
  for (let from = 0; from < count; from += 100) {
    const numbers = Array.from({ length: Math.min(100, count - from) }, (_, at) => from + at)
    await sql.insert(t.customers).values(
      numbers.map((n) => ({
        shopId: SHOP,
        publicId: Buffer.from(`customer ${n}`),
        userId: `u${n}`,
        languages: [],
        tags: [],
        attributes: {},
        traitStamps: {},
        isVerified: false,
        createdAt: n,
        updatedAt: n,
      })),
    )
    await sql.insert(t.contactListMembers).values(
      numbers.map((n) => ({
        shopId: SHOP,
        listId: SHOP,
        kind: 'email' as const,
        value: `n${n}@shop.example`,
        addedAt: n,
      })),
    )
  }
}
