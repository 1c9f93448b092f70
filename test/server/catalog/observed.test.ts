import { afterAll, beforeAll, expect, it } from 'vitest'
import { ProductSchema } from '#protocol/catalog.ts'
import { createCatalog } from '#server/catalog/service.ts'
import { createLog } from '#server/core/log.ts'
import type { Database } from '#server/db/database.ts'
import { productsSeen } from '#server/events/service.ts'
import { newSecretBox } from '../../support/background.ts'
import { eachDatabase, type FreshDatabase } from '../../support/databases.ts'
import { insertShop, NOW } from '../../support/ingestion.ts'

eachDatabase('products that pages show', (fresh) => {
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

  async function startObserving() {
    const catalog = createCatalog({
      db,
      now: () => NOW,
      log: createLog('silent'),
      box: newSecretBox(),
      activeProducts: async () => new Set<string>(),
    })
    const shopId = await insertShop(db)
    return {
      catalog,
      shopId,
      show: async (name: string, ...shown: Record<string, unknown>[]) => {
        const events = shown.map((properties) => ({ name, properties }))
        catalog.observed.see(shopId, productsSeen(events))
        await catalog.observed.writeSeen()
      },
    }
  }

  it('become the catalogue of a shop that told of none, marked as observed', async () => {
    const { catalog, shopId, show } = await startObserving()

    await show(
      'Product Observed',
      { product_id: 'a', name: 'Mug', price: 12.5, currency: 'EUR', brand: 'Acme', glaze: 'matt' },
      { product_id: 'b', name: 'Lamp', price: 5, image_url: 'https://x.example/b.jpg' },
    )
    await show('Product Viewed', { product_id: 'a', category: 'Kitchen' })
    await show('Product Added', { product_id: 'c', name: 'Only added' })

    expect(await catalog.findProduct(shopId, 'a')).toMatchObject({
      name: 'Mug',
      price: { amount: 1_250, currency: 'EUR' },
      brand: 'Acme',
      categories: ['Kitchen'],
      source: 'observed',
    })
    const lamp = await catalog.findProduct(shopId, 'b')
    expect(lamp).toMatchObject({ imageUrls: ['https://x.example/b.jpg'] })
    expect(lamp).not.toHaveProperty('price')
    await expect(catalog.findProduct(shopId, 'c')).rejects.toMatchObject({ code: 'not_found' })
    const list = await catalog.listProducts(shopId, {
      marks: [['source', 'observed']],
      limit: 10,
    })
    expect(list.items.map(({ id }) => id)).toEqual(['a', 'b'])
  })

  it('change nothing that somebody else has told', async () => {
    const { catalog, shopId, show } = await startObserving()
    await show('Product Observed', { product_id: 'a', name: 'Seen' })
    const told = ProductSchema.parse({ name: 'Told' })
    await catalog.putProduct(shopId, 'a', told)

    await show('Product Observed', { product_id: 'a', name: 'Seen again', brand: 'Acme' })

    expect(await catalog.findProduct(shopId, 'a')).toMatchObject({ ...told, source: 'api' })
    expect(await catalog.findProduct(shopId, 'a')).not.toHaveProperty('brand')
  })

  it('take nothing from a page that the catalogue could not keep', async () => {
    const { catalog, shopId, show } = await startObserving()

    await show(
      'Product Observed',
      { product_id: 'a', name: 'x'.repeat(10_000), url: 'data:text/html,x' },
      { product_id: 'b', name: 'B' },
    )

    const { items } = await catalog.listProducts(shopId, { marks: [], limit: 10 })
    expect(items.find(({ id }) => id === 'a')).not.toHaveProperty('url')
    expect(items.map(({ id }) => id)).toContain('b')
  })
})
