import { describe, expect, it } from 'vitest'
import { ALL, openPage, type ShopPage } from './shop-page.ts'

const PRODUCT = {
  '@type': 'Product',
  sku: 'S-1',
  name: 'Sofa',
  brand: { '@type': 'Brand', name: 'Casa' },
  gtin13: '4006381333931',
  offers: [{ price: '99.90', priceCurrency: 'EUR', availability: 'https://schema.org/InStock' }],
}
const jsonLd = (content: unknown) =>
  `<script type="application/ld+json">${typeof content === 'string' ? content : JSON.stringify(content)}</script>`
const OTHER = JSON.stringify({ ...PRODUCT, sku: 'S-2' })

function scriptOf({ window }: ShopPage): Element {
  return window.document.querySelector('script') ?? window.document.body
}

/** Another element that says the same. */
function likeOf(element: Element): Element {
  return element.cloneNode(true) as Element
}

describe('JSON-LD', () => {
  it.each([
    ['a product', PRODUCT],
    ['a list', [{ '@type': 'WebSite' }, PRODUCT]],
    ['a graph', { '@graph': [PRODUCT] }],
  ])('is sent as facts observed: %s', async (_, content) => {
    const page = await openPage({ html: jsonLd(content) })
    await page.pass(3_000)

    expect(page.events()[1]).toMatchObject({
      name: 'Product Observed',
      properties: {
        product_id: 'S-1',
        gtin: '4006381333931',
        brand: 'Casa',
        price: 99.9,
        currency: 'EUR',
        availability: 'InStock',
      },
    })
    expect(page.events()).toHaveLength(2)
  })

  it.each([
    ['none of what the route before has left', () => {}, 0],
    [
      'one of what is written anew, be it the same',
      (old: Element) => old.replaceWith(likeOf(old)),
      1,
    ],
    ['one of another product', (old: Element) => (old.textContent = OTHER), 1],
  ])('is read on the next route: %s', async (_, draw, count) => {
    const page = await openPage({ html: jsonLd(PRODUCT) })
    await page.pass(10)
    page.navigate('/other')
    draw(scriptOf(page))
    await page.pass(5_000)

    const observed = page.names().filter((name) => name === 'Product Observed')
    expect(observed).toHaveLength(1 + count)
  })

  it('is read once on a route that is drawn anew, and what comes to it later, too', async () => {
    const page = await openPage({ html: jsonLd(PRODUCT) })
    await page.pass(10)
    const old = scriptOf(page)
    const later = likeOf(old)
    later.textContent = OTHER
    old.replaceWith(likeOf(old), later)
    page.fire('window', 'load')
    await page.pass(5_000)

    const observed = page.events().filter(({ name }) => name === 'Product Observed')
    expect(observed.map(({ properties }) => properties?.['sku'])).toEqual(['S-1', 'S-2'])
  })

  it.each(['{', 'null', '[]', '"x"', '{"@type":{}}'])('survives %s', async (content) => {
    const page = await openPage({ html: jsonLd(content) })
    await page.pass(5_000)

    expect(page.names()).toEqual(['page'])
    expect(page.warnings).toEqual([])
  })
})

describe('what the shop declares in HTML', () => {
  it('tracks a click with its attributes', async () => {
    const html = '<a data-gp-track="Size Guide" data-gp-size-chart="eu"><b>Guide</b></a>'
    const page = await openPage({ html })
    await page.pass(10)
    page.window.document.querySelector('b')?.click()
    await page.pass(3_000)

    expect(page.events()[1]).toMatchObject({ name: 'Size Guide', properties: { sizeChart: 'eu' } })
  })

  it('reads only the fields a form names, and no secrets', async () => {
    const html = `<form data-gp-identify="email secret_field pw card_number" data-gp-track="Signed Up">
      <input name="email" value="ana@example.com"><input name="phone" value="555">
      <input name="pw" type="password" value="hunter2"><input name="secret_field" value="s">
      <input name="card_number" value="4111"><input name="elements" value="clobbered"></form>`
    const page = await openPage({ html })
    await page.gp.consent(ALL)
    await page.pass(10)
    const form = page.window.document.querySelector('form')
    form?.dispatchEvent(new page.window.Event('submit', { bubbles: true }))
    await page.pass(3_000)

    const [, identify, tracked] = page.events()
    expect(identify).toMatchObject({ type: 'identify' })
    expect(identify?.traits).toEqual({ email: 'ana@example.com' })
    expect(tracked?.name).toBe('Signed Up')
  })
})

describe('the debug overlay', () => {
  it('lists events with what became of them, and closes', async () => {
    const page = await openPage({ settings: { debug: '' } })
    const { document } = page.window
    await page.pass(10)
    void page.gp.track('Seen')
    void page.gp.identify('u1')
    await page.pass(3_000)

    const text = () =>
      document.querySelector('gp-debug')?.shadowRoot?.querySelector('ol')?.textContent
    expect(text()).toContain('Seenok')
    expect(text()).toContain('identifyno_consent')
    await page.gp.debug(false)
    expect(document.querySelector('gp-debug')).toBeNull()
    await page.gp.debug(true)
    await page.pass(10)
    document.querySelector('gp-debug')?.shadowRoot?.querySelector('button')?.click()
    expect(document.querySelector('gp-debug')).toBeNull()
  })
})

describe('a chunk', () => {
  it('that does not load costs nothing but itself', async () => {
    const load = () => Promise.reject(new TypeError('blocked'))
    const page = await openPage({
      html: jsonLd(PRODUCT),
      change: (browser) => ({ ...browser, load }),
    })
    await page.gp.debug(true)
    void page.gp.track('A')
    await page.pass(5_000)

    expect(page.names()).toEqual(['page', 'A'])
    expect(page.warnings).toHaveLength(1)
  })

  it('is held to its hash by a preload with the page’s nonce, and so is the list of the hashes', async () => {
    const settings = { nonce: 'n0nce', tagHost: 'https://cdn.example' }
    const page = await openPage({ html: jsonLd(PRODUCT), settings })

    const links = [...page.window.document.querySelectorAll('link')]
    const told = links.map(({ rel, href, nonce, integrity }) => ({ rel, href, nonce, integrity }))
    const rest = { rel: 'modulepreload', nonce: 'n0nce' }
    const folder = 'https://cdn.example/gp/0.0.0-test/'
    expect(told).toEqual([
      { ...rest, href: `${folder}integrity.js`, integrity: 'sha384-of-integrity' },
      { ...rest, href: `${folder}declared.js`, integrity: 'sha384-of-declared' },
      { ...rest, href: `${folder}json-ld.js`, integrity: 'sha384-of-json-ld' },
    ])
  })
})
