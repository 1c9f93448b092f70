import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { ensureBuilt } from '../../scripts/setup/built.mjs'
import { createRecorder, type Recorder } from '../server/compatible/support/recorder.ts'
import { expectStored, storedRows } from '../server/compatible/support/stored.ts'
import { hasChromium, launchChromium, newShopper } from '../support/chromium.ts'
import { startServer, type TestServer } from '../support/server.ts'
import { clientPage, clientScript, snippetPage } from './support/compatible-pages/build-page.ts'
import type { PageOptions } from './support/compatible-pages/page-options.ts'
import { createShopOrigin, type ShopOrigin } from './support/shop-origin.ts'
import { documentOf } from './support/shop-page.ts'

const COUNT = 100
const ALL = { from: 0, to: COUNT }
const PATIENCE = { timeout: 30_000 }

describe.skipIf(!hasChromium)('100 events sent by a page are 100 events stored', () => {
  let browser: Browser
  let folder: string
  let recorder: Recorder
  let server: TestServer
  let shop: ShopOrigin
  let page: Page

  beforeAll(async () => {
    await ensureBuilt()
    browser = await launchChromium()
    return () => browser.close()
  })
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'granplaza-'))
    recorder = await createRecorder(() => server.url)
    const publicUrl = recorder.at('tag.localhost')
    server = await startServer({ dataDir: folder, isBuilt: true, publicUrl })
    shop = await createShopOrigin()
    await server.account.setConsentMode(server.shop.id, 'full')
    await server.account.addOrigin(server.shop.id, new URL(shop.url('/')).origin)
    page = await (await newShopper(browser)).newPage()
  })
  afterEach(async () => {
    await page.context().close()
    await recorder.stop()
    await server.stop()
    await shop.stop()
    await rm(folder, { recursive: true, force: true })
  })

  const options = (mode?: PageOptions['mode']): PageOptions => ({
    key: server.key,
    origin: recorder.at('tag.localhost'),
    ...(mode !== undefined && { mode }),
  })

  async function visit(client: 'segment' | 'rudder' | 'jitsu', mode?: PageOptions['mode']) {
    shop.serve('/client.js', await clientScript(client, options(mode)))
    shop.serve('/', clientPage('/client.js'))
    await page.goto(shop.url('/?utm_source=letter'))
  }

  async function expectAllStored() {
    await expect.poll(() => recorder.sent().length, PATIENCE).toBe(COUNT)
    await page.context().close()
    await server.stop()
    const rows = await storedRows({ file: join(folder, 'granplaza.db') })
    expectStored(rows, recorder.sent())
    expect(recorder.requests.filter((request) => !/ 20[04]$/.test(request))).toEqual([])
    return rows
  }

  it('by @segment/analytics-next, one request an event', async () => {
    await visit('segment')
    await page.evaluate(send, ALL)

    await expectAllStored()
    expect(recorder.requests).toContain('OPTIONS /v1/t 204')
    expect(recorder.requests).toContain('POST /v1/t 200')
  })

  it('by @segment/analytics-next in batches', async () => {
    await visit('segment', 'batching')
    await page.evaluate(send, ALL)

    await expectAllStored()
    expect(recorder.requests).toContain('POST /v1/b 200')
  })

  it('by Segment’s snippet, which only names our host', async () => {
    shop.serve('/', snippetPage(options()))
    await page.goto(shop.url('/'))
    await page.evaluate(send, ALL)

    await expectAllStored()
    expect(recorder.requests).toContain('POST /v1/t 200')
  })

  it('by @rudderstack/analytics-js, one request an event', async () => {
    await visit('rudder')
    await page.evaluate(send, ALL)

    const rows = await expectAllStored()
    expect(recorder.requests).toContain('POST /v1/track 200')
    expect(new Set(rows.map(({ sessionId }) => sessionId)).size).toBe(1)
    expect(rows[0]?.sessionId).not.toBeNull()
  })

  it('by @rudderstack/analytics-js with beacons', async () => {
    await visit('rudder', 'beacon')
    // The client drops what the browser will not take: more than 64 KiB of beacons on their way at once.
    for (let from = 0; from < COUNT - 5; from += 10) {
      await page.evaluate(send, { from, to: Math.min(from + 10, COUNT - 5) })
      await expect.poll(() => recorder.sent().length, PATIENCE).toBeGreaterThanOrEqual(from)
    }
    await page.evaluate(send, { from: COUNT - 5, to: COUNT })
    // What is left in its queue goes when the page does.
    shop.serve('/next', documentOf({ title: 'The next page' }))
    await page.goto(shop.url('/next'))

    await expectAllStored()
    expect(recorder.requests).toContain('POST /beacon/v1/batch 200')
  })

  it('by @jitsu/js', async () => {
    await visit('jitsu')
    await page.evaluate(send, ALL)

    await expectAllStored()
    expect(recorder.requests).toContain('POST /api/s/track 200')
  })
})

/** Runs in the page. The calls are the same in all of the clients. */
function send({ from, to }: { from: number; to: number }): void {
  interface Calls {
    readonly track: (name: string, properties: object) => unknown
    readonly page: (category: string, name: string) => unknown
    readonly identify: (id: string, traits: object) => unknown
    readonly group: (id: string, traits: object) => unknown
  }
  const { analytics } = window as unknown as { analytics: Calls }
  for (let i = from; i < to; i += 1) {
    if (i % 4 === 0) analytics.track('Product Viewed', { price: i, product_id: 'lamp-1' })
    if (i % 4 === 1) analytics.page('Catalogue', 'Lamps')
    if (i % 4 === 2) analytics.identify('u-1', { plan: 'gold' })
    if (i % 4 === 3) analytics.group('g-1', { size: 3 })
  }
}
