import type { Page } from 'playwright-core'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { OwnShop } from '#protocol/account.ts'
import { CONSOLE_PATH, LIVE_PAGE_PATH, ORIGINS_PATH, SHOP_HEADER } from '#protocol/names.ts'
import { hasChromium, newShopper } from '../support/chromium.ts'
import { bringIn, consoleClient, PASSWORD } from '../support/console-client.ts'
import {
  DESKTOP,
  expectAccessible,
  openConsole,
  PHONE,
  type OpenConsole,
} from './support/console.ts'

describe.skipIf(!hasChromium)('the console’s shell', () => {
  let stage: OpenConsole
  let page: Page

  beforeAll(async () => {
    stage = await openConsole()
    page = stage.page
    return () => stage.stop()
  })
  afterEach(async () => {
    await page.setViewportSize(DESKTOP)
    await page.goto(stage.server.url + CONSOLE_PATH)
  })
  const heading = (name: string, at = page) =>
    at.getByRole('heading', { level: 1, name, exact: true }).waitFor()
  const focused = () => page.evaluate(() => document.activeElement?.textContent ?? '')
  const open = (path: string) => page.goto(stage.server.url + path)

  async function signIn(at: Page, email = 'ana@shop.example'): Promise<void> {
    await heading('Sign in', at)
    await at.getByLabel('E-mail').fill(email)
    await at.getByLabel('Password', { exact: true }).fill(PASSWORD)
    await at.getByRole('button', { name: 'Sign in' }).click()
  }

  it('keeps the page that was wanted while one signs in, and after a reload', async () => {
    const context = await newShopper(stage.browser, { locale: 'en-GB' })
    const other = await context.newPage()
    await other.goto(stage.server.url + LIVE_PAGE_PATH)
    await signIn(other)

    await heading('Live', other)
    await other.reload()
    await heading('Live', other)
    expect(new URL(other.url()).pathname).toBe(LIVE_PAGE_PATH)
    await context.close()
  })

  it('asks to sign in once the session has ended, on whatever page', async () => {
    const other = await stage.another({ locale: 'en-GB' })
    await heading('Home', other)
    const context = other.context()
    await context.clearCookies()
    await other.getByRole('link', { name: 'Live', exact: true }).click()

    await heading('Sign in', other)
    await signIn(other)
    await heading('Live', other)
    expect(new URL(other.url()).pathname).toBe(LIVE_PAGE_PATH)
    await context.close()
  })

  it('goes from page to page by keyboard, and tells where one is', async () => {
    await heading('Home')
    await page.keyboard.press('Tab')
    await expect.poll(() => focused()).toBe('Skip to content')
    await page.keyboard.press('Enter')
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('content')
    await page.getByRole('link', { name: 'Live', exact: true }).focus()
    await page.keyboard.press('Enter')

    await heading('Live')
    await expect.poll(() => focused()).toBe('Live')
    await expect.poll(() => page.title()).toBe('Live · Granplaza')
    await expect.poll(() => page.locator('[aria-current=page]').textContent()).toBe('Live')
    await page.goBack()
    await heading('Home')
    await expect.poll(() => focused()).toBe('Home')
  })

  it('is found by its address with a stroke at the end', async () => {
    await page.goto(`${stage.server.url}${CONSOLE_PATH}/`)
    await heading('Home')
    expect(new URL(page.url()).pathname).toBe(CONSOLE_PATH)
  })

  it('shows in the navigation where one is, however low the window, and above what one is', async () => {
    await page.setViewportSize({ width: DESKTOP.width, height: 480 })
    await open('/console/settings/audit-log')
    const here = page.locator('.nav [aria-current]')
    await expect.poll(() => here.textContent()).toBe('Audit log')
    await expect.poll(() => here.evaluate(isInSight)).toBe(true)

    await open('/console/canned-replies')
    await expect.poll(() => here.textContent()).toBe('Channels')
  })

  it('goes anywhere by a few letters, and offers it first the next time', async () => {
    await heading('Home')
    await page.keyboard.press('Control+k')
    const box = page.getByRole('combobox', { name: 'Search pages, shops and actions' })
    await box.waitFor()
    // At once: the first letters count already.
    expect(await box.evaluate((field) => field === document.activeElement)).toBe(true)
    await page.keyboard.type('liv')
    await expect.poll(() => selected(page)).toContain('Live')
    await expectAccessible(page, 'palette')
    await page.keyboard.press('Enter')
    await heading('Live')

    await page.getByRole('button', { name: 'Search' }).click()
    await box.waitFor()
    await expect.poll(() => selected(page)).toContain('Live')
    await page.keyboard.press('ArrowDown')
    await expect.poll(() => selected(page)).not.toContain('Live')
    await page.keyboard.press('Escape')
    await box.waitFor({ state: 'detached' })
    await heading('Live')
  })

  it('switches shops by one click, and then reads of the other one', async () => {
    const second = await stage.owner.told<OwnShop>('POST', '/shops', { name: 'Second Shop' })
    await open(`${CONSOLE_PATH}?shop=${stage.server.key}`)
    await heading('Home')
    await page.getByText('Any site may send events').waitFor()
    await consoleClient(stage.server, second.key, stage.owner.cookie).told('POST', '/origins', {
      origin: 'https://second.example',
    })
    const asked = page.waitForRequest((request) => request.url().endsWith(ORIGINS_PATH))
    await page.getByRole('button', { name: /Switch shop/ }).click()
    await page.getByRole('menuitemradio', { name: 'Second Shop' }).click()

    expect((await asked).headers()[SHOP_HEADER]).toBe(second.key)
    await page.getByText('No mail server').waitFor()
    await expect.poll(() => page.getByText('Any site may send events').count()).toBe(0)
    await page.reload()
    await page.getByRole('button', { name: 'Shop: Second Shop. Switch shop' }).waitFor()
    const other = await stage.another({ locale: 'en-GB' })
    await heading('Choose a shop', other)
    await other.context().close()

    await page.getByRole('button', { name: /Switch shop/ }).click()
    await page.getByRole('menuitem', { name: 'New shop' }).click()
    await page.getByLabel('Name of the shop').fill('Third Shop')
    await page.getByRole('button', { name: 'Create shop' }).click()
    await heading('Set up Third Shop')
  })

  it('offers nobody what their role does not open, and says which role it needs', async () => {
    await bringIn(stage.server, stage.owner, {
      email: 'hana@shop.example',
      roles: ['host'],
    })
    const context = await newShopper(stage.browser, { locale: 'en-GB' })
    const other = await context.newPage()
    await other.goto(stage.server.url + CONSOLE_PATH)
    await signIn(other, 'hana@shop.example')
    await heading('Home', other)

    await expect.poll(() => other.getByRole('link', { name: 'Live', exact: true }).count()).toBe(0)
    await other.keyboard.press('Control+k')
    await other.getByRole('combobox').fill('live')
    await other.getByText('Nothing is called so.').waitFor()
    await other.goto(stage.server.url + LIVE_PAGE_PATH)
    await heading('Your role does not show this page', other)
    await other.getByText('It needs the role owner or admin').waitFor()
    expect(new URL(other.url()).pathname).toBe(LIVE_PAGE_PATH)
    await context.close()
  })

  it('has a page for addresses that are none, yet none for files that are gone', async () => {
    await open('/console/no/such')
    await heading('There is no such page')
    await page.getByRole('link', { name: 'Go to home' }).click()
    await heading('Home')

    expect((await fetch(`${stage.server.url}/console/assets/gone-12345678.js`)).status).toBe(404)
  })

  it('says that the server is away, and goes on by itself when it is back', async () => {
    await stage.owner.told<OwnShop>('POST', '/shops', { name: 'Far Shop' })
    await open(`${CONSOLE_PATH}?shop=${stage.server.key}`)
    await page.getByText('No mail server').waitFor()
    await page.route('**/{api,healthz}{/**,}', (route) => route.abort())
    await page.getByRole('button', { name: /Switch shop/ }).click()
    await page.getByRole('menuitemradio', { name: 'Far Shop' }).click()
    await page.getByText('Trying again…').waitFor()
    await page.getByText('This could not be read').waitFor()
    await page.unroute('**/{api,healthz}{/**,}')

    await page.getByText('Nothing has arrived yet').waitFor()
    await expect.poll(() => page.getByText('Trying again…').count()).toBe(0)
  })

  it('looks as chosen, in the language chosen, after a reload too', async () => {
    await heading('Home')
    const menu = page.getByRole('button', { name: 'Account: Ana' })
    await menu.click()
    await page.getByRole('menuitemradio', { name: 'Dark' }).click()
    const scheme = () => page.evaluate(() => getComputedStyle(document.documentElement).colorScheme)
    await expect.poll(() => scheme()).toBe('dark')
    await menu.click()
    await page.getByRole('menuitemradio', { name: 'Español' }).click()

    await heading('Inicio')
    await expect.poll(() => scheme()).toBe('dark')
    await page.evaluate(() => localStorage.clear())
  })

  it('is sound to axe, menus and the phone’s sheet included', async () => {
    await heading('Home')
    await page.getByText('No mail server').waitFor()
    await expectAccessible(page, 'home')
    await page.getByRole('button', { name: 'Account: Ana' }).click()
    await page.getByRole('menuitem', { name: 'Sign out' }).waitFor()
    await expectAccessible(page, 'account menu')
    await page.keyboard.press('Escape')
    await page.setViewportSize(PHONE)
    await page.getByRole('button', { name: 'Open menu' }).click()
    await page.getByRole('dialog').waitFor()

    await expect
      .poll(() => page.getByRole('dialog').getByRole('link').first().textContent())
      .toBe('Home')
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.getAttribute('aria-label')))
      .toBe('Open menu')
  })

  it('did all that without an error, and within its content policy', () => {
    expect(stage.watched.errors).toEqual([])
    expect(stage.watched.violations).toEqual([])
  })
})

function selected(page: Page): Promise<string | null> {
  return page.locator('[role=option][aria-selected=true]').textContent()
}

function isInSight(link: Element): boolean {
  const seen = link.closest('nav')?.getBoundingClientRect()
  const { top, bottom } = link.getBoundingClientRect()
  return seen !== undefined && top >= seen.top - 1 && bottom <= seen.bottom + 1
}
