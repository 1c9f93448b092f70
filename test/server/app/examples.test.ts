import { existsSync } from 'node:fs'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { EVENTS_PATH } from '#protocol/names.ts'
import { hasChromium, launchChromium, newShopper } from '../../support/chromium.ts'
import { startServer, type TestServer } from '../../support/server.ts'

const isBuilt = existsSync(new URL('../../../dist/manifest.json', import.meta.url))
const PATHS = ['/demo/', '/examples/plain-html/', '/examples/spa/', '/examples/strict-csp/']

describe.skipIf(!hasChromium || !isBuilt)('the examples in a browser', () => {
  let browser: Browser
  let server: TestServer
  let page: Page
  let complaints: string[]
  let sent: string[]

  beforeAll(async () => {
    browser = await launchChromium()
    server = await startServer({ isBuilt: true })
  })
  afterAll(async () => {
    await browser.close()
    await server.stop()
  })
  beforeEach(async () => {
    page = await (await newShopper(browser)).newPage()
    complaints = []
    sent = []
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) complaints.push(message.text())
    })
    page.on('pageerror', (error) => complaints.push(error.message))
    page.on('request', (request) => {
      if (request.url().endsWith(EVENTS_PATH)) sent.push(request.postData() ?? '')
    })
  })
  afterEach(() => page.context().close())

  /** The tag sends every three seconds. */
  const sendsNamed = (name: string) =>
    expect.poll(() => sent.join('\n'), { timeout: 8_000 }).toContain(`"${name}"`)

  it.each(PATHS)('%s loads without a complaint and fits every width', async (path) => {
    await page.goto(server.url + path)
    await expect.poll(() => sent.length).toBeGreaterThan(0)

    for (const width of [320, 390, 768, 1440]) {
      await page.setViewportSize({ width, height: 800 })
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
      expect(overflow, `at ${width} px`).toBeLessThanOrEqual(0)
    }
    expect(complaints).toEqual([])
  })

  it.each(['/examples/plain-html/', '/examples/strict-csp/'])(
    '%s sends what its buttons do',
    async (path) => {
      await page.goto(server.url + path)

      await page.getByRole('button', { name: 'Yes, you may' }).click()
      await page.getByRole('button', { name: 'Add to cart' }).click()
      await page.getByRole('button', { name: 'Buy now' }).click()

      await sendsNamed('Product Viewed')
      await sendsNamed('Product Added')
      await sendsNamed('purchase')
      expect(complaints).toEqual([])
    },
  )

  it('the strict one breaks no rule of its policy', async () => {
    const reply = await page.goto(`${server.url}/examples/strict-csp/`)
    await sendsNamed('Product Viewed')

    const policy = reply?.headers()['content-security-policy'] ?? ''
    expect(policy).toMatch(/script-src 'nonce-[\w-]+' 'strict-dynamic';/)
    expect(policy).toContain("require-trusted-types-for 'script'")
    expect(policy).not.toContain('unsafe')
    expect(await page.locator('#violations').textContent()).toBe('0')
  })

  it('the single-page one goes from route to route, and reloads on each', async () => {
    await page.goto(`${server.url}/examples/spa/`)
    await page.getByRole('link', { name: 'See the teas' }).click()
    await page.getByRole('link', { name: 'Assam' }).click()
    await page.getByRole('button', { name: 'Add to cart' }).click()
    await sendsNamed('Product Added')
    await page.reload()

    await page.getByRole('heading', { name: 'Assam' }).waitFor()
    expect(new URL(page.url()).pathname).toBe('/examples/spa/teas/assam')
    await page.goBack()
    await page.getByRole('heading', { name: 'Teas' }).waitFor()
    expect(complaints).toEqual([])
  })
})
