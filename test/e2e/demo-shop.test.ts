import type { BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { CLAIMS_PATH } from '#protocol/names.ts'
import { hasChromium, newShopper } from '../support/chromium.ts'
import { axeFindings } from './support/axe.ts'
import { tagReady } from './support/command.ts'
import { createStage, type Stage } from './support/stage.ts'
import { watch, type Watch } from './support/watch.ts'

const COFFEE = 'product.html?p=cafe-huila'
const ENGLISH = { locale: 'en-GB' }
const SPANISH = { locale: 'es-CO' }
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }

describe.skipIf(!hasChromium)('the demo shop', () => {
  let stage: Stage
  let context: BrowserContext
  let watched: Watch
  let page: Page
  let before: number

  beforeAll(async () => {
    stage = await createStage()
    return () => stage.stop()
  })
  beforeEach(async () => {
    await newContext(ENGLISH)
    before = stored().length
    return () => context.close()
  })

  it('tells what happens from the first page to the order, each once and in order', async () => {
    await open('')
    await page.getByRole('button', { name: 'Accept all' }).click()
    await page.getByRole('link', { name: 'Coffee and cacao' }).first().click()
    await page.getByRole('link', { name: 'Huila coffee, high forest' }).click()
    await page.getByRole('button', { name: 'Add to cart' }).click()
    await page.getByRole('link', { name: 'See the cart' }).click()
    await page.getByRole('button', { name: /^One more/ }).click()
    await page.getByRole('link', { name: 'Check out' }).click()
    await fillCheckout()
    await page.getByRole('button', { name: /^Place the order/ }).click()
    await page.getByRole('heading', { name: 'Thank you, Ana' }).waitFor()
    await page.reload()

    await expect.poll(() => views()).toHaveLength(7)
    await expect.poll(() => tracks().map(({ name }) => name)).toContain('Order Completed')
    expect(views()).toEqual([
      'home',
      'category',
      'product',
      'cart',
      'checkout',
      'thank-you',
      'thank-you',
    ])
    expect(tracks().map(({ name }) => name)).toEqual([
      'Product List Viewed',
      'Product Viewed',
      'Product Added',
      'Cart Updated',
      'Cart Viewed',
      'Product Added',
      'Cart Updated',
      'Checkout Started',
      'Order Completed',
    ])
    expect(named('Order Completed')[0]?.properties).toMatchObject({
      total: 98_700,
      currency: 'COP',
      shipping: 12_900,
      products: [{ product_id: 'cafe-huila', quantity: 2, price: 42_900 }],
    })
    expect(troubles()).toEqual([])
  })

  it('describes a product in full, under its own title, in the first request', async () => {
    const request = page.waitForRequest('**/v1/events')
    await open(COFFEE)
    const batch = JSON.parse((await request).postData() ?? '')

    const url = `${stage.server.url}/demo/${COFFEE}`
    expect(batch.events).toMatchObject([
      { type: 'page', page: { url, title: 'Huila coffee, high forest · Casa Ceiba' } },
      {
        name: 'Product Viewed',
        properties: {
          product_id: 'cafe-huila',
          category: 'Coffee and cacao',
          brand: 'Finca La Palma',
          price: 42_900,
          currency: 'COP',
          url,
          image_url: `${stage.server.url}/demo/pictures/cafe-huila.svg`,
        },
      },
    ])
  })

  it('knows nobody who allowed only what is necessary, and still sells', async () => {
    await open('')
    await page.getByRole('button', { name: 'Only what is necessary' }).click()
    await open(COFFEE)
    await page.getByRole('button', { name: 'Add to cart' }).click()
    await open('cart.html')

    await expect.poll(() => named('Cart Viewed')).toHaveLength(1)
    expect(recent().every(({ visitorId }) => visitorId === null)).toBe(true)
    expect(await page.getByRole('heading', { name: 'Huila coffee, high forest' }).count()).toBe(1)
    expect(await page.getByRole('heading', { name: 'Your data, your way' }).count()).toBe(0)
  })

  it('gives the purposes that were chosen, and asks again when told to', async () => {
    await open('')
    await page.getByRole('button', { name: 'Choose' }).click()
    await page.getByLabel(/^Statistics/).check()
    await page.getByRole('button', { name: 'Save' }).click()
    await open(COFFEE)
    await expect.poll(() => named('Product Viewed')).toHaveLength(1)

    await page.getByRole('button', { name: 'Privacy and cookies' }).click()
    await page.getByRole('button', { name: 'Choose' }).click()
    expect(named('Product Viewed')[0]?.visitorId).toEqual(expect.any(Number))
    expect(await page.getByLabel(/^Statistics/).isChecked()).toBe(true)
    expect(await page.getByLabel(/^Marketing/).isChecked()).toBe(false)
  })

  it('identifies who signs in, and shows the orders made with that e-mail', async () => {
    await fillCart()
    await open('checkout.html')
    await page.getByRole('button', { name: 'Accept all' }).click()
    await fillCheckout()
    await page.getByRole('button', { name: /^Place the order/ }).click()
    await page.getByRole('link', { name: 'See my orders' }).click()
    await page.getByLabel('E-mail', { exact: true }).fill('ana@mail.co')
    await page.getByLabel('First name').fill('Ana')
    await page.getByRole('button', { name: 'Sign in' }).click()

    await page.getByRole('heading', { name: 'Hello, Ana' }).waitFor()
    expect(await page.getByText('2 × Huila coffee, high forest').count()).toBe(1)
    await expect
      .poll(() => recent().find(({ type }) => type === 'identify')?.userId)
      .toMatch(/^ceiba-/)
  })

  it('says what is missing at the checkout, and leads there', async () => {
    await fillCart()
    await open('checkout.html')
    await page.getByLabel('E-mail', { exact: true }).fill('ana')
    await page.getByRole('button', { name: /^Place the order/ }).click()

    const focused = await page.evaluate(() => document.activeElement?.id)
    expect(focused).toBe('email')
    expect(await page.getByRole('alert').getByRole('link').count()).toBe(6)
    expect(page.url()).toContain('checkout.html')
  })

  it('searches in both languages and without accents', async () => {
    await open('search.html?q=cafe narino')
    await page.getByRole('heading', { name: 'Nariño coffee, volcano slope' }).waitFor()

    await expect.poll(() => named('Products Searched')).toHaveLength(1)
    expect(named('Products Searched')[0]?.properties).toMatchObject({ query: 'cafe narino' })
  })

  it('filters and sorts without loading, and keeps that in the address', async () => {
    await open('category.html?c=coffee')
    await page.getByLabel('Origin').selectOption('huila')
    await page.getByLabel('Sort by').selectOption('dear')
    const names = () => page.locator('.shelf h3').allTextContents()
    expect(await names()).toEqual(['Single-lot Geisha', 'Huila coffee, high forest'])
    await page.reload()

    expect(await names()).toEqual(['Single-lot Geisha', 'Huila coffee, high forest'])
    await expect.poll(() => named('Product List Filtered')).toHaveLength(2)
  })

  it('takes a tenth off for the code of the newsletter', async () => {
    await fillCart()
    await open('cart.html')
    await page.getByLabel('Discount code').fill('hola10')
    await page.getByRole('button', { name: 'Apply' }).click()

    await page.getByText('Code HOLA10 applied.').waitFor()
    const total = page.locator('.total dd')
    expect((await total.textContent())?.replace(/\s/g, ' ')).toBe('COP 90,120')
  })

  it.each([
    { given: SPANISH, address: '', language: 'es', title: 'La casa se hace a mano' },
    { given: ENGLISH, address: '', language: 'en', title: 'A home is made by hand' },
    { given: ENGLISH, address: '?lang=es', language: 'es', title: 'La casa se hace a mano' },
  ])('speaks $language to $given.locale at “$address”', async ({ given, address, ...expected }) => {
    await newContext(given)
    await open(address)
    await page.getByRole('heading', { name: expected.title }).waitFor()

    await open('cart.html')
    const language = await page.evaluate(() => document.documentElement.lang)
    expect(language).toBe(expected.language)
  })

  const PAGES = [
    { name: 'home', path: '' },
    { name: 'category', path: 'category.html?c=textiles' },
    { name: 'product', path: COFFEE },
    { name: 'search', path: 'search.html?q=ruana' },
    { name: 'cart', path: 'cart.html' },
    { name: 'checkout', path: 'checkout.html' },
    { name: 'thank-you', path: 'thank-you.html' },
    { name: 'account', path: 'account.html' },
    { name: 'missing product', path: 'product.html?p=none' },
  ]
  it.each(PAGES)(
    '$name: axe finds nothing, in both languages, light and dark',
    async ({ path }) => {
      for (const looks of [
        { ...SPANISH, colorScheme: 'light' },
        { ...ENGLISH, ...PHONE, colorScheme: 'dark' },
      ] as const) {
        await newContext(looks)
        await fillCart()
        await open(path)
        expect(await axeFindings(page)).toEqual([])
      }
    },
  )

  it.each(PAGES)('$name: fits 320 px and wider, and nothing moves', async ({ path }) => {
    await fillCart()
    await page.addInitScript(() => {
      const shifts: unknown[] = []
      Reflect.set(window, 'shifts', shifts)
      new PerformanceObserver((list) => shifts.push(...list.getEntries())).observe({
        type: 'layout-shift',
        buffered: true,
      })
    })
    await open(path)
    await page.waitForLoadState('networkidle')
    expect(await page.evaluate(() => Reflect.get(window, 'shifts').length)).toBe(0)

    for (const width of [320, 390, 768, 1440]) {
      await page.setViewportSize({ width, height: 800 })
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
      expect(overflow, `at ${width} px`).toBeLessThanOrEqual(0)
    }
    expect(troubles()).toEqual([])
  })

  it('has forty products and more, each with a picture of its own', async () => {
    const pictures: string[] = []
    for (const category of ['coffee', 'brewing', 'table', 'textiles', 'basketry', 'home']) {
      await open(`category.html?c=${category}`)
      const shown = await page.locator('.shelf img').evaluateAll((images) =>
        Promise.all(
          images.map(async (image) => {
            image.setAttribute('loading', 'eager')
            if (image instanceof HTMLImageElement) await image.decode()
            return image.getAttribute('src') ?? ''
          }),
        ),
      )
      pictures.push(...shown)
    }

    expect(pictures.length).toBeGreaterThanOrEqual(40)
    expect(new Set(pictures).size).toBe(pictures.length)
  })

  /** Pop-ups run in this shop and have tests of their own: here none is granted. */
  async function newContext(options: BrowserContextOptions): Promise<void> {
    await context?.close()
    context = await newShopper(stage.browser, options)
    await context.route(`**${CLAIMS_PATH}`, (route) =>
      route.fulfill({ json: { isGranted: false, reason: 'frequency' } }),
    )
    watched = await watch(context)
    page = await context.newPage()
  }

  async function open(path: string): Promise<void> {
    await page.goto(`${stage.server.url}/demo/${path}`)
    await tagReady(page)
  }

  /** Two of one, as the shop keeps them. */
  async function fillCart(): Promise<void> {
    const cart = JSON.stringify([{ id: 'cafe-huila', grind: 'beans', quantity: 2 }])
    await context.addInitScript((kept) => {
      if (localStorage.getItem('ceiba:cart') === null) localStorage.setItem('ceiba:cart', kept)
    }, cart)
  }

  async function fillCheckout(): Promise<void> {
    await page.getByLabel('E-mail', { exact: true }).fill('ana@mail.co')
    await page.getByLabel('Full name').fill('Ana Ruiz')
    await page.getByLabel('Mobile phone').fill('300 123 4567')
    await page.getByLabel('Region').selectOption('caldas')
    await page.getByLabel('City or town').fill('Manizales')
    await page.getByLabel('Address', { exact: true }).fill('Cra 23 # 10-20')
  }

  function stored() {
    return stage.ledger.events(stage.server.key)
  }

  /** Of this test; the ledger holds those of the whole file. */
  function recent() {
    return stored()
      .toSorted((one, other) => one.seq - other.seq)
      .slice(before)
  }

  function tracks() {
    return recent().filter(({ type }) => type === 'track')
  }

  function named(name: string) {
    return recent().filter((event) => event.name === name)
  }

  function views() {
    return recent().flatMap(({ type, pageType }) => (type === 'page' ? [pageType] : []))
  }

  function troubles(): readonly string[] {
    return [...watched.errors, ...watched.violations, ...watched.complaints]
  }
})
