import type { BrowserContext, Page } from 'playwright-core'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { EXPERIENCES_PATH } from '#protocol/names.ts'
import { cookieConsent } from '#server/experiences/templates/cookie-consent.ts'
import { hasChromium, newShopper } from '../support/chromium.ts'
import { axeFindings } from './support/axe.ts'
import { batchesOf } from './support/batches.ts'
import { command, tagReady } from './support/command.ts'
import { ALL, NONE, openConsentShop, storedKeys, type ConsentShop } from './support/consent-shop.ts'
import { createStage, type Stage } from './support/stage.ts'
import { watch, type Watch } from './support/watch.ts'

const DENIED = `<script>gtag('consent', 'default', { analytics_storage: 'denied' })</script>`

describe.skipIf(!hasChromium)('the cookie bar', () => {
  let stage: Stage
  let context: BrowserContext
  let watched: Watch

  beforeAll(async () => {
    stage = await createStage()
    stage.shop.serve('/favicon.ico', '')
    return () => stage.stop()
  })
  beforeEach(async () => {
    context = await newShopper(stage.browser)
    watched = await watch(context)
    return () => context.close()
  })

  it('stands before anything is stored; by keyboard accepted, it goes and stays away', async () => {
    const shop = await openShop()
    const page = await shop.open(context)
    await bar(page).waitFor()
    await command(page, 'track', 'Undecided')

    expect(await storedKeys(page)).toEqual([])
    expect(await context.cookies()).toEqual([])
    expect((await axeFindings(page)).filter((line) => line.includes('gp-widget'))).toEqual([])
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('BODY')

    await tabTo(page, 'Accept')
    await page.keyboard.press('Enter')
    await bar(page).waitFor({ state: 'detached' })
    await command(page, 'track', 'Accepted')
    expect(lastConsent(shop)).toEqual(ALL)
    expect(stage.ledger.named(shop.key, 'Undecided')[0]?.visitorId).toBeNull()
    expect(stage.ledger.named(shop.key, 'Accepted')[0]?.visitorId).toEqual(expect.any(Number))
    await expect.poll(() => stage.ledger.named(shop.key, 'Experience Clicked')).toHaveLength(1)

    await comeBack(page, 'Again')
    expect(await bar(page).count()).toBe(0)
    expect([...watched.errors, ...watched.violations, ...watched.complaints]).toEqual([])
  })

  it('takes no for an answer, which is all that is kept', async () => {
    const shop = await openShop()
    const page = await shop.open(context)
    await bar(page).getByRole('button', { name: 'Only necessary' }).click()
    await bar(page).waitFor({ state: 'detached' })
    await comeBack(page, 'Again')

    expect(await bar(page).count()).toBe(0)
    expect(await storedKeys(page)).toEqual(['gp:consent'])
    expect(lastConsent(shop)).toEqual(NONE)
    expect(shop.visitors()).toEqual([])
    await expect.poll(() => stage.ledger.named(shop.key, 'Experience Clicked')).toHaveLength(1)
  })

  it('closed without a choice comes with the next page; chosen in one tab it goes from all', async () => {
    const shop = await openShop(DENIED)
    const [first, second] = [await shop.open(context), await shop.open(context)]
    await bar(second).getByRole('button', { name: 'Close' }).click()
    await bar(second).waitFor({ state: 'detached' })
    await second.reload()
    await bar(second).waitFor()
    await bar(first).getByRole('button', { name: 'Accept' }).click()

    await bar(first).waitFor({ state: 'detached' })
    await bar(second).waitFor({ state: 'detached' })
    expect(lastConsent(shop)).toEqual(ALL)
  })

  async function openShop(head = ''): Promise<ConsentShop> {
    const shop = openConsentShop(stage, { mode: 'anonymous', head })
    const { account, url } = stage.server
    const holder = await account.findKeyHolder(shop.key)
    const secret = await account.createSecretKey(holder?.shop.id ?? 0, ['experiences:write'])
    const reply = await fetch(url + EXPERIENCES_PATH, {
      method: 'POST',
      headers: { authorization: `Bearer ${secret}` },
      body: JSON.stringify({ ...cookieConsent.experience, state: 'active' }),
    })
    expect(reply.status).toBe(201)
    return shop
  }

  function lastConsent({ key }: ConsentShop): unknown {
    return batchesOf(stage.proxy, key).at(-1)?.consent
  }
})

function bar(page: Page) {
  return page.getByRole('region', { name: 'Cookies' })
}

/** Answered after whatever the page view has led to. */
async function comeBack(page: Page, name: string): Promise<void> {
  await page.reload()
  await tagReady(page)
  await command(page, 'track', name)
}

async function tabTo(page: Page, name: string): Promise<void> {
  const wanted = bar(page).getByRole('button', { name })
  for (let step = 0; step < 12; step++) {
    await page.keyboard.press('Tab')
    if (await wanted.evaluate((button) => button.matches(':focus'))) return
  }
  throw new Error(`${name} is not reached`)
}
