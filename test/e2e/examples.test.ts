import type { BrowserContext, Page } from 'playwright-core'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { hasChromium, newShopper } from '../support/chromium.ts'
import { command, tagReady } from './support/command.ts'
import { createStage, type Stage } from './support/stage.ts'
import { watch, type Watch } from './support/watch.ts'

describe.skipIf(!hasChromium)('the examples', () => {
  let stage: Stage
  let context: BrowserContext
  let watched: Watch
  let page: Page

  beforeAll(async () => {
    stage = await createStage()
    return () => stage.stop()
  })
  beforeEach(async () => {
    context = await newShopper(stage.browser)
    watched = await watch(context)
    page = await context.newPage()
    return () => context.close()
  })

  it('plain-html: from the first view to a consent and a purchase', async () => {
    await open('/examples/plain-html/')
    await page.getByRole('button', { name: 'Add to cart' }).click()
    await page.getByRole('button', { name: 'Yes, you may' }).click()
    await page.getByRole('button', { name: 'Buy now' }).click()
    await expect.poll(names).toEqual(expect.arrayContaining(['Product Added']))
    await expect.poll(() => names().join()).toMatch(/purchase|Order Completed/)

    const [view] = stage.ledger.pageViews(stage.server.key)
    const purchase = stored().findLast(({ name }) => /purchase|Order Completed/.test(name ?? ''))
    expect(view).toMatchObject({ visitorId: null, pageType: 'product' })
    expect(purchase?.visitorId).toEqual(expect.any(Number))
    expect(troubles()).toEqual([])
  })

  it('spa: one page view for each route, back included', async () => {
    await open('/examples/spa/')
    await page.getByRole('link', { name: 'Teas', exact: true }).click()
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.getByRole('link', { name: 'About' }).click()
    await page.waitForURL('**/about')
    await page.goBack()
    await page.waitForURL('**/teas')
    await command(page, 'track', 'Last')

    const routes = () =>
      stage.ledger
        .pageViews(stage.server.key)
        .map(({ url }) => new URL(url).pathname)
        .filter((path) => path.startsWith('/examples/spa/'))
        .map((path) => path.replace('/examples/spa', ''))
    await expect.poll(routes).toEqual(['/', '/teas', '/about', '/teas'])
    expect(troubles()).toEqual([])
  })

  it('strict-csp: everything works, and nothing breaks the policy', async () => {
    const response = await open('/examples/strict-csp/')
    const policy = response?.headers()['content-security-policy'] ?? ''
    expect(policy).toMatch(/'strict-dynamic'.*require-trusted-types-for 'script'/)
    expect(policy).not.toContain('unsafe')
    const before = stored().length
    await page.getByRole('button', { name: 'Add to cart' }).click()

    await expect.poll(() => stored().length).toBeGreaterThan(before)
    expect(troubles()).toEqual([])
  })

  async function open(path: string) {
    const response = await page.goto(`${stage.server.url}${path}`)
    await tagReady(page)
    return response
  }

  function stored() {
    return stage.ledger.events(stage.server.key)
  }

  function names(): string[] {
    return stored().map(({ name, type }) => name ?? type)
  }

  function troubles(): readonly string[] {
    return [...watched.errors, ...watched.violations, ...watched.complaints]
  }
})
