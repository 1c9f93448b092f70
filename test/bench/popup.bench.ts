import type { Browser, Page } from 'playwright-core'
import type { ExperienceInput } from '#protocol/experiences.ts'
import { CLAIMS_PATH, EXPERIENCES_PATH } from '#protocol/names.ts'
import { findChromium } from '../../scripts/services/chromium.mjs'
import { median, percentile } from './support/percentiles.ts'
import { withShopPage } from './support/shop-page.ts'
import { milliseconds, printTable, ratio } from './support/table.ts'

// How long a visitor waits for the first pop-up of a page, from the event that makes its condition true until it can be
// seen: event → server → decision → widget's code → claim → drawn, in Chromium slowed four times, on another origin than
// the shop's. The limit is what the browser itself takes for three such requests and a dialog.

const RUNS = Number(process.env.BENCH_RUNS ?? 15)
const SLOWDOWN = 4
const AIM_MS = 100
const EVENT = 'Size Guide Opened'

const EXPERIENCE: ExperienceInput = {
  key: 'size-guide',
  name: 'Help with sizes',
  kind: 'popup',
  state: 'active',
  targeting: {
    kind: 'event',
    scope: 'session',
    name: EVENT,
    where: [],
    count: { op: 'atLeast', value: 1 },
  },
  triggers: [{ on: 'load' }],
  frequency: { per: 'ever' },
  content: {
    layout: { kind: 'modal' },
    design: {
      kind: 'blocks',
      blocks: [
        { kind: 'heading', text: 'Not sure about your size?' },
        { kind: 'text', text: 'We answer within a minute, and you can send it back for free.' },
        { kind: 'button', text: 'Ask us', action: { do: 'link', url: '/contact' } },
      ],
    },
  },
}

process.env.TEST_CHROMIUM ??= (await findChromium()) ?? ''
// Only now: it reads where Chromium is.
const { hasChromium, newShopper } = await import('../support/chromium.ts')

if (hasChromium) await bench()
else console.log('There is no Chromium here: nothing measured.')

async function bench(): Promise<void> {
  const setUp = {
    scope: 'experiences:write',
    method: 'POST',
    path: EXPERIENCES_PATH,
    body: EXPERIENCE,
  } as const
  await withShopPage(setUp, pageOf, async ({ browser, url, serverUrl }) => {
    const ours: number[] = []
    const limits: number[] = []
    for (let run = 0; run <= RUNS; run += 1) {
      ours.push(await onFreshPage(browser, url, (page) => firstPopup(page)))
      limits.push(await onFreshPage(browser, url, (page) => bareDialog(page, serverUrl)))
    }
    // The first of each warms up.
    report(ours.slice(1), limits.slice(1))
  })
}

/** A page that has sent its first events, in a browser that has nothing of ours. */
async function onFreshPage(
  browser: Browser,
  url: string,
  measure: (page: Page) => Promise<number>,
): Promise<number> {
  const context = await newShopper(browser)
  const page = await context.newPage()
  const devtools = await context.newCDPSession(page)
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: SLOWDOWN })
  await page.goto(url, { waitUntil: 'load' })
  await page.waitForFunction(() => Reflect.get(window, 'pageViewSent') === true)
  // Visitors look before they click.
  await page.waitForTimeout(1_000)
  const elapsed = await measure(page)
  await context.close()
  return elapsed
}

/** Until the frame with it in has been painted. */
function firstPopup(page: Page): Promise<number> {
  return page.evaluate(
    (name) =>
      new Promise<number>((resolve) => {
        const painted = () => setTimeout(() => resolve(performance.now() - start))
        const look = new MutationObserver((changes) => {
          const added = changes.flatMap(({ addedNodes }) => [...addedNodes])
          if (!added.some(({ nodeName }) => nodeName === 'GP-WIDGET')) return
          look.disconnect()
          requestAnimationFrame(painted)
        })
        look.observe(document.documentElement, { childList: true, subtree: true })
        const start = performance.now()
        const gp: unknown = Reflect.get(window, 'gp')
        if (typeof gp === 'function') gp('track', name)
      }),
    EVENT,
  )
}

/** Two requests in a row, which the server refuses at once, and a dialog of the browser's own. */
function bareDialog(page: Page, server: string): Promise<number> {
  return page.evaluate(async (url) => {
    const start = performance.now()
    for (let asked = 0; asked < 2; asked += 1) {
      const reply = await fetch(url, { method: 'POST', body: '{}' })
      await reply.text()
    }
    const dialog = document.createElement('dialog')
    dialog.textContent = 'Free shipping today'
    document.body.append(dialog)
    dialog.showModal()
    await new Promise((resolve) => void requestAnimationFrame(() => setTimeout(resolve)))
    return performance.now() - start
  }, server + CLAIMS_PATH)
}

function report(ours: readonly number[], limits: readonly number[]): void {
  const limit = median(limits)
  const row = (name: string, all: readonly number[]) => [
    name,
    milliseconds(median(all)),
    milliseconds(percentile(all, 0.9)),
    ratio(median(all), limit),
  ]
  printTable(
    ['event to visible, 4 × slower', 'median', 'p90', 'to the limit'],
    [
      row('the first pop-up', ours),
      row('two bare requests and a dialog', limits),
      ['aim', milliseconds(AIM_MS), '', ''],
    ],
  )
}

function pageOf({ serverUrl, shopKey }: { serverUrl: string; shopKey: string }): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Trail runner</title>
<script>
  window.gp = function () { (gp.q = gp.q || []).push(arguments) }
  gp('once', 'event:sent', function () { window.pageViewSent = true })
</script>
<script async src="${serverUrl}/gp.js" data-shop="${shopKey}" data-consent="full"></script></head>
<body><h1>Trail runner</h1><p>59.90 €</p><button>Add to cart</button></body></html>`
}
