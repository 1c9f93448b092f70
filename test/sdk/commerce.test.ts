import { describe, expect, it } from 'vitest'
import { openPage } from './shop-page.ts'

const gtag = (...args: unknown[]) => Object.assign({ length: args.length }, args)
const item = { item_id: 'A1', item_name: 'Shoe', price: 10 }
const withLayer =
  (...entries: unknown[]) =>
  (window: { dataLayer?: unknown[] }) =>
    void (window.dataLayer = entries)

describe('the dataLayer', () => {
  it('is read from its first entry, after the page view, in the same request', async () => {
    const viewed = { event: 'view_item', ecommerce: { currency: 'EUR', value: 10, items: [item] } }
    const page = await openPage({
      prepare: withLayer({ ecommerce: null }, viewed, { event: 'gtm.js' }),
    })

    expect(page.batches).toHaveLength(1)
    expect(page.names()).toEqual(['page', 'view_item'])
    expect(page.events()[1]?.properties).toEqual({ currency: 'EUR', value: 10, items: [item] })
  })

  it('is read as gtag() arguments, without what names the visitor', async () => {
    const purchase = { transaction_id: 'T1', value: 10, user_data: { email: 'a@b.de' } }
    const page = await openPage({ prepare: withLayer() })
    page.window.dataLayer?.push(gtag('js', new Date()), gtag('event', 'purchase', purchase))
    await page.pass(3_000)

    expect(page.events()[1]).toMatchObject({ type: 'track', name: 'purchase' })
    expect(page.events()[1]?.properties).toEqual({ transaction_id: 'T1', value: 10 })
  })

  it('stays the page’s own array, whose push returns what it did', async () => {
    const layer: unknown[] = []
    const page = await openPage({ prepare: (window) => void (window.dataLayer = layer) })

    expect(page.window.dataLayer).toBe(layer)
    expect(layer.push({ event: 'login', method: 'mail' })).toBe(1)
    await page.pass(3_000)
    expect(page.events()[1]).toMatchObject({ name: 'login', properties: { method: 'mail' } })
  })

  it('may come after the tag, and under another name', async () => {
    const page = await openPage({ settings: { layer: 'shopLayer' } })
    const search = { event: 'search', search_term: 'red shoes', secret_thing: 1 }
    Object.assign(page.window, { shopLayer: [search] })
    page.fire('window', 'load')
    await page.pass(3_000)

    expect(page.events()[1]).toMatchObject({
      name: 'search',
      properties: { search_term: 'red shoes' },
    })
  })

  it('gives no more than 200 items', async () => {
    const items = Array.from({ length: 300 }, (_, i) => ({ item_id: `${i}` }))
    const page = await openPage({ prepare: withLayer(gtag('event', 'view_cart', { items })) })

    expect(page.events()[1]?.properties?.['items']).toHaveLength(200)
  })

  it.each([
    null,
    7,
    'x',
    [],
    {},
    { event: {} },
    gtag('event'),
    gtag('consent', 'update'),
    { event: 'page_view' },
    { event: 'view_search_results' },
    { event: 'select_content' },
    { event: 'purchase_later' },
    { event: 'my_search' },
  ])('survives the entry %j', async (entry) => {
    const page = await openPage({ prepare: withLayer(entry) })
    page.window.dataLayer?.push(entry)
    await page.pass(5_000)

    expect(page.events()).toHaveLength(1)
    expect(page.warnings).toEqual([])
  })
})

describe('gp.cart', () => {
  it('sends the whole cart', async () => {
    const page = await openPage()
    void page.gp.cart({ cart_id: 'c', products: [{ product_id: 'p', quantity: 2 }] })
    await page.pass(3_000)

    expect(page.events()[1]).toMatchObject({
      name: 'Cart Updated',
      properties: { cart_id: 'c', products: [{ product_id: 'p', quantity: 2 }] },
    })
  })
})
