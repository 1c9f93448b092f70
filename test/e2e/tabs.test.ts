import type { BrowserContext, Page } from 'playwright-core'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { hasChromium, newShopper } from '../support/chromium.ts'
import { callOnly, command, tagReady } from './support/command.ts'
import { createRandom, pick } from './support/random.ts'
import { shopPage, pathOf } from './support/shop-page.ts'
import { createStage, type Stage } from './support/stage.ts'

const TABS = 5
const STEPS = process.env.TEST_LONG === '1' ? 600 : 60
const SEEDS = [Number(process.env.TEST_SEED ?? Date.now() % 1_000_000)]
const PATIENCE_MS = 20_000

const MOVES = ['track', 'track', 'track', 'open', 'close', 'reload', 'network', 'network'] as const

describe.skipIf(!hasChromium)('five tabs of one shopper', () => {
  let stage: Stage
  let context: BrowserContext
  let key: string

  beforeAll(async () => {
    stage = await createStage()
    return () => stage.stop()
  })
  beforeEach(async () => {
    stage.proxy.setFault({ kind: 'delay', ms: 200 })
    context = await newShopper(stage.browser)
    key = stage.ledger.openShop('full')
    const settings = { consent: 'full' }
    stage.shop.serve(pathOf(key), shopPage({ tagAt: stage.tagAt, key, settings }))
  })
  afterEach(() => context.close())

  it('become one visitor in one session when all open at once', async () => {
    const tabs = await Promise.all(Array.from({ length: TABS }, openTab))
    await Promise.all(tabs.map((tab) => command(tab, 'track', 'First')))
    await Promise.all(tabs.map((tab) => command(tab, 'track', 'Second')))

    expect(stage.ledger.events(key)).toHaveLength(3 * TABS)
    await expect.poll(visitors).toHaveLength(1)
    expect(sessions()).toHaveLength(1)
  })

  it.each(SEEDS)(
    'lose and double nothing, whatever is opened, closed and cut off (seed %d)',
    async (seed) => {
      const random = createRandom(seed)
      const tabs = await Promise.all(Array.from({ length: TABS }, openTab))
      let isOffline = false
      let tracked = 0
      let pages = TABS

      for (let step = 0; step < STEPS; step += 1) {
        const [first, ...others] = tabs
        if (first === undefined) throw new Error('The last tab stays open')
        const tab = pick(random, [first, ...others])
        const move = pick(random, MOVES)
        if (move === 'track') {
          tracked += 1
          await callOnly(tab, 'track', 'Chaos', { number: tracked })
        }
        if (move === 'close' && tabs.length > 1) {
          tabs.splice(tabs.indexOf(tab), 1)
          await tab.close()
        }
        if (move === 'network') {
          isOffline = !isOffline
          await context.setOffline(isOffline)
        }
        if (move === 'open' && !isOffline && tabs.length < TABS) {
          tabs.push(await openTab())
          pages += 1
        }
        if (move === 'reload' && !isOffline) {
          await tab.reload()
          await tagReady(tab)
          pages += 1
        }
      }
      await context.setOffline(false)
      // An orphaned queue is found by those who are there, or else by who comes next.
      await openTab()
      pages += 1

      const all = Array.from({ length: tracked }, (_, at) => at + 1)
      await expect.poll(numbers, { timeout: PATIENCE_MS }).toEqual(all)
      await expect
        .poll(() => stage.ledger.pageViews(key).length, { timeout: PATIENCE_MS })
        .toBe(pages)
      await expect.poll(visitors, { timeout: PATIENCE_MS }).toHaveLength(1)
      expect(sessions()).toHaveLength(1)
      expect(stage.ledger.events(key)).toHaveLength(tracked + pages)
      expect(stage.proxy.preflights()).toBe(0)
    },
    120_000,
  )

  it('take over what a crashed tab could not send', async () => {
    const stays = await openTab()
    const crashes = await openTab()
    await command(crashes, 'track', 'Before')
    stage.proxy.setFault({ kind: 'refuse' })
    await callOnly(crashes, 'track', 'Chaos', { number: 1 })
    const crashed = crashes.waitForEvent('crash')
    await Promise.race([crashes.goto('chrome://crash').catch(() => undefined), crashed])
    await crashed
    stage.proxy.setFault({ kind: 'none' })

    await stays.reload()
    await expect.poll(numbers, { timeout: PATIENCE_MS }).toEqual([1])
  })

  async function openTab(): Promise<Page> {
    const page = await context.newPage()
    await page.goto(stage.shop.url(pathOf(key)))
    await tagReady(page)
    return page
  }

  function numbers(): number[] {
    const stored = stage.ledger.named(key, 'Chaos')
    return stored.map(({ properties }) => Number(properties['number'])).toSorted((a, b) => a - b)
  }

  function visitors(): readonly unknown[] {
    return [...new Set(stage.ledger.events(key).map(({ visitorId }) => visitorId))]
  }

  function sessions(): readonly unknown[] {
    return [...new Set(stage.ledger.events(key).map(({ sessionId }) => sessionId))]
  }
})
