import type { BrowserContext, Page, Request } from 'playwright-core'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { hasChromium, newShopper } from '../support/chromium.ts'
import type { Fault } from './support/fault-proxy.ts'
import { HOSTS } from './support/hostile-hosts.ts'
import { LITTLE_SHOP, LITTLE_SHOP_SCRIPT, shopALittle } from './support/little-shop.ts'
import { documentOf, tagElement, pathOf } from './support/shop-page.ts'
import { createStage, type Stage } from './support/stage.ts'
import { watch, type Watch } from './support/watch.ts'

const ANSWERS: readonly { readonly what: string; readonly fault: Fault }[] = [
  { what: 'refuses connections', fault: { kind: 'refuse' } },
  { what: 'never answers', fault: { kind: 'hang' } },
  { what: 'answers 500', fault: answer(500, 'Internal Server Error') },
  { what: 'answers 503 without a body', fault: answer(503, '') },
  { what: 'answers HTML', fault: answer(200, '<!doctype html><title>Log in to the Wi-Fi</title>') },
  { what: 'answers half a JSON text', fault: answer(200, '{"results":[{"resu') },
  { what: 'answers JSON of another kind', fault: answer(200, '[null, {"results": 7}]') },
  {
    what: 'answers results without end',
    fault: answer(200, JSON.stringify({ results: Array.from({ length: 9_999 }, () => null) })),
  },
  { what: 'redirects', fault: answer(302, '', { location: 'https://wifi.invalid/' }) },
  { what: 'forgets its CORS header', fault: { kind: 'answer', status: 200, body: '{}' } },
]

describe.skipIf(!hasChromium)('the page works as if the tag were not there', () => {
  let stage: Stage
  let context: BrowserContext
  let watched: Watch

  beforeAll(async () => {
    stage = await createStage()
    stage.shop.serve('/little-shop.js', LITTLE_SHOP_SCRIPT)
    stage.shop.serve('/stock.js', '3 left')
    return () => stage.stop()
  })
  beforeEach(async () => {
    stage.proxy.setFault({ kind: 'none' })
    context = await newShopper(stage.browser)
    watched = await watch(context)
    return () => context.close()
  })

  it.each(HOSTS)('where the page $what', async ({ head, arrives, added = 1 }) => {
    const key = stage.ledger.openShop('full')
    const { without, withTag } = await shopTwice(key, { head, reaches: arrives })
    expect(withTag).toEqual(without)
    if (!arrives) return
    await expect.poll(() => stage.ledger.pageViews(key)).toHaveLength(1)
    await expect.poll(() => stage.ledger.named(key, 'Product Added')).toHaveLength(added)
  })

  it.each(ANSWERS)('where the server $what', async ({ fault }) => {
    stage.proxy.setFault(fault)
    const reaches = fault.kind !== 'hang'
    const { without, withTag } = await shopTwice(stage.ledger.openShop('full'), { reaches })
    expect(withTag).toEqual(without)
  })

  it('where nobody listens at the server’s address', async () => {
    const settings = { host: 'http://127.0.0.1:9' }
    const { without, withTag } = await shopTwice(stage.ledger.openShop('full'), {
      settings,
      reaches: true,
    })
    expect(withTag).toEqual(without)
  })

  it.each([
    { blocked: '**/v1/**', reaches: true },
    { blocked: '**/gp.js', reaches: false },
  ])('where a content blocker stops $blocked', async ({ blocked, reaches }) => {
    await context.route(blocked, (route) => route.abort('blockedbyclient'))
    const { without, withTag } = await shopTwice(stage.ledger.openShop('full'), { reaches })
    expect(withTag).toEqual(without)
  })

  it('in a sandboxed frame, where storage is denied', async () => {
    const key = stage.ledger.openShop('full')
    const tag = tagElement({ tagAt: stage.tagAt, key, settings: { consent: 'full' } })
    const inner = documentOf({ head: tag, body: `<button data-gp-track="Pressed">Press</button>` })
    stage.shop.serve(`${pathOf(key)}/frame`, inner)
    const body = `<iframe sandbox="allow-scripts" src="${pathOf(key)}/frame"></iframe>`
    stage.shop.serve(pathOf(key), documentOf({ body }))
    const page = await context.newPage()
    await page.goto(stage.shop.url(pathOf(key)))
    await expect.poll(() => stage.ledger.pageViews(key)).toHaveLength(1)
    await page.frameLocator('iframe').getByRole('button').click()

    await expect.poll(() => stage.ledger.named(key, 'Pressed')).toHaveLength(1)
    expect(watched.errors).toEqual([])
  })

  interface Visit {
    readonly head?: string
    readonly settings?: Record<string, string>
    /** Whether the tag asks the server and hears of it, be it a failure. */
    readonly reaches: boolean
  }

  interface Seen {
    /** Markup, looks and log. */
    readonly shown: string
    readonly errors: readonly string[]
  }

  /** Visits the shop without the tag, then with it: nobody may be able to tell the difference. */
  async function shopTwice(
    key: string,
    { head = '', settings = {}, reaches }: Visit,
  ): Promise<{ without: Seen; withTag: Seen }> {
    const tag = { tagAt: stage.tagAt, key, settings: { consent: 'full', ...settings } }
    const without = await visit(key, head, false)
    const withTag = await visit(key, head + tagElement(tag), reaches)
    return { without, withTag }
  }

  async function visit(key: string, head: string, reaches: boolean): Promise<Seen> {
    stage.shop.serve(pathOf(key), documentOf({ head, body: LITTLE_SHOP }))
    const errorsBefore = watched.errors.length
    const page = await context.newPage()
    const settled = reaches ? firstRequestOf(page) : undefined
    await page.goto(stage.shop.url(pathOf(key)), { waitUntil: 'load' })
    // Only then has the tag heard what it is to bear.
    await settled
    const shown = await shopALittle(page)
    await page.close()
    return { shown, errors: watched.errors.slice(errorsBefore) }
  }
})

/** Waits for the end, good or bad, of the first request with events. */
async function firstRequestOf(page: Page): Promise<void> {
  const predicate = (request: Request) => request.url().includes('/v1/events')
  await Promise.race([
    page.waitForEvent('requestfinished', { predicate }),
    page.waitForEvent('requestfailed', { predicate }),
  ])
}

/** As a server answers whose CORS headers are in order, so that the tag reads it. */
function answer(status: number, body: string, headers: Record<string, string> = {}): Fault {
  return {
    kind: 'answer',
    status,
    body,
    headers: { 'access-control-allow-origin': '*', 'content-type': 'text/html', ...headers },
  }
}
