import type { BrowserContext, Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { hasChromium, launchChromium, newShopper } from '../support/chromium.ts'
import { DESKTOP, expectAccessible } from './support/console.ts'
import { documentOf } from './support/shop-page.ts'
import { createShopOrigin, type ShopOrigin } from './support/shop-origin.ts'
import { startByCommand, type StartedByCommand } from './support/start-by-command.ts'
import { watch, type Watch } from './support/watch.ts'

/** The page of somebody who has one: this, and whatever they are told to put into its head. */
const ownPage = (head: string) =>
  documentOf({ title: 'Lamps', head, body: '<main><h1>Lamps by hand</h1><p>Made here.</p></main>' })

/**
 * From `npm start` to a pop-up on a page of one's own, in order, with nothing but what the terminal and the screen say: no
 * request of ours, no address that is not shown. What has to be pressed and filled in is counted: at ten seconds each, five
 * minutes are thirty of them.
 */
describe.skipIf(!hasChromium)('somebody who has never seen it', () => {
  let started: StartedByCommand
  let shop: ShopOrigin
  let context: BrowserContext
  let page: Page
  let watched: Watch
  let snippet = ''
  let presses = 0
  let fields = 0
  beforeAll(async () => {
    const [server, origin, browser] = await Promise.all([
      startByCommand(),
      createShopOrigin('localhost'),
      launchChromium(),
    ])
    started = server
    shop = origin
    // Browsers ask for it.
    shop.serve('/favicon.ico', '')
    context = await newShopper(browser, {
      viewport: DESKTOP,
      locale: 'en-GB',
      reducedMotion: 'reduce',
    })
    await context.grantPermissions(['clipboard-read', 'clipboard-write'])
    watched = await watch(context)
    page = await context.newPage()
    page.setDefaultTimeout(8_000)
    return async () => {
      await browser.close()
      await Promise.all([server.stop(), origin.stop()])
    }
  })

  const doneSteps = () => page.locator('.step-list [data-done]').count()
  const heading = (name: string) => page.getByRole('heading', { level: 2, name }).waitFor()
  async function press(name: string): Promise<void> {
    presses += 1
    await page.getByRole('button', { name, exact: true }).click()
  }
  async function fill(label: string, text: string): Promise<void> {
    fields += 1
    await page.getByLabel(label, { exact: true }).fill(text)
  }

  /** By the link beside what is waited for. */
  async function openOwnPage(): Promise<Page> {
    presses += 1
    const [own] = await Promise.all([
      context.waitForEvent('page'),
      page.getByRole('link', { name: `Open ${new URL(shop.url('/')).host}` }).click(),
    ])
    return own
  }

  it('opens the link of the terminal, and becomes the owner', async () => {
    await page.goto(started.linkAfter('Your account'))
    await fill('Your name', 'Ana')
    await fill('E-mail', 'ana@lamps.example')
    await fill('New password', 'Llueve sobre Bogotá')
    await press('Make the account')
    await heading('What is your shop called?')

    expect(new URL(page.url()).pathname).toBe('/console/first-run')
  })

  it('names the shop, and says where its page is', async () => {
    await fill('Name of the shop', 'Lamps by hand')
    await press('Save and continue')
    await fill('Address of the shop', shop.url('/'))
    await press('Save and continue')

    await heading('Put the snippet on your pages')
    expect(await doneSteps()).toBe(2)
  })

  it('copies the snippet into the page, opens it, and sees its first event', async () => {
    await press('Copy snippet')
    snippet = await page.evaluate(() => navigator.clipboard.readText())
    shop.serve('/', ownPage(snippet))
    const own = await openOwnPage()
    await page.getByText('First event received').waitFor()
    await own.close()

    expect(await page.locator('.event-check-url').innerText()).toBe(shop.url('/'))
  })

  it('publishes a design', async () => {
    await press('Continue')
    await heading('Greet your visitors')
    await fill('Coupon code', 'LAMP10')
    await press('Publish')

    await heading('Your shop is set up')
    expect(await doneSteps()).toBe(4)
  })

  it('meets it on the page as a visitor, and closes it', async () => {
    await heading('Your shop is set up')
    const own = await openOwnPage()
    // The pointer leaves for the tabs, as the console has said.
    await own.getByRole('heading', { name: 'Lamps by hand' }).hover()
    await expect
      .poll(async () => {
        await leaveThroughTop(own)
        return own.getByText('10% off your first order').count()
      })
      .toBe(1)
    await own.getByRole('button', { name: 'Close' }).click()
    await own.getByText('10% off your first order').waitFor({ state: 'detached' })
    await own.close()
  })

  it('finds at the console that it was seen', async () => {
    await page.getByText('“Newsletter with coupon” was seen by its first visitor').waitFor()
    await expectAccessible(page, 'set up')
    presses += 1
    await page.getByRole('link', { name: 'Look at its results' }).click()

    const seen = page.getByRole('button', { name: /^Seen/ })
    await expect.poll(() => seen.innerText()).toMatch(/^Seen\s+1\s*$/)
  })

  it('has met no error', () => {
    expect(watched).toEqual({ errors: [], complaints: [], violations: [] })
  })

  it('had little to press and to fill in', () => {
    expect({ presses, fields }).toEqual({ presses: 9, fields: 6 })
  })
})

async function leaveThroughTop(page: Page): Promise<void> {
  await page.mouse.move(300, 1)
  // Without a real window the page never hears of it.
  await page.evaluate(() => {
    const out = { bubbles: true, relatedTarget: null, clientX: 300, clientY: -1 }
    document.body.dispatchEvent(new MouseEvent('mouseout', out))
  })
}
