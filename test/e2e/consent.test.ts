import type { BrowserContext } from 'playwright-core'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { hasChromium, newShopper } from '../support/chromium.ts'
import { batchesOf, longStrings } from './support/batches.ts'
import { callOnly, tagReady } from './support/command.ts'
import { openConsentShop } from './support/consent-shop.ts'
import { playInteractions } from './support/interactions.ts'
import { rounds } from './support/rounds.ts'
import { createStage, type Stage } from './support/stage.ts'
import { spyOnStorage } from './support/storage-spy.ts'

const STRICT = ['off', 'anonymous'] as const

const SEQUENCES = process.env.TEST_LONG === '1' ? 5_000 : 300
const SEQUENCES_A_PAGE = 20
const PAGES = SEQUENCES / SEQUENCES_A_PAGE
const SEED = Number(process.env.TEST_SEED ?? Date.now() % 1_000_000)

/** The choice itself may be kept; and whoever denies clears what earlier visits left. */
const HARMLESS =
  /^localStorage\.((get|set)Item gp:consent|removeItem gp:.*|key \d+|length)$|^localStorage keys$/

describe.skipIf(!hasChromium)('without consent', () => {
  let stage: Stage
  let context: BrowserContext
  let touched: readonly string[]

  beforeAll(async () => {
    stage = await createStage()
    return () => stage.stop()
  })
  beforeEach(async () => {
    context = await newShopper(stage.browser)
    touched = await spyOnStorage(context)
    return () => context.close()
  })

  it.each(STRICT)('the tag reads an earlier choice and touches nothing else (%s)', async (mode) => {
    const page = await openConsentShop(stage, { mode }).open(context)
    await callOnly(page, 'track', 'Product Viewed', { product_id: 'p-1' })
    await callOnly(page, 'identify', 'customer-42', { email: 'ana@example.com' })
    await page.reload()
    await tagReady(page)
    await page.close()

    expect(new Set(touched)).toEqual(new Set(['localStorage.getItem gp:consent']))
    expect(await context.storageState()).toEqual({ cookies: [], origins: [] })
  })

  it.each([
    { mode: 'off', fewest: 0, most: 0 },
    { mode: 'anonymous', fewest: PAGES, most: Infinity },
  ] as const)(
    `nothing is stored and nobody named in ${SEQUENCES} sequences ($mode, seed ${SEED})`,
    async ({ mode, fewest, most }) => {
      const shop = openConsentShop(stage, { mode })
      await rounds(PAGES, 3, async (round) => {
        const page = await shop.open(context)
        await page.evaluate(playInteractions, { seed: SEED + round, count: SEQUENCES_A_PAGE })
        await page.close()
      })

      expect([...new Set(touched)].filter((what) => !HARMLESS.test(what))).toEqual([])
      const { cookies, origins } = await context.storageState()
      const kept = origins.flatMap(({ localStorage }) => localStorage.map(({ name }) => name))
      expect(cookies).toEqual([])
      expect(kept.filter((name) => name !== 'gp:consent')).toEqual([])

      const batches = batchesOf(stage.proxy, shop.key)
      expect(batches.length).toBeGreaterThanOrEqual(fewest)
      expect(batches.length).toBeLessThanOrEqual(most)
      const known = batches.filter(({ visitor, session }) => visitor !== null || session !== null)
      expect(known).toEqual([])
      expect(JSON.stringify(batches)).not.toMatch(/customer-4|customers-of|ana@example/)
      expect(stage.proxy.seen.filter(({ cookie }) => cookie !== undefined)).toEqual([])
    },
    120_000,
  )

  it.each([
    { mode: 'anonymous', how: 'cannot', isKnown: false },
    { mode: 'full', how: 'can', isKnown: true },
  ] as const)('two visits $how be joined by what is sent ($mode)', async ({ mode, isKnown }) => {
    const shop = openConsentShop(stage, { mode })
    const stranger = await newShopper(stage.browser)
    const ends: number[] = []
    for (const shopper of [context, context, stranger]) {
      await shop.visit(shopper, 'Visited')
      ends.push(batchesOf(stage.proxy, shop.key).length)
    }
    await stranger.close()

    const batches = batchesOf(stage.proxy, shop.key)
    const first = longStrings(batches.slice(0, ends[0]))
    const second = longStrings(batches.slice(ends[0], ends[1]))
    const others = longStrings(batches.slice(ends[1]))
    const telling = [...first].filter((text) => second.has(text) && !others.has(text))
    expect(telling.length > 0).toBe(isKnown)
  })
})
