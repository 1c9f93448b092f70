import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ProductSchema, type ProductDraft } from '#protocol/catalog.ts'
import { spellingsNear } from '#server/catalog/spelling.ts'
import { createCatalog, type Catalog } from '#server/catalog/service.ts'
import { COMMAND } from '#server/core/actor.ts'
import { createLog } from '#server/core/log.ts'
import type { Database } from '#server/db/database.ts'
import { newSecretBox } from '../../support/background.ts'
import { eachDatabase, rowsOf, type FreshDatabase } from '../../support/databases.ts'
import { insertShop, NOW } from '../../support/ingestion.ts'

const MUG: ProductDraft = ProductSchema.parse({
  sku: 'AB-12/x',
  name: 'Taza de cerámica',
  description: 'Hecha a mano',
  url: 'https://shop.example/taza',
  imageUrls: ['https://shop.example/taza.jpg'],
  price: { amount: 1_250, currency: 'EUR' },
  compareAtPrice: { amount: 1_500, currency: 'EUR' },
  categories: ['Cocina', 'Tazas'],
  brand: 'Ñandú',
  tags: ['nuevo'],
  attributes: {
    glaze: 'mate',
    colours: ['azul', 'gris'],
    litres: 0.3,
    isSafe: true,
    since: { date: '2026-04-01' },
  },
  stock: 4,
  translations: { en: { name: 'Stoneware mug' }, 'de-AT': { name: 'Häferl' } },
  variants: [
    { id: 'b', sku: 'AB-12/blue', price: { amount: 1_300, currency: 'EUR' }, stock: 2 },
    { id: 'g', attributes: { size: 'gigante' } },
  ],
})

eachDatabase('the catalogue', (fresh) => {
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

  async function startCatalog() {
    const clock = { now: NOW }
    const catalog = createCatalog({
      db,
      now: () => clock.now,
      log: createLog('silent'),
      box: newSecretBox(),
      activeProducts: async () => new Set<string>(),
    })
    return { catalog, clock, shopId: await insertShop(db) }
  }

  const named = (name: string, more: object = {}): ProductDraft =>
    ProductSchema.parse({ name, ...more })

  async function idsFor(catalog: Catalog, shopId: number, search: string, limit = 50) {
    const { items } = await catalog.listProducts(shopId, { search, marks: [], limit })
    return items.map(({ id }) => id)
  }

  it('gives a product back as it was told', async () => {
    const { catalog, shopId } = await startCatalog()

    const { result, ...put } = await catalog.putProduct(shopId, 'mug-1', MUG)

    expect(result).toBe('created')
    expect(put).toEqual({ ...MUG, id: 'mug-1', source: 'api', createdAt: NOW, updatedAt: NOW })
    expect(await catalog.findProduct(shopId, 'mug-1')).toEqual(put)
  })

  it('writes only what is news', async () => {
    const { catalog, clock, shopId } = await startCatalog()
    await catalog.putProduct(shopId, 'mug-1', MUG)
    clock.now += 1_000

    const again = await catalog.putProduct(shopId, 'mug-1', MUG)
    const changed = await catalog.putProduct(shopId, 'mug-1', { ...MUG, stock: 0 })

    expect(again).toMatchObject({ result: 'unchanged', updatedAt: NOW })
    expect(changed).toMatchObject({ result: 'changed', updatedAt: NOW + 1_000, createdAt: NOW })
  })

  it('keeps one product of two that are told at once', async () => {
    const { catalog, shopId } = await startCatalog()
    const names = Array.from({ length: 8 }, (_, i) => `Mug number ${i}`)

    await Promise.all(names.map((name) => catalog.putProduct(shopId, 'mug-1', named(name))))

    const [row] = await rowsOf<{ count: number }>(
      db,
      'SELECT count(*) AS count FROM products WHERE shop_id = $1',
      [shopId],
    )
    expect(row?.count).toBe(1)
    expect(await idsFor(catalog, shopId, 'mug number')).toEqual(['mug-1'])
  })

  it('takes or refuses each of many by itself', async () => {
    const { catalog, shopId } = await startCatalog()
    const price = { amount: 100, currency: 'XYZ' }
    const lines = [
      { id: 'a', name: 'A' },
      { name: 'nameless' },
      { id: 'b' },
      { id: 'c', name: 'C', price },
      { id: 'd', name: 'D', colour: 'red' },
      { id: 'a', name: 'A again' },
      null,
    ]

    const results = await catalog.putProducts(shopId, lines, 'api')

    expect(results.map(({ result }) => result)).toEqual([
      'created',
      'refused',
      'refused',
      'refused',
      'refused',
      'created',
      'refused',
    ])
    expect(results[2]).toMatchObject({ id: 'b', fault: expect.stringContaining('name') })
    expect(results[3]).toMatchObject({ id: 'c', fault: expect.stringContaining('XYZ') })
    expect(await catalog.findProduct(shopId, 'a')).toMatchObject({ name: 'A again' })
  })

  it('pages through all of them, whatever is changed meanwhile', async () => {
    const { catalog, shopId } = await startCatalog()
    const lines = Array.from({ length: 25 }, (_, i) => ({ id: `p${i}`, name: `Product ${i}` }))
    await catalog.putProducts(shopId, lines, 'api')
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const page = await catalog.listProducts(shopId, { marks: [], limit: 10, cursor })
      seen.push(...page.items.map(({ id }) => id))
      await catalog.putProduct(shopId, 'p3', named(`Changed ${seen.length}`))
      cursor = page.nextCursor ?? undefined
    } while (cursor !== undefined)

    expect(seen).toEqual(lines.map(({ id }) => id))
  })

  it.each([
    { kind: 'brand', value: 'Ñandú' },
    { kind: 'category', value: 'Tazas' },
    { kind: 'tag', value: 'nuevo' },
    { kind: 'stock', value: 'in' },
    { kind: 'state', value: 'active' },
  ] as const)('lists those whose $kind is $value', async ({ kind, value }) => {
    const { catalog, shopId } = await startCatalog()
    const other = { state: 'hidden', stock: 0, brand: 'Other', tags: ['old'], categories: ['X'] }
    await catalog.putProduct(shopId, 'mug-1', MUG)
    await catalog.putProduct(shopId, 'other', named('Taza', other))
    const list = async (search?: string) => {
      const query = { marks: [[kind, value] as const], limit: 10, search }
      const { items } = await catalog.listProducts(shopId, query)
      return items.map(({ id }) => id)
    }

    expect(await list()).toEqual(['mug-1'])
    expect(await list('taza')).toEqual(['mug-1'])
    await catalog.putProduct(shopId, 'mug-1', {
      ...MUG,
      ...ProductSchema.parse({ ...other, name: 'x' }),
    })
    expect(await list()).toEqual([])
  })

  it.each([
    { by: 'its name', search: 'taza ceramica' },
    { by: 'the beginning of a word', search: 'Taza cerá' },
    { by: 'its name in another language', search: 'stoneware MUG' },
    { by: 'accents that another language writes', search: 'haferl' },
    { by: 'its SKU', search: 'AB-12/x' },
    { by: 'its SKU written otherwise', search: 'ab12X' },
    { by: 'the SKU of a variant', search: 'AB12blue' },
    { by: 'its id', search: 'mug-1' },
    { by: 'its brand', search: 'nandu' },
    { by: 'a category', search: 'cocina' },
    { by: 'a text attribute', search: 'mate' },
    { by: 'an entry of a list attribute', search: 'gris' },
    { by: 'an attribute of a variant', search: 'gigante' },
    { by: 'words of different places', search: 'taza gris nuevo' },
    { by: 'a name with a letter missing', search: 'cermica' },
    { by: 'a name with a letter too many', search: 'cerammica' },
    { by: 'a name with another letter', search: 'cerimica taza' },
    { by: 'a name with letters swapped', search: 'ecramica' },
    { by: 'a brand with another letter', search: 'nantu' },
    { by: 'an attribute with a letter missing', search: 'gigate' },
    { by: 'an SKU with another letter', search: 'AB12blux' },
  ])('finds a product by $by', async ({ search }) => {
    const { catalog, shopId } = await startCatalog()
    await catalog.putProduct(shopId, 'mug-1', MUG)
    await catalog.putProduct(shopId, 'other', named('Plato hondo', { sku: 'ZZ-9', brand: 'Other' }))

    expect(await idsFor(catalog, shopId, search)).toEqual(['mug-1'])
  })

  it.each(['tazas de plata', 'hecha a mano', 'xyz', '" OR main : *', "')':*", '%', '-', 'NOT'])(
    'finds nothing by %j',
    async (search) => {
      const { catalog, shopId } = await startCatalog()
      await catalog.putProduct(shopId, 'mug-1', MUG)

      expect(await idsFor(catalog, shopId, search)).toEqual([])
    },
  )

  it('puts what fits best first', async () => {
    const { catalog, shopId } = await startCatalog()
    await catalog.putProduct(shopId, 'near', named('Cordless drinl'))
    await catalog.putProduct(
      shopId,
      'attribute',
      named('Bit set', { attributes: { fits: 'drill' } }),
    )
    await catalog.putProduct(shopId, 'name', named('Hammer drill'))
    await catalog.putProduct(shopId, 'sku', named('Box', { sku: 'drill' }))

    expect(await idsFor(catalog, shopId, 'drill')).toEqual(['sku', 'name', 'attribute', 'near'])
    expect(await idsFor(catalog, shopId, 'drill', 2)).toEqual(['sku', 'name'])
  })

  it('finds nothing by what a product was, or of what is gone', async () => {
    const { catalog, shopId } = await startCatalog()
    await catalog.putProduct(shopId, 'mug-1', named('Old name'))
    await catalog.putProduct(shopId, 'mug-1', named('Newer label'))
    await catalog.putProduct(shopId, 'mug-2', named('Newer label'))

    expect(await idsFor(catalog, shopId, 'old')).toEqual([])
    await catalog.removeProduct(shopId, 'mug-1', COMMAND)
    expect(await idsFor(catalog, shopId, 'newer')).toEqual(['mug-2'])
    await expect(catalog.removeProduct(shopId, 'mug-1', COMMAND)).rejects.toMatchObject({
      code: 'not_found',
    })
    await expect(catalog.findProduct(shopId, 'mug-1')).rejects.toMatchObject({ code: 'not_found' })
  })

  it('shows and changes nothing of another shop', async () => {
    const { catalog, shopId } = await startCatalog()
    const other = await insertShop(db)
    await catalog.putProduct(shopId, 'mug-1', MUG)
    await catalog.putProduct(other, 'mug-1', named('Taza ajena'))

    expect(await idsFor(catalog, other, 'taza')).toEqual(['mug-1'])
    expect(await idsFor(catalog, other, 'ceramica')).toEqual([])
    expect((await catalog.listProducts(other, { marks: [], limit: 10 })).items).toHaveLength(1)
    await catalog.removeProduct(other, 'mug-1', COMMAND)
    expect(await catalog.findProduct(shopId, 'mug-1')).toMatchObject({ name: MUG.name })
    expect(await idsFor(catalog, shopId, 'ceramica')).toEqual(['mug-1'])
  })
})

describe('the spellings of a word', () => {
  it('are all those that one letter makes, and few', () => {
    const near = spellingsNear('mugs')

    for (const meant of ['mug', 'mugss', 'bugs', 'mgus', 'smugs', 'mugs2']) {
      expect(near.includes(meant) || meant === 'mug').toBe(true)
    }
    expect(near).toContain('mug')
    expect(near).not.toContain('mugs')
    expect(near.length).toBeLessThan(400)
    expect(spellingsNear('mug')).toEqual([])
    expect(spellingsNear('чашки')).toContain('чашка')
  })
})
