import type { BrowserContext, Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { hasChromium, newShopper } from '../support/chromium.ts'
import { axeFindings } from './support/axe.ts'
import {
  launcherOf,
  networkOf,
  openChatShop,
  saidOn,
  windowOf,
  write,
  type ChatShop,
} from './support/chat-shop.ts'
import { createStage, type Stage } from './support/stage.ts'
import { watch, type Watch } from './support/watch.ts'

const ANSWERED = 170
/** What is drawn at first, and beside it at each step back. */
const NEWEST = 50
const PAGE = 100
/** Names stand once above what one person says, so what was first may move by a line. */
const A_LINE_PX = 30

describe.skipIf(!hasChromium)('a long chat, to its visitor', () => {
  let stage: Stage
  let shop: ChatShop
  let context: BrowserContext
  let page: Page
  let watched: Watch

  beforeAll(async () => {
    stage = await createStage()
    shop = await openChatShop(stage)
    context = await newShopper(stage.browser, {
      viewport: { width: 1280, height: 800 },
      reducedMotion: 'reduce',
    })
    watched = await watch(context)
    page = await shop.open(context)
    await launcherOf(page).click()
    await write(page, '0')
    await page.locator('gp-widget .receipt').filter({ hasText: 'Sent' }).waitFor()
    for (let number = 1; number <= ANSWERED; number += 1) await shop.answer(`${number}`)
    await page.reload()
    await launcherOf(page).click()
    await windowOf(page).waitFor()
    return () => stage.stop()
  }, 120_000)

  const upTo = (first: number, last: number) =>
    Array.from({ length: last - first + 1 }, (_, at) => `${first + at}`)
  const said = async () => (await saidOn(page)).map((text) => text.replace('> ', ''))
  const earlier = () => page.getByRole('button', { name: 'Earlier messages' })

  /** Where a message stands on the screen, after scrolling to `top` in the same task. */
  const placeOf = (text: string, top?: number) =>
    page.locator('gp-widget .scroll').evaluate(
      (scroll, [wanted, to]) => {
        if (to !== undefined) scroll.scrollTop = Number(to)
        const rows = [...scroll.querySelectorAll('.row .bubble')]
        return rows.find((row) => row.textContent === wanted)?.getBoundingClientRect().top ?? -1
      },
      [text, top] as const,
    )

  it('opens with what was said last, at its end', async () => {
    await expect.poll(said).toEqual(upTo(ANSWERED - NEWEST + 1, ANSWERED))

    expect(await earlier().count()).toBe(1)
    const { height = 0, y = 0 } = (await windowOf(page).boundingBox()) ?? {}
    expect(await placeOf(`${ANSWERED}`)).toBeGreaterThan(y)
    expect(await placeOf(`${ANSWERED}`)).toBeLessThan(y + height)
  })

  it('goes back as its visitor scrolls up, and what was in sight stays there', async () => {
    const first = `${ANSWERED - NEWEST + 1}`
    const before = await placeOf(first, 0)
    await expect.poll(async () => (await said()).length).toBe(NEWEST + PAGE)

    expect(Math.abs((await placeOf(first)) - before)).toBeLessThan(A_LINE_PX)
    // Nothing is new, below.
    expect(await page.getByRole('button', { name: 'New messages' }).count()).toBe(0)
    expect(await axeFindings(page)).toEqual([])
  })

  it('is whole and in order after a cut, and the keyboard goes to its beginning', async () => {
    const cut = await networkOf(context)
    await page.reload()
    await launcherOf(page).click()
    await expect.poll(said).toContain(`${ANSWERED}`)
    await cut(true)
    await shop.answer(`${ANSWERED + 1}`)
    await cut(false)
    await expect.poll(said, { timeout: 15_000 }).toContain(`${ANSWERED + 1}`)
    while ((await earlier().count()) > 0) {
      const { length } = await said()
      await earlier().focus()
      await page.keyboard.press('Enter')
      await expect.poll(async () => (await said()).length).toBeGreaterThan(length)
    }

    expect(await said()).toEqual(upTo(0, ANSWERED + 1))
    // Not lost with the button that is no more.
    const isInLog = () =>
      page.evaluate(() => document.querySelector('gp-widget')?.shadowRoot?.activeElement?.className)
    expect(await isInLog()).toBe('scroll')
    expect(watched.errors).toEqual([])
  })
})
