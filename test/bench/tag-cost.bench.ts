import { createServer } from 'node:http'
import type { Browser, CDPSession } from 'playwright-core'
import { findChromium } from '../../scripts/services/chromium.mjs'
import { closeServer, listen } from './support/listening.ts'
import { median } from './support/percentiles.ts'
import { kilobytes, milliseconds, printTable, ratio } from './support/table.ts'
import { openTagOrigin, type TagOrigin } from './support/tag-origin.ts'
import { bareTag, ownTag, posthogTag, segmentTag, type Tag } from './support/tags.ts'
import { readTrace, TRACE_CATEGORIES, type MainThread } from './support/trace.ts'

// What a tag costs the main thread of a page that is otherwise idle, in Chromium slowed four times: from the script's
// arrival until its page view has left, and until a second later. Tags take turns, so that a busy moment hits all.

const RUNS = Number(process.env.BENCH_RUNS ?? 15)
const SLOWDOWN = 4
const AFTERWARDS_MS = 1000

interface Cost extends MainThread {
  readonly heapBytes: number
}

process.env.TEST_CHROMIUM ??= (await findChromium()) ?? ''
// Only now: it reads where Chromium is.
const { hasChromium, launchChromium, newShopper } = await import('../support/chromium.ts')

if (hasChromium) await bench()
else console.log('There is no Chromium here: nothing measured.')

async function bench(): Promise<void> {
  const shop = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html')
    response.end(PAGE)
  })
  const pageUrl = `http://127.0.0.1:${await listen(shop)}/`
  const tags = [ownTag(), posthogTag(), segmentTag(), bareTag()]
  const origins = await Promise.all(tags.map(openTagOrigin))
  const browser = await launchChromium()
  const costs: Cost[][] = tags.map(() => [])
  for (let run = 0; run < RUNS; run += 1) {
    for (const [index, tag] of tags.entries()) {
      const origin = origins[index]
      if (origin === undefined) continue
      costs[index]?.push(await costOf(browser, tag, origin, pageUrl))
    }
  }
  await browser.close()
  await Promise.all([closeServer(shop), ...origins.map((origin) => origin.stop())])
  report(tags, costs)
}

async function costOf(
  browser: Browser,
  tag: Tag,
  origin: TagOrigin,
  pageUrl: string,
): Promise<Cost> {
  const context = await newShopper(browser)
  const page = await context.newPage()
  const devtools = await context.newCDPSession(page)
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: SLOWDOWN })
  await page.goto(pageUrl, { waitUntil: 'load' })
  const before = await heapBytes(devtools)
  await browser.startTracing(page, { categories: TRACE_CATEGORIES })
  const arrived = origin.pageView()
  await page.evaluate(tag.install(origin.url))
  await arrived
  await page.waitForTimeout(AFTERWARDS_MS)
  const trace = await browser.stopTracing()
  const after = await heapBytes(devtools)
  await context.close()
  origin.takeRequests()
  const isPageView = (url: string) =>
    url.startsWith(origin.url) && tag.isPageView(new URL(url).pathname)
  return { ...readTrace(trace, origin.url + tag.script, isPageView), heapBytes: after - before }
}

async function heapBytes(devtools: CDPSession): Promise<number> {
  await devtools.send('HeapProfiler.collectGarbage')
  const { usedSize } = await devtools.send('Runtime.getHeapUsage')
  return usedSize
}

function report(tags: readonly Tag[], costs: readonly (readonly Cost[])[]): void {
  const ofOurs = median((costs[0] ?? []).map((cost) => cost.busyUntilSent))
  const floor = median((costs.at(-1) ?? []).map((cost) => cost.heapBytes))
  printTable(
    [
      'tag',
      'evaluation',
      'until its page view left',
      'to ours',
      'a second later',
      'longest task',
      'heap, net',
    ],
    [
      ...tags.map(({ name }, index) => {
        const all = costs[index] ?? []
        const busy = median(all.map((cost) => cost.busyUntilSent))
        return [
          name,
          milliseconds(median(all.map((cost) => cost.evaluation))),
          milliseconds(busy),
          ratio(busy, ofOurs),
          milliseconds(median(all.map((cost) => cost.busy))),
          milliseconds(Math.max(...all.map((cost) => cost.longestTask))),
          kilobytes(median(all.map((cost) => cost.heapBytes)) - floor),
        ]
      }),
      ['aim', '', '12 ms', '', '', '50 ms', '80 kB'],
    ],
  )
  console.log(
    `Medians of ${RUNS} runs, of the processor's time; the longest task is the longest of all runs. ` +
      `Of the heap, the ${kilobytes(floor)} of one bare request are taken off.`,
  )
}

const PAGE = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Trail runner</title></head>
<body><h1>Trail runner</h1><p>59.90 €</p><button>Add to cart</button></body></html>`
