import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ConsentMode } from '#protocol/names.ts'
import { hasChromium, newShopper } from '../support/chromium.ts'
import { callOnly, tagReady } from './support/command.ts'
import { rounds } from './support/rounds.ts'
import { documentOf, shopPage, tagElement, pathOf } from './support/shop-page.ts'
import { createStage, type Stage } from './support/stage.ts'

const IS_LONG = process.env.TEST_LONG === '1'
const ROUNDS = IS_LONG ? 20 : 6
/** Most of a round is waiting. */
const ABREAST = 4
const ANSWER_DELAY_MS = 200
const PATIENCE_MS = 10_000

/** Slow phones as well, where time allows. */
const SLOWDOWNS = IS_LONG ? [1, 4] : [1]
/** With an identity that could be kept in storage, and without. */
const MODES: readonly ConsentMode[] = ['full', 'anonymous']

interface Way {
  readonly way: string
  readonly path: 'page' | 'bounce'
  /** `window.close()` is for tabs that another page opened. */
  readonly isPopup?: true
  readonly leave: (page: Page, round: number) => Promise<void>
}

/** Each tracks `Left` at the last moment. */
const WAYS: readonly Way[] = [
  {
    way: 'in a click that leaves the page',
    path: 'page',
    leave: async (page) => {
      await page.click('#out')
      await page.waitForURL('**/elsewhere')
    },
  },
  {
    way: 'before the tab is closed',
    path: 'page',
    leave: async (page, round) => {
      await callOnly(page, 'track', 'Left', { round })
      await page.close({ runBeforeUnload: round % 4 > 1 })
    },
  },
  {
    way: 'before the page closes itself',
    path: 'page',
    isPopup: true,
    leave: async (page) => {
      const closed = page.waitForEvent('close')
      await page.evaluate(() => setTimeout(() => document.getElementById('close')?.click()))
      await closed
    },
  },
  {
    way: 'by a visitor who leaves 100 ms after evaluation',
    path: 'bounce',
    leave: (page) => page.waitForURL('**/elsewhere'),
  },
]

describe.skipIf(!hasChromium)('on two origins, with every answer 200 ms late', () => {
  let stage: Stage

  beforeAll(async () => {
    stage = await createStage()
    stage.proxy.setFault({ kind: 'delay', ms: ANSWER_DELAY_MS })
    stage.shop.serve('/elsewhere', documentOf({ title: 'Elsewhere' }))
  })
  afterAll(() => stage.stop())

  const cases = SLOWDOWNS.flatMap((slowdown) =>
    MODES.flatMap((mode) => WAYS.map((way) => ({ ...way, mode, slowdown }))),
  )

  it.each(cases)(
    `delivers ${ROUNDS} of ${ROUNDS} tracked $way ($mode, CPU slowed $slowdown times)`,
    async ({ mode, path, leave, slowdown, isPopup = false }) => {
      const key = stage.ledger.openShop(mode)
      servePages(key, mode)

      // A browser of its own for every round, so that nothing can depend on a next visit.
      const contexts = await Promise.all(
        Array.from({ length: ROUNDS }, () => newShopper(stage.browser)),
      )
      await rounds(ROUNDS, ABREAST, async (round) => {
        const page = await openTab(contexts[round - 1], isPopup)
        await slowDown(page, slowdown)
        const isPatient = path === 'page' && round % 2 === 0
        const answered = isPatient ? page.waitForResponse('**/v1/events*') : undefined
        await page.goto(stage.shop.url(`${pathOf(key)}/${path}?${round}`), { waitUntil: 'commit' })
        // Half of them leave while the first request is on its way.
        if (path === 'page') await tagReady(page)
        await answered
        await leave(page, round)
      })

      const all = Array.from({ length: ROUNDS }, (_, at) => at + 1)
      await expect.poll(() => roundsOf(key), { timeout: PATIENCE_MS }).toEqual(all)
      await expect.poll(() => stage.ledger.pageViews(key).length).toBe(ROUNDS)
      await Promise.all(contexts.map((context) => context.close()))
      // Nothing came on top: neither a second copy nor a page view of the page that was left.
      expect(stage.ledger.events(key)).toHaveLength(2 * ROUNDS)
    },
    180_000,
  )

  it('never asked for a preflight', () => {
    expect(stage.proxy.batches().length).toBeGreaterThanOrEqual(cases.length * ROUNDS)
    expect(stage.proxy.preflights()).toBe(0)
  })

  async function openTab(context: BrowserContext | undefined, isPopup: boolean): Promise<Page> {
    if (context === undefined) throw new Error('No context for this round')
    const page = await context.newPage()
    if (!isPopup) return page
    const opened = context.waitForEvent('page')
    await page.evaluate(() => void window.open('about:blank', '_blank'))
    return opened
  }

  function roundsOf(key: string): number[] {
    const left = stage.ledger.named(key, 'Left')
    return left.map(({ properties }) => Number(properties['round'])).toSorted((a, b) => a - b)
  }

  function servePages(key: string, mode: ConsentMode): void {
    const tag = { tagAt: stage.tagAt, key, settings: { consent: mode } }
    const track = `gp('track', 'Left', { round: location.search.slice(1) })`
    const body = `
      <a id="out" href="/elsewhere">Leave</a>
      <button id="close">Close</button>
      <script>
        document.getElementById('out').onclick = () => { ${track} }
        document.getElementById('close').onclick = () => { ${track}; window.close() }
      </script>`
    stage.shop.serve(`${pathOf(key)}/page`, shopPage({ ...tag, body }))
    const soon = `${track}; setTimeout(() => { location.href = '/elsewhere' }, 100)`
    const bouncing = tagElement(tag).replace('<script', `<script onload="${soon}"`)
    stage.shop.serve(`${pathOf(key)}/bounce`, documentOf({ head: bouncing }))
  }
})

async function slowDown(page: Page, rate: number): Promise<void> {
  const session = await page.context().newCDPSession(page)
  await session.send('Emulation.setCPUThrottlingRate', { rate })
  // The session stays: the rate holds as long as it does.
}
