import type { BrowserContext, Page, Response } from 'playwright-core'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Decisions } from '#protocol/experiences.ts'
import { EVENTS_PATH, LIVE_PAGE_PATH } from '#protocol/names.ts'
import { hasChromium, newShopper } from '../support/chromium.ts'
import { command, tagReady } from './support/command.ts'
import { createStage, type Stage } from './support/stage.ts'
import { watch, type Watch } from './support/watch.ts'

const COFFEE = 'product.html?p=cafe-huila'
const REMINDER = 'Demo: cart reminder'

describe.skipIf(!hasChromium)('the demo shop’s pop-ups', () => {
  let stage: Stage
  let context: BrowserContext
  let watched: Watch
  let page: Page

  beforeAll(async () => {
    stage = await createStage()
    return () => stage.stop()
  })
  beforeEach(async () => {
    context = await newShopper(stage.browser, { locale: 'en-GB' })
    watched = await watch(context)
    page = await context.newPage()
    return () => context.close()
  })

  it('remind of the cart when the pointer leaves, once, and not again in a second tab', async () => {
    await open(page, COFFEE)
    await page.getByRole('button', { name: 'Accept all' }).click()
    const decided = page.waitForResponse(decides('demo-cart-reminder'))
    await page.getByRole('button', { name: 'Add to cart' }).click()
    const reminder = await decided
    await leaveThroughTop(page)
    await page.getByRole('heading', { name: 'Your cart is not empty' }).waitFor()
    const experienceId = await idIn(reminder, 'demo-cart-reminder')
    await expect.poll(() => timesShown(experienceId)).toBe(1)

    const second = await context.newPage()
    await open(second, COFFEE)
    await leaveThroughTop(second)
    // Answered after whatever leaving might have asked.
    await command(second, 'track', 'Stayed')
    expect(await second.getByRole('heading', { name: 'Your cart is not empty' }).count()).toBe(0)
    expect(timesShown(experienceId)).toBe(1)
    expect([...watched.errors, ...watched.violations, ...watched.complaints]).toEqual([])
  })

  it('are counted on the live page as they were seen and closed', async () => {
    const live = await openLive()
    const before = await figuresOf(live)
    await open(page, COFFEE)
    await page.getByRole('button', { name: 'Accept all' }).click()
    const decided = page.waitForResponse(decides('demo-cart-reminder'))
    await page.getByRole('button', { name: 'Add to cart' }).click()
    await decided
    await leaveThroughTop(page)
    const heading = page.getByRole('heading', { name: 'Your cart is not empty' })
    await heading.waitFor()
    await page.getByRole('button', { name: 'Not now' }).click()
    await heading.waitFor({ state: 'hidden' })

    await expect
      .poll(() => figuresOf(live))
      .toEqual({ ...before, seen: before.seen + 1, closed: before.closed + 1 })
    const stored = stage.ledger.events(stage.server.key).length
    await expect
      .poll(() => live.getByText('Stored today').locator('+ *').innerText())
      .toBe(String(stored))
  })

  it.each(['Accept all', 'Only what is necessary'])(
    'say how far the cart is from free shipping: %s',
    async (choice) => {
      await open(page, COFFEE)
      await page.getByRole('button', { name: choice }).click()
      await page.getByRole('button', { name: 'Add to cart' }).click()

      const bar = page.getByText('157,100 more and shipping is free').first()
      await expect.poll(() => bar.isVisible()).toBe(true)
    },
  )

  it('remind of the cart before any choice of consent, and the bar stays', async () => {
    await open(page, COFFEE)
    const decided = page.waitForResponse(decides('demo-cart-reminder'))
    await page.getByRole('button', { name: 'Add to cart' }).click()
    await decided
    const bar = page.getByText('157,100 more and shipping is free').first()
    await expect.poll(() => bar.isVisible()).toBe(true)
    await leaveThroughTop(page)
    await page.getByRole('heading', { name: 'Your cart is not empty' }).waitFor()
    await command(page, 'track', 'Stayed')

    expect(await bar.isVisible()).toBe(true)
  })

  async function open(on: Page, path: string): Promise<void> {
    const answered = on.waitForResponse((response) => response.url().endsWith(EVENTS_PATH))
    await on.goto(`${stage.server.url}/demo/${path}`)
    await tagReady(on)
    await answered
  }

  async function openLive(): Promise<Page> {
    const live = await context.newPage()
    const token = await stage.server.account.createOneTimeLink(stage.server.shop.id)
    await live.goto(`${stage.server.url}${LIVE_PAGE_PATH}#${token}`)
    await live.getByRole('rowheader', { name: REMINDER }).waitFor()
    return live
  }

  async function figuresOf(live: Page): Promise<{ seen: number; used: number; closed: number }> {
    const row = live.getByRole('row').filter({ hasText: REMINDER })
    const [seen = 0, used = 0, closed = 0] = (await row.getByRole('cell').allInnerTexts()).map(
      Number,
    )
    return { seen, used, closed }
  }

  function timesShown(experienceId: string): number {
    const shown = stage.ledger.named(stage.server.key, 'Experience Shown')
    return shown.filter(({ properties }) => properties['experience_id'] === experienceId).length
  }
})

/** Whether an answer to events has the experience `key` in it. */
function decides(key: string) {
  return async (response: Response) =>
    response.url().endsWith(EVENTS_PATH) && (await response.text()).includes(`"key":"${key}"`)
}

async function idIn(response: Response, key: string): Promise<string> {
  const { decisions }: { decisions: Decisions } = await response.json()
  return decisions.active.find((decision) => decision.key === key)?.experienceId ?? ''
}

/** Out of the window: what Chromium does when the pointer leaves it, and never hears of without a real one. */
async function leaveThroughTop(page: Page): Promise<void> {
  await page.mouse.move(300, 200)
  await page.mouse.move(300, 1)
  await page.evaluate(() => {
    const out = { bubbles: true, relatedTarget: null, clientX: 300, clientY: -1 }
    document.body.dispatchEvent(new MouseEvent('mouseout', out))
  })
}
