import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { BrowserContext, Page } from 'playwright-core'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { root } from '../../scripts/root.mjs'
import { hasChromium, newShopper } from '../support/chromium.ts'
import { command, tagReady } from './support/command.ts'
import { documentOf, shopPage, tagElement, pathOf } from './support/shop-page.ts'
import { createStage, type Stage } from './support/stage.ts'
import { watch, type Watch } from './support/watch.ts'

const built = (file: string) => readFileSync(join(root, 'dist', file), 'utf8')

describe.skipIf(!hasChromium)('a shop installs the tag', () => {
  let stage: Stage
  let context: BrowserContext
  let watched: Watch
  let key: string

  beforeAll(async () => {
    stage = await createStage()
    return () => stage.stop()
  })
  beforeEach(async () => {
    context = await newShopper(stage.browser)
    watched = await watch(context)
    key = stage.ledger.openShop('full')
    return () => context.close()
  })

  it('as one async script in the head', async () => {
    const page = await visit(shopPage(tag()))
    await tagReady(page)
    expect(await command(page, 'track', 'Called')).toMatchObject({ ok: true })

    expect(namesOf()).toEqual(['page', 'Called'])
  })

  it('through a tag manager, which injects the script', async () => {
    const body = `<script>
      const script = document.createElement('script')
      script.async = true
      script.src = '${stage.tagAt}/gp.js'
      script.dataset.shop = '${key}'
      script.dataset.consent = 'full'
      document.head.append(script)
    </script>`
    const page = await visit(documentOf({ body }))
    await tagReady(page)
    await command(page, 'track', 'Called')

    expect(namesOf()).toEqual(['page', 'Called'])
  })

  it('twice by mistake: the second adopts the first', async () => {
    const page = await visit(shopPage({ ...tag(), body: tagElement(tag()) }))
    await page.waitForLoadState('load')
    await command(page, 'track', 'Called')
    await page.evaluate(() => history.pushState({}, '', '/next'))
    await command(page, 'track', 'Called again')

    expect(namesOf()).toEqual(['page', 'Called', 'page', 'Called again'])
  })

  it('with the stub, whose calls wait for the tag in their order', async () => {
    const head = `<script>${built('public/snippet.js')}</script>
      <script>
        gp('track', 'First')
        window.outcome = gp.track('Second', { product_id: 'p-1' })
        gp.ready(() => { document.title = 'ready' })
      </script>`
    const page = await visit(shopPage({ ...tag(), head }))
    await page.waitForFunction(() => document.title === 'ready')

    expect(await page.evaluate('outcome')).toMatchObject({ ok: true })
    expect(namesOf().toSorted()).toEqual(['First', 'Second', 'page'].toSorted())
    const [first, second] = ['First', 'Second'].map((name) => stage.ledger.named(key, name)[0])
    expect(second?.clientSeq).toBeGreaterThan(first?.clientSeq ?? Infinity)
    expect(stage.proxy.batches().filter((body) => body.includes(key))).toHaveLength(1)
  })

  it('without attributes, by gp("init")', async () => {
    const head = `<script>${built('public/snippet.js')}</script>
      <script>gp('init', { shop: '${key}', host: '${stage.tagAt}', consent: 'full' })</script>
      <script async src="${stage.tagAt}/gp.js"></script>`
    const page = await visit(documentOf({ head }))
    await tagReady(page)
    await command(page, 'track', 'Called')

    expect(namesOf()).toEqual(['page', 'Called'])
  })

  it('from npm, as a module of its own bundle', async () => {
    stage.shop.serve('/granplaza.js', built('npm/index.js'))
    const body = `<script type="module">
      import { gp } from '/granplaza.js'
      gp.init({ shop: '${key}', host: '${stage.tagAt}', consent: 'full' })
      const outcome = await gp.track('Product Viewed', { product_id: 'p-1', price: 19.9, currency: 'EUR' })
      document.title = JSON.stringify(outcome)
    </script>`
    const page = await visit(documentOf({ body }))
    await page.waitForFunction(() => document.title.startsWith('{'))

    expect(JSON.parse(await page.title())).toMatchObject({ ok: true })
    expect(namesOf()).toEqual(['page', 'Product Viewed'])
  })

  it('on an origin without TLS, where browsers have no Web Locks', async () => {
    stage.shop.serve(pathOf(key), shopPage(tag()))
    const page = await context.newPage()
    await page.goto(stage.shop.url(pathOf(key), 'shop.test'))
    await tagReady(page)
    expect(await page.evaluate(() => 'locks' in navigator)).toBe(false)
    await command(page, 'track', 'Called')
    await page.reload()
    await tagReady(page)
    await command(page, 'track', 'Called again')

    const visitors = new Set(stage.ledger.events(key).map(({ visitorId }) => visitorId))
    expect(namesOf()).toEqual(['page', 'Called', 'page', 'Called again'])
    expect(visitors.size).toBe(1)
  })

  it('and can call every command; the ones not enabled say so plainly', async () => {
    const page = await visit(shopPage(tag()))
    await tagReady(page)
    expect(await command(page, 'openChat')).toMatchObject({ ok: false, reason: 'not_enabled' })
    expect(await command(page, 'openAgenda')).toMatchObject({ ok: false, reason: 'not_enabled' })
    expect(await command(page, 'identify', 'customer-42', { plan: 'gold' })).toMatchObject({
      ok: true,
    })
    expect(await command(page, 'identify', 'null')).toMatchObject({ ok: false })
    expect(await command(page, 'nonsense')).toMatchObject({ ok: false })

    const said = watched.complaints.join('\n')
    expect(said).toMatch(/chat/i)
    expect(said).toMatch(/nonsense/)
    expect(stage.ledger.events(key).map(({ userId }) => userId)).toContain('customer-42')
  })

  it('and takes it away again: destroy leaves nothing behind', async () => {
    const page = await visit(shopPage(tag()))
    await tagReady(page)
    await command(page, 'track', 'Called')
    await command(page, 'destroy')
    await page.evaluate(() => history.pushState({}, '', '/next'))
    await page.close()

    expect(namesOf()).toEqual(['page', 'Called'])
  })

  it('beside GA4: the dataLayer is read, old entries and gtag() calls included', async () => {
    const head = `<script>
      window.dataLayer = [{ event: 'view_item', ecommerce: { currency: 'EUR', items: [{ item_id: 'p-1' }] } }]
      function gtag() { dataLayer.push(arguments) }
      gtag('event', 'add_to_cart', { currency: 'EUR', value: 19.9, items: [{ item_id: 'p-1' }] })
    </script>`
    const page = await visit(shopPage({ ...tag(), head }))
    await tagReady(page)
    await page.evaluate(`dataLayer.push({ ecommerce: null });
      dataLayer.push({ event: 'purchase', ecommerce: { transaction_id: 'T-1', items: [] } });
      dataLayer.push({ event: 'gtm.click' })`)
    await command(page, 'track', 'Last')

    expect(namesOf().filter((name) => name !== 'page')).toHaveLength(4)
    const properties = stage.ledger.events(key).map((event) => JSON.stringify(event.properties))
    expect(properties.join()).toMatch(/p-1.*19\.9.*T-1/)
  })

  it('and declares clicks, forms and products in its HTML', async () => {
    const product = {
      '@context': 'https://schema.org',
      '@type': 'Product',
      name: 'Lamp',
      sku: 'p-1',
      offers: { '@type': 'Offer', price: '19.90', priceCurrency: 'EUR' },
    }
    const head = `<script type="application/ld+json">${JSON.stringify(product)}</script>`
    const body = `
      <button data-gp-track="Size Chosen" data-gp-size="XL"><b>XL</b></button>
      <form data-gp-identify="email" onsubmit="return false">
        <input name="email" value="ana@example.com"><input name="secret" value="not named">
        <input type="submit" value="Join">
      </form>`
    const page = await visit(shopPage({ ...tag(), head, body }))
    await tagReady(page)
    await page.click('b')
    await page.click('input[type=submit]')
    await expect
      .poll(namesOf)
      .toEqual(expect.arrayContaining(['Product Observed', 'Size Chosen', 'identify']))

    expect(stage.ledger.named(key, 'Size Chosen')[0]?.properties).toEqual({ size: 'XL' })
    expect(JSON.stringify(stage.ledger.named(key, 'Product Observed')[0]?.properties)).toMatch(
      /p-1/,
    )
    const sent = stage.proxy
      .batches()
      .filter((batch) => batch.includes(key))
      .join()
    expect(sent).toContain('ana@example.com')
    expect(sent).not.toContain('not named')
  })

  function tag(): { tagAt: string; key: string; settings: Record<string, string> } {
    return { tagAt: stage.tagAt, key, settings: { consent: 'full' } }
  }

  async function visit(document: string): Promise<Page> {
    stage.shop.serve(pathOf(key), document)
    const page = await context.newPage()
    await page.goto(stage.shop.url(pathOf(key)))
    return page
  }

  /** What was stored, by name or else by type; an error on the page stands among it. */
  function namesOf(): string[] {
    const stored = stage.ledger.events(key).map(({ name, type }) => name ?? type)
    return [...stored, ...watched.errors]
  }
})
