import type { BrowserContext, Page } from 'playwright-core'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { LIVE_PAGE_PATH } from '#protocol/names.ts'
import { hasChromium, newShopper } from '../support/chromium.ts'
import { createStage, type Stage } from './support/stage.ts'
import { watch, type Watch } from './support/watch.ts'

describe.skipIf(!hasChromium)('the live page', () => {
  let stage: Stage
  let context: BrowserContext
  let watched: Watch

  beforeAll(async () => {
    stage = await createStage()
    return () => stage.stop()
  })
  beforeEach(async () => {
    context = await newShopper(stage.browser, { locale: 'en' })
    watched = await watch(context)
    return () => context.close()
  })

  it('opens by its link, which then vanishes from the address', async () => {
    const page = await openLivePage()
    await page.getByText('Live', { exact: true }).first().waitFor()

    expect(page.url()).toBe(`${stage.server.url}${LIVE_PAGE_PATH}`)
    await page.reload()
    await page.getByText('Stored today').waitFor()
    expect(watched.errors).toEqual([])
    expect(watched.violations).toEqual([])
  })

  it('shows what is done in the demo shop as it happens', async () => {
    const page = await openLivePage()
    await page.getByText('Stored today').waitFor()
    const shopper = await newShopper(stage.browser)
    const example = await shopper.newPage()
    await example.goto(`${stage.server.url}/demo/product.html?p=cafe-huila`)
    await row(page, 'Page viewed').waitFor()
    await example.getByRole('button', { name: 'Add to cart' }).click()

    await row(page, 'Product Added').waitFor()
    await shopper.close()
    expect(watched.errors).toEqual([])
    expect(watched.violations).toEqual([])
  })

  it('is worked by keyboard alone', async () => {
    await visitExample()
    await visitExample()
    await visitExample()
    const page = await openLivePage()
    await row(page, 'Page viewed').waitFor()
    await tabTo(page, '.row-button')
    expect(await rowAfter(page, ['j', 'j', 'k'])).toBe(1)
    const last = (await page.locator('.row').count()) - 1
    expect(await rowAfter(page, Array<string>(30).fill('ArrowDown'))).toBe(last)
    expect(await rowAfter(page, Array<string>(30).fill('k'))).toBe(0)
    await page.keyboard.press('Enter')
    const open = page.locator('.row-button[aria-expanded=true]')
    await open.waitFor()
    expect(await page.locator('.row-details:not([hidden])').textContent()).toContain('/demo/')

    await page.keyboard.press('Enter')
    await expect.poll(() => open.count()).toBe(0)
  })

  it('says what to do when its link has been used', async () => {
    const link = await newLink()
    await (await openLivePage(link)).getByText('Stored today').waitFor()
    const other = await newShopper(stage.browser, { locale: 'en' })
    const page = await other.newPage()
    await page.goto(link)

    await page.getByRole('heading', { name: 'This link has been used, or has expired' }).waitFor()
    expect(await page.getByRole('alert').textContent()).toContain('npm run shop -- --link')
    await other.close()
  })

  async function newLink(): Promise<string> {
    const { account, shop, url } = stage.server
    return `${url}${LIVE_PAGE_PATH}#${await account.createOneTimeLink(shop.id)}`
  }

  async function openLivePage(link?: string): Promise<Page> {
    const page = await context.newPage()
    await page.goto(link ?? (await newLink()))
    return page
  }

  async function visitExample(): Promise<void> {
    const shopper = await newShopper(stage.browser)
    const page = await shopper.newPage()
    const stored = () => stage.ledger.pageViews(stage.server.key).length
    const before = stored()
    await page.goto(`${stage.server.url}/demo/`)
    await expect.poll(stored).toBeGreaterThan(before)
    await shopper.close()
  }
})

function row(page: Page, name: string) {
  return page.locator('.row').filter({ hasText: name }).first()
}

/** Types faster than the page draws; the place in the list where the focus then is. */
async function rowAfter(page: Page, keys: readonly string[]): Promise<number> {
  return page.evaluate((typed) => {
    for (const key of typed) {
      const press = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true })
      document.activeElement?.dispatchEvent(press)
    }
    const rows = [...document.querySelectorAll('.row')]
    return rows.findIndex((row) => row.contains(document.activeElement))
  }, keys)
}

async function tabTo(page: Page, selector: string): Promise<void> {
  const isThere = () =>
    page.evaluate((wanted) => document.activeElement?.matches(wanted) === true, selector)
  for (let presses = 0; presses < 20; presses += 1) {
    await page.keyboard.press('Tab')
    if (await isThere()) return
  }
  throw new Error(`Twenty presses of Tab do not lead to ${selector}`)
}
