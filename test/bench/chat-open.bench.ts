import type { BrowserContext, Page } from 'playwright-core'
import { CHAT_LAUNCHER_PATH, CHAT_SETTINGS_PATH } from '#protocol/names.ts'
import { findChromium } from '../../scripts/services/chromium.mjs'
import { median, percentile } from './support/percentiles.ts'
import { withShopPage } from './support/shop-page.ts'
import { milliseconds, printTable } from './support/table.ts'

// How long a visitor waits from gp.openChat() until they can write, in Chromium slowed four times, on another origin than
// the shop's, with the launcher on the page and the files in the browser's cache. The limit is what the browser itself takes
// for one request to the same server, a dialog and a focused textarea.

const RUNS = Number(process.env.BENCH_RUNS ?? 15)
const SLOWDOWN = 4
const AIM_MS = 300

process.env.TEST_CHROMIUM ??= (await findChromium()) ?? ''
// Only now: it reads where Chromium is.
const { hasChromium, newShopper } = await import('../support/chromium.ts')

if (hasChromium) await bench()
else console.log('There is no Chromium here: nothing measured.')

async function bench(): Promise<void> {
  const setUp = {
    scope: 'conversations:write',
    method: 'PUT',
    path: CHAT_SETTINGS_PATH,
    body: { isOn: true },
  } as const
  await withShopPage(setUp, pageOf, async ({ browser, url, serverUrl }) => {
    const context = await newShopper(browser)
    const ours: number[] = []
    const limits: number[] = []
    for (let run = 0; run <= RUNS; run += 1) {
      ours.push(await onPage(context, url, openChat))
      limits.push(await onPage(context, url, (page) => bareEntry(page, serverUrl)))
    }
    // The first of each warms up.
    report(ours.slice(1), limits.slice(1))
  })
}

function pageOf({ serverUrl, shopKey }: { serverUrl: string; shopKey: string }): string {
  return `<!doctype html><html lang="en"><title>A shop</title><main><h1>Lamps</h1></main>
    <script async src="${serverUrl}/gp.js" data-shop="${shopKey}"></script>`
}

async function onPage(
  context: BrowserContext,
  url: string,
  measure: (page: Page) => Promise<number>,
): Promise<number> {
  const page = await context.newPage()
  const devtools = await context.newCDPSession(page)
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: SLOWDOWN })
  await page.goto(url, { waitUntil: 'load' })
  await page.locator('gp-widget button').waitFor()
  // Visitors look before they click.
  await page.waitForTimeout(500)
  const elapsed = await measure(page)
  await page.close()
  return elapsed
}

/** Until what is written goes into the window, and that has been painted. */
function openChat(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const start = performance.now()
        document.addEventListener(
          'focusin',
          () => requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - start))),
          { once: true },
        )
        const gp: unknown = Reflect.get(window, 'gp')
        if (typeof gp === 'function') gp('openChat')
      }),
  )
}

/** A request that the server refuses at once, and a dialog of the browser's own. */
function bareEntry(page: Page, server: string): Promise<number> {
  return page.evaluate(async (url) => {
    const start = performance.now()
    const reply = await fetch(url, { method: 'POST', body: '{}' })
    await reply.text()
    const dialog = document.createElement('dialog')
    const entry = document.createElement('textarea')
    dialog.append(entry)
    document.body.append(dialog)
    dialog.show()
    entry.focus()
    await new Promise((resolve) => void requestAnimationFrame(() => setTimeout(resolve)))
    return performance.now() - start
  }, server + CHAT_LAUNCHER_PATH)
}

function report(ours: readonly number[], limits: readonly number[]): void {
  const row = (name: string, all: readonly number[]) => [
    name,
    milliseconds(median(all)),
    milliseconds(percentile(all, 0.9)),
  ]
  printTable(
    ['files in the cache, 4 × slower', 'median', 'p90'],
    [
      row('gp.openChat() to a focused entry', ours),
      row('one request and a bare dialog', limits),
      ['aim', milliseconds(AIM_MS), ''],
    ],
  )
}
