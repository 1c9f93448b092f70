import type { BrowserContext, Page } from 'playwright-core'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { ConsentMode } from '#protocol/names.ts'
import { hasChromium, newShopper } from '../support/chromium.ts'
import { callOnly, command, tagReady } from './support/command.ts'
import { documentOf, shopPage, pathOf } from './support/shop-page.ts'
import { createStage, type Stage } from './support/stage.ts'

const EVENTS = 20
const ALL = Array.from({ length: EVENTS }, (_, at) => at + 1)
const RETURN_MS = 3_000

describe.skipIf(!hasChromium)('without a network', () => {
  let stage: Stage
  let context: BrowserContext

  beforeAll(async () => {
    stage = await createStage()
    stage.shop.serve('/elsewhere', documentOf({ title: 'Elsewhere' }))
    return () => stage.stop()
  })
  beforeEach(async () => {
    stage.proxy.setFault({ kind: 'delay', ms: 200 })
    context = await newShopper(stage.browser)
    return () => context.close()
  })

  it.for(['full', 'anonymous'] as const)(
    'sends what was tracked within 3 s of the return, in order and once (%s)',
    async (mode, { annotate }) => {
      const { key, page } = await visit(mode)
      await command(page, 'track', 'Still online')
      await context.setOffline(true)
      await trackAll(page)

      await context.setOffline(false)
      const back = performance.now()
      await expect.poll(() => arrivals(key), { timeout: 10_000, interval: 20 }).toEqual(ALL)

      const tookMs = performance.now() - back
      await annotate(`${EVENTS} events ${Math.round(tookMs)} ms after the return`)
      expect(tookMs).toBeLessThan(RETURN_MS)
      await page.close()
      expect(arrivals(key)).toEqual(ALL)
      expect(stage.proxy.preflights()).toBe(0)
    },
  )

  it('sends on the next visit what was tracked before the page was closed offline', async () => {
    const { key, page } = await visit('full')
    await command(page, 'track', 'Still online')
    await context.setOffline(true)
    await trackAll(page)
    await page.close()
    expect(arrivals(key)).toEqual([])

    await context.setOffline(false)
    const next = await context.newPage()
    await next.goto(stage.shop.url(pathOf(key)))
    await expect.poll(() => arrivals(key), { timeout: 10_000 }).toEqual(ALL)
    await next.reload()
    await command(next, 'track', 'Third visit')

    expect(arrivals(key)).toEqual(ALL)
    expect(stage.ledger.pageViews(key)).toHaveLength(3)
  })

  it('keeps nothing for a next visit without consent', async () => {
    const { key, page } = await visit('anonymous')
    await command(page, 'track', 'Still online')
    await context.setOffline(true)
    await trackAll(page)
    await page.close()
    await context.setOffline(false)

    const next = await context.newPage()
    await next.goto(stage.shop.url(pathOf(key)))
    await tagReady(next)
    await command(next, 'track', 'Next visit')

    expect(arrivals(key)).toEqual([])
    expect(await next.evaluate(() => Object.keys(localStorage))).toEqual([])
  })

  it('stores once what the server stored but could not answer', async () => {
    const { key, page } = await visit('full')
    await command(page, 'track', 'Still online')
    stage.proxy.setFault({ kind: 'lose-answer' })
    const before = stage.proxy.batches().length
    await trackAll(page)
    await expect
      .poll(() => stage.proxy.batches().length, { timeout: 20_000 })
      .toBeGreaterThan(before + 1)

    stage.proxy.setFault({ kind: 'none' })
    await expect
      .poll(() => command(page, 'track', 'Answered'), { timeout: 20_000 })
      .toMatchObject({ ok: true })

    expect(arrivals(key)).toEqual(ALL)
  })

  it('delivers in order what waited while the server was down for a while', async () => {
    const { key, page } = await visit('full')
    await command(page, 'track', 'Still online')
    stage.proxy.setFault({ kind: 'refuse' })
    const before = stage.proxy.batches().length
    await trackAll(page)
    await expect
      .poll(() => stage.proxy.seen.length, { timeout: 10_000 })
      .toBeGreaterThan(before + 1)

    stage.proxy.setFault({ kind: 'none' })
    await expect.poll(() => arrivals(key), { timeout: 20_000 }).toEqual(ALL)
  })

  it('waits as long as a busy server asks', async () => {
    const { key, page } = await visit('full')
    await command(page, 'track', 'Still online')
    const headers = {
      'retry-after': '2',
      'access-control-allow-origin': '*',
      // Without it a page of another origin can't read the header before.
      'access-control-expose-headers': 'retry-after',
    }
    stage.proxy.setFault({ kind: 'answer', status: 503, headers, body: '{}' })
    const refused = page.waitForResponse((response) => response.status() === 503)
    await trackAll(page)
    const asked = (await refused).request().timing()
    const taken = page.waitForResponse((response) => response.status() === 200)
    stage.proxy.setFault({ kind: 'none' })
    await expect.poll(() => arrivals(key), { timeout: 20_000, interval: 20 }).toEqual(ALL)

    // By the browser's clock: under load the test hears of the answer late.
    const waited = (await taken).request().timing().startTime - asked.startTime
    expect(waited - asked.responseStart).toBeGreaterThan(1_900)
  })

  async function visit(mode: ConsentMode): Promise<{ key: string; page: Page }> {
    const key = stage.ledger.openShop(mode)
    const settings = { consent: mode }
    stage.shop.serve(pathOf(key), shopPage({ tagAt: stage.tagAt, key, settings }))
    const page = await context.newPage()
    await page.goto(stage.shop.url(pathOf(key)))
    await tagReady(page)
    return { key, page }
  }

  async function trackAll(page: Page): Promise<void> {
    for (const number of ALL) await callOnly(page, 'track', 'Offline', { number })
  }

  /** Numbers of the offline events in the order in which the server stored them. */
  function arrivals(key: string): number[] {
    const stored = stage.ledger.named(key, 'Offline').toSorted((a, b) => a.seq - b.seq)
    return stored.map(({ properties }) => Number(properties['number']))
  }
})
