import type { BrowserContext, Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { hasChromium, launchChromium, newShopper } from '../support/chromium.ts'
import { launcherOf, saidOn, windowOf, write } from './support/chat-shop.ts'
import { DESKTOP, expectAccessible } from './support/console.ts'
import { startByCommand, type StartedByCommand } from './support/start-by-command.ts'
import { watch, type Watch } from './support/watch.ts'

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }

/** From `npm start` to an answer in the demo shop, in order, with nothing but what the terminal and the screen say. */
describe.skipIf(!hasChromium)('the demo shop’s chat', () => {
  let started: StartedByCommand
  let atConsole: BrowserContext
  let atShop: BrowserContext
  let consolePage: Page
  let shopPage: Page
  let watched: Watch[]
  beforeAll(async () => {
    const [server, browser] = await Promise.all([startByCommand(), launchChromium()])
    started = server
    const english = { locale: 'en-GB', reducedMotion: 'reduce' } as const
    atConsole = await newShopper(browser, { ...english, viewport: DESKTOP })
    atShop = await newShopper(browser, { ...english, ...PHONE })
    watched = [await watch(atConsole), await watch(atShop)]
    consolePage = await atConsole.newPage()
    shopPage = await atShop.newPage()
    for (const page of [consolePage, shopPage]) page.setDefaultTimeout(8_000)
    return async () => {
      await browser.close()
      await server.stop()
    }
  })

  async function openChat(): Promise<void> {
    await shopPage.goto(started.linkAfter('Demo shop'))
    await launcherOf(shopPage).click()
    await windowOf(shopPage).waitFor()
  }

  it('asks for an address as long as there is nobody to answer', async () => {
    await openChat()
    await windowOf(shopPage).getByLabel('E-mail').waitFor()

    expect(await windowOf(shopPage).innerText()).toContain('Nobody is here right now')
    await expectAccessible(shopPage, 'nobody there')
  })

  it('is answered by whoever sets up the account, without any more ado', async () => {
    await consolePage.goto(started.linkAfter('Your account'))
    await consolePage.getByLabel('Your name', { exact: true }).fill('Ana')
    await consolePage.getByLabel('E-mail', { exact: true }).fill('ana@lamps.example')
    await consolePage.getByLabel('New password', { exact: true }).fill('Llueve sobre Bogotá')
    await consolePage.getByRole('button', { name: 'Make the account', exact: true }).click()
    await consolePage.getByRole('heading', { name: 'What is your shop called?' }).waitFor()
    await consolePage
      .getByRole('link', { name: /Conversations/ })
      .first()
      .click()
    await consolePage.getByRole('button', { name: 'Chat: Online' }).waitFor()

    await openChat()
    await write(shopPage, 'Does the hammock come with ropes?')
    const row = consolePage.locator('.inbox-row', { hasText: 'Does the hammock' })
    await row.click()
    await consolePage.getByLabel('Write to the visitor').fill('Yes, two of three metres')
    await consolePage.getByLabel('Write to the visitor').press('Enter')

    await expect
      .poll(() => saidOn(shopPage))
      .toEqual(['> Does the hammock come with ropes?', 'Yes, two of three metres'])
    await expectAccessible(shopPage, 'answered')
  })

  it('leaves the shop’s own chat off', async () => {
    await consolePage.goto(new URL('/console/channels', consolePage.url()).href)
    await consolePage.getByText('Chat is off').waitFor()

    expect(await consolePage.locator('.channel-cards').innerText()).toContain('Demo shop')
  })

  it('has met no error', () => {
    const none = { errors: [], complaints: [], violations: [] }
    expect(watched).toEqual([none, none])
  })
})
