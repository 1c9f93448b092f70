import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { ProductSchema } from '#protocol/catalog.ts'
import type { FileImport, FileMapping } from '#protocol/imports.ts'
import { createCatalog, createFileImports } from '#server/catalog/service.ts'
import { COMMAND } from '#server/core/actor.ts'
import { createLog } from '#server/core/log.ts'
import type { Database } from '#server/db/database.ts'
import { newSecretBox } from '../../support/background.ts'
import { eachDatabase, rowsOf, type FreshDatabase } from '../../support/databases.ts'
import { insertShop, NOW } from '../../support/ingestion.ts'

const MANY = process.env.TEST_LONG === '1' ? 100_000 : 3_000

async function* piecesOf(file: string, size = 10_000): AsyncIterable<Buffer> {
  const bytes = Buffer.from(file)
  for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size)
}

eachDatabase('importing products', (fresh, dialect) => {
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

  async function startImports(on = db, ofShop?: number) {
    const clock = { now: NOW }
    const now = () => clock.now
    const catalog = createCatalog({
      db: on,
      now,
      log: createLog('silent'),
      box: newSecretBox(),
      activeProducts: async () => new Set<string>(),
    })
    const imports = createFileImports({
      db: on,
      now,
      log: createLog('silent'),
      currencyOf: async () => 'EUR',
      kinds: [catalog.productImport],
    })
    const shopId = ofShop ?? (await insertShop(on))
    const find = (id: string) => imports.find(shopId, 'products', id)
    const until = async (id: string, state: FileImport['state']) => {
      await vi.waitFor(async () => expect((await find(id)).state).toBe(state), {
        timeout: 110_000,
        interval: 20,
      })
      return find(id)
    }
    return {
      catalog,
      imports,
      clock,
      shopId,
      until,
      upload: (file: string) => imports.upload(shopId, 'products', piecesOf(file)),
      /** Uploads and reads it, with the mapping that was guessed unless another is given. */
      read: async (file: string, mapping?: FileMapping) => {
        const { id, mapping: guessed } = await imports.upload(shopId, 'products', piecesOf(file))
        await imports.start(shopId, 'products', id, { mapping: mapping ?? guessed, by: COMMAND })
        return until(id, 'done')
      },
      ids: async () => {
        const { items } = await catalog.listProducts(shopId, { marks: [], limit: 100 })
        return items.map(({ id }) => id)
      },
    }
  }

  it('guesses what the columns are, and writes nothing before it is started', async () => {
    const { upload, ids } = await startImports()

    const shown = await upload(
      'Handle;Title;Vendor;Variant Price;Qty;g:color;Image Src;Other\nmug;Taza;Ñandú;12,50;3;azul;https://x.example/a.jpg;-\n',
    )

    expect(shown).toMatchObject({
      state: 'uploaded',
      format: 'csv',
      lines: 2,
      sample: [['mug', 'Taza', 'Ñandú', '12,50', '3', 'azul', 'https://x.example/a.jpg', '-']],
      mapping: {
        fields: {
          id: 'Handle',
          name: 'Title',
          brand: 'Vendor',
          price: 'Variant Price',
          stock: 'Qty',
          imageUrl: 'Image Src',
        },
        attributes: [{ name: 'color', column: 'g:color', type: 'text' }],
        decimal: ',',
      },
    })
    expect(await ids()).toEqual([])
  })

  it('reads a table as shops write them', async () => {
    const { read, catalog, shopId } = await startImports()
    const done = await read(
      [
        'id,title,price,sale_price,availability,product_type,image_link,additional_image_link,brand,tags,status,color',
        'a,"Mug, big",15.00 USD,12.00 USD,in_stock,Home > Kitchen,https://x.example/1.jpg,"https://x.example/2.jpg,https://x.example/3.jpg",Acme,new|blue,active,blue',
        'b,Lamp,"1,234.50",,out of stock,Home,,,,,draft,',
      ].join('\r\n'),
    )

    expect(done).toMatchObject({ created: 2, faultCount: 0, doneLines: 3, isUndoable: true })
    expect(await catalog.findProduct(shopId, 'a')).toMatchObject({
      name: 'Mug, big',
      price: { amount: 1_200, currency: 'USD' },
      compareAtPrice: { amount: 1_500, currency: 'USD' },
      stock: null,
      categories: ['Home', 'Kitchen'],
      imageUrls: ['https://x.example/1.jpg', 'https://x.example/2.jpg', 'https://x.example/3.jpg'],
      brand: 'Acme',
      tags: ['new', 'blue'],
      attributes: { color: 'blue' },
      source: 'import',
    })
    expect(await catalog.findProduct(shopId, 'b')).toMatchObject({
      price: { amount: 123_450, currency: 'EUR' },
      stock: 0,
      state: 'hidden',
      attributes: {},
    })
  })

  it('reads an object of JSON a line, of our own shape too', async () => {
    const { read, catalog, shopId } = await startImports()
    const own = {
      id: 'own',
      name: 'Own',
      price: { amount: 990, currency: 'CLP' },
      attributes: { litres: 0.5, since: { date: '2026-04-01' }, sizes: ['S', 'M'] },
      variants: [{ id: 'v1', stock: 2 }],
      translations: { es: { name: 'Propio' } },
    }
    const file = [own, { id: 7, name: 'Seven', price: 7.5 }].map((it) => JSON.stringify(it))

    const done = await read(`${file.join('\n')}\n\n{"id": "broken"\n`)

    expect(done).toMatchObject({ format: 'jsonl', created: 2, faultCount: 1 })
    expect(done.faults).toEqual([{ line: 4, fault: 'bad_line', detail: expect.any(String) }])
    expect(await catalog.findProduct(shopId, 'own')).toMatchObject({
      ...own,
      variants: [{ id: 'v1', stock: 2, attributes: {} }],
    })
    expect(await catalog.findProduct(shopId, '7')).toMatchObject({
      price: { amount: 750, currency: 'EUR' },
    })
  })

  it('says of each line that it leaves out what is wrong with it', async () => {
    const { read, imports, shopId, ids } = await startImports()
    const fields = { id: 'id', name: 'name', price: 'price', stock: 'stock', state: 'state' }
    const attributes = [{ name: 'born', column: 'born', type: 'date' as const }]
    const done = await read(
      [
        'id,name,price,stock,state,born',
        'good,Good,1.50,2,active,2026-04-01',
        ',Nameless,1,1,,',
        'b,,1,1,,',
        'c,C,cheap,1,,',
        'd,D,1,some,,',
        'e,E,1,1,gone,',
        'f,F,1,1,,yesterday',
        'g,G,1 QQQ,1,,',
      ].join('\n'),
      { fields, attributes, decimal: '.' },
    )

    const all = await imports.faults(shopId, 'products', done.id)
    expect(all.map(({ line, fault }) => `${line} ${fault}`)).toEqual([
      '3 no_id',
      '4 no_name',
      '5 bad_price',
      '6 bad_number',
      '7 bad_state',
      '8 bad_date',
      '9 bad_price',
    ])
    expect(done).toMatchObject({ created: 1, faultCount: 7 })
    expect(await ids()).toEqual(['good'])
  })

  it('changes what its columns tell, and nothing else of a product', async () => {
    const { read, catalog, shopId, clock } = await startImports()
    const whole = { name: 'Mug', brand: 'Acme', stock: 4, attributes: { glaze: 'matt', size: 'L' } }
    await catalog.putProduct(shopId, 'a', ProductSchema.parse(whole))
    await catalog.putProduct(shopId, 'b', ProductSchema.parse({ name: 'Same', stock: 1 }))
    clock.now += 1_000

    const done = await read('id,stock\na,9\nb,1\nnew,5\n')

    expect(done).toMatchObject({ created: 0, changed: 1, unchanged: 1, faultCount: 1 })
    expect(await catalog.findProduct(shopId, 'a')).toMatchObject({ ...whole, stock: 9 })
    expect(await catalog.findProduct(shopId, 'b')).toMatchObject({ source: 'api', updatedAt: NOW })
  })

  it('undoes: what was there is there again, and what has been changed since stays', async () => {
    const { read, imports, catalog, shopId, until } = await startImports()
    for (const id of ['a', 'b', 'c']) {
      await catalog.putProduct(shopId, id, ProductSchema.parse({ name: `Old ${id}`, stock: 1 }))
    }
    const before = await catalog.findProduct(shopId, 'a')
    const { id } = await read('id,name\na,New a\na,Newest a\nb,New b\nc,New c\nd,New d\ne,New e\n')
    await catalog.putProduct(shopId, 'b', ProductSchema.parse({ name: 'Mine' }))
    await catalog.putProduct(shopId, 'e', ProductSchema.parse({ name: 'Mine too' }))
    await catalog.removeProduct(shopId, 'c', COMMAND)

    await imports.undo(shopId, 'products', id, COMMAND)
    const undone = await until(id, 'undone')

    expect(undone).toMatchObject({ isUndoable: false, undone: 2 })
    expect(await catalog.findProduct(shopId, 'a')).toEqual(before)
    expect(await catalog.findProduct(shopId, 'b')).toMatchObject({ name: 'Mine' })
    expect(await catalog.findProduct(shopId, 'e')).toMatchObject({ name: 'Mine too' })
    const { items } = await catalog.listProducts(shopId, { marks: [], limit: 10, search: 'new' })
    expect(items).toEqual([])
    await expect(catalog.findProduct(shopId, 'd')).rejects.toMatchObject({ code: 'not_found' })
    await expect(imports.undo(shopId, 'products', id, COMMAND)).rejects.toMatchObject({
      code: 'conflict',
    })
  })

  it(
    `reads and takes back ${MANY} products, whoever is stopped meanwhile`,
    { timeout: 240_000 },
    async () => {
      const { shopId, imports, catalog, upload } = await startImports()
      await catalog.putProduct(shopId, 'p7', ProductSchema.parse({ name: 'Mine', stock: 7 }))
      const lines = Array.from(
        { length: MANY },
        (_, i) => `p${i},"Product, number ${i}",${i}.5,${i}`,
      )
      const file = `id,name,price,stock\n${lines.join('\n')}\nbroken,,,\n`
      const { id, mapping } = await upload(file)

      await imports.start(shopId, 'products', id, { mapping, by: COMMAND })
      await imports.drain()
      const other = await startImports(db, shopId)
      const halfway = await other.imports.find(shopId, 'products', id)
      await other.imports.resume()
      const done = await other.until(id, 'done')

      expect(halfway.created).toBeLessThan(MANY)
      expect(done).toMatchObject({
        created: MANY - 1,
        changed: 1,
        faultCount: 1,
        doneLines: MANY + 2,
      })
      expect(await countOf(db, 'file_import_chunks', shopId)).toBe(0)
      expect(await countOf(db, 'products', shopId)).toBe(MANY)

      await other.imports.undo(shopId, 'products', id, COMMAND)
      await other.imports.drain()
      const third = await startImports(db, shopId)
      await third.imports.resume()
      expect(await third.until(id, 'undone')).toMatchObject({ undone: MANY })
      expect(await countOf(db, 'products', shopId)).toBe(1)
      expect(await countOf(db, 'product_import_changes', shopId)).toBe(0)
      expect(await catalog.findProduct(shopId, 'p7')).toMatchObject({ name: 'Mine', stock: 7 })
    },
  )

  it('goes on where a node that died has left it, once its lease is over', async () => {
    const { upload, shopId, clock, imports, until } = await startImports()
    const { id } = await upload('id,name\na,A\n')
    const mapping = JSON.stringify({
      fields: { id: 'id', name: 'name' },
      attributes: [],
      decimal: '.',
    })
    await rowsOf(
      db,
      `UPDATE file_imports SET state = 'running', mapping = $1,
              lease_holder = 'dead', lease_until = $2 WHERE shop_id = $3`,
      [mapping, clock.now + 1_000, shopId],
    )

    expect(await imports.find(shopId, 'products', id)).toMatchObject({
      state: 'running',
      created: 0,
    })
    clock.now += 1_001
    expect(await until(id, 'done')).toMatchObject({ created: 1 })
  })

  it('refuses wrong mappings, a second start, empty files and another shop’s import', async () => {
    const { imports, shopId, upload } = await startImports()
    const other = await startImports()
    const { id } = await upload('id,name\na,A\n')
    const start = (fields: Record<string, string>, shop = shopId) =>
      imports.start(shop, 'products', id, {
        mapping: { fields, attributes: [], decimal: '.' },
        by: COMMAND,
      })
    const bad = { code: 'bad_request' }

    await expect(start({ id: 'ID' })).rejects.toMatchObject(bad)
    await expect(start({ name: 'name' })).rejects.toMatchObject(bad)
    await expect(start({ id: 'id', shopId: 'name' })).rejects.toMatchObject(bad)
    await expect(start({ id: 'id' }, other.shopId)).rejects.toMatchObject({ code: 'not_found' })
    await expect(imports.undo(shopId, 'products', id, COMMAND)).rejects.toMatchObject({
      code: 'conflict',
    })
    await start({ id: 'id', name: 'name' })
    await expect(start({ id: 'id', name: 'name' })).rejects.toMatchObject({ code: 'conflict' })
    await expect(upload('')).rejects.toMatchObject(bad)
    await imports.drain()
  })

  // On SQLite there is one.
  if (dialect === 'sqlite') return

  it('is read by one of two nodes', async () => {
    const { shopId, upload, imports, until } = await startImports()
    const there = await database.open()
    try {
      const other = await startImports(there, shopId)
      const lines = Array.from({ length: 1_500 }, (_, i) => `p${i},Product ${i}`)
      const { id, mapping } = await upload(`id,name\n${lines.join('\n')}\n`)

      await imports.start(shopId, 'products', id, { mapping, by: COMMAND })
      await Promise.all([other.imports.resume(), imports.resume(), other.imports.resume()])

      expect(await until(id, 'done')).toMatchObject({ created: 1_500, unchanged: 0, changed: 0 })
      await Promise.all([imports.drain(), other.imports.drain()])
    } finally {
      await there.close()
    }
  })
})

async function countOf(db: Database, table: string, shopId: number): Promise<number> {
  const text = `SELECT count(*) AS count FROM ${table} WHERE shop_id = $1`
  const [row] = await rowsOf<{ count: number }>(db, text, [shopId])
  return Number(row?.count)
}
