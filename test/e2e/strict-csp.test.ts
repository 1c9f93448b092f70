import type { BrowserContext } from 'playwright-core'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { hasChromium, newShopper } from '../support/chromium.ts'
import { command, tagReady } from './support/command.ts'
import { documentOf, tagElement, pathOf } from './support/shop-page.ts'
import { createStage, type Stage } from './support/stage.ts'
import { watch, type Watch } from './support/watch.ts'

const NONCE = 'bm9uY2UtZm9yLXRlc3Rz'

describe.skipIf(!hasChromium)('under the strictest Content-Security-Policy', () => {
  let stage: Stage
  let context: BrowserContext
  let watched: Watch

  beforeAll(async () => {
    stage = await createStage()
    return () => stage.stop()
  })
  beforeEach(async () => {
    context = await newShopper(stage.browser)
    watched = await watch(context)
    return () => context.close()
  })

  it('everything works without a breach: commands, capture, chunks, the debug overlay', async () => {
    const key = openShop()
    const page = await context.newPage()
    await page.goto(stage.shop.url(pathOf(key)))
    await tagReady(page)
    await command(page, 'track', 'Called')
    await page.getByRole('button').click()
    await page.evaluate(() => history.pushState({}, '', '#/route'))
    const chunk = page.waitForResponse('**/gp/*/debug.js')
    await command(page, 'debug', true)
    expect((await chunk).ok()).toBe(true)
    await expect.poll(() => stage.ledger.named(key, 'Product Observed')).not.toEqual([])
    await expect.poll(() => stage.ledger.named(key, 'Pressed')).toHaveLength(1)
    await expect.poll(() => page.getByText('Pressed').count()).toBeGreaterThan(0)
    // The answer to what was last tells that all before it has come.
    await command(page, 'track', 'Last')
    expect(stage.ledger.named(key, 'Product Observed')).toHaveLength(1)

    expect(watched.violations).toEqual([])
    expect(watched.errors).toEqual([])
    expect(watched.complaints).toEqual([])
  })

  it('a breach would have been seen', async () => {
    const key = openShop()
    const page = await context.newPage()
    await page.goto(stage.shop.url(pathOf(key)))
    await page.evaluate(() => {
      try {
        Reflect.set(document.body, 'innerHTML', '<b>sink</b>')
      } catch {
        // refused by Trusted Types, as it must be
      }
    })
    await expect.poll(() => watched.violations).toHaveLength(1)
  })

  function openShop(): string {
    const key = stage.ledger.openShop('full')
    const nonce = (element: string) => element.replace('<script', `<script nonce="${NONCE}"`)
    const tag = nonce(tagElement({ tagAt: stage.tagAt, key, settings: { consent: 'full' } }))
    const product = {
      '@context': 'https://schema.org',
      '@type': 'Product',
      name: 'Lamp',
      sku: 'p-1',
    }
    const head = `${tag}<script type="application/ld+json">${JSON.stringify(product)}</script>`
    const body = '<button data-gp-track="Pressed">Press</button>'
    stage.shop.serve(pathOf(key), documentOf({ head, body }), {
      'content-security-policy': [
        `default-src 'none'`,
        `script-src 'nonce-${NONCE}' 'strict-dynamic'`,
        `style-src 'self'`,
        `connect-src ${stage.tagAt}`,
        `base-uri 'none'`,
        `require-trusted-types-for 'script'`,
        `trusted-types gp`,
      ].join('; '),
    })
    return key
  }
})
