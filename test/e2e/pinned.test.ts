import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { BrowserContext, Page } from 'playwright-core'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { root } from '../../scripts/root.mjs'
import { hasChromium, newShopper } from '../support/chromium.ts'
import { command, tagReady } from './support/command.ts'
import { documentOf, pathOf } from './support/shop-page.ts'
import { createStage, type Stage } from './support/stage.ts'

const Manifest = z.object({
  version: z.string(),
  files: z.record(z.string(), z.object({ integrity: z.string() })),
})

describe.skipIf(!hasChromium)('a tag that the page pins by its hash', () => {
  let stage: Stage
  let context: BrowserContext

  beforeAll(async () => {
    stage = await createStage()
    return () => stage.stop()
  })
  beforeEach(async () => {
    context = await newShopper(stage.browser)
    return () => context.close()
  })

  it('loads its parts', async () => {
    const page = await openPage()
    await command(page, 'debug', true)

    await expect.poll(() => page.locator('gp-debug').count()).toBe(1)
  })

  it.each(['debug.js', 'integrity.js'])('runs no part where %s was tampered with', async (name) => {
    await tamperWith(name)
    const page = await openPage()
    const warned = page.waitForEvent('console', (message) => message.text().includes('Granplaza'))
    await command(page, 'debug', true)
    await warned

    expect(await page.evaluate(() => 'tampered' in globalThis)).toBe(false)
    expect(await page.locator('gp-debug').count()).toBe(0)
  })

  it('is not the one that floats, whose server may change its parts', async () => {
    await tamperWith('debug.js')
    const page = await openPage('/gp.js')
    await command(page, 'debug', true)

    await expect.poll(() => page.evaluate(() => 'tampered' in globalThis)).toBe(true)
  })

  async function tamperWith(name: string): Promise<void> {
    const { version } = manifest()
    const body = readFileSync(join(root, 'dist/public/gp', version, name), 'utf8')
    await context.route(`**/gp/${version}/${name}`, (route) =>
      route.fulfill({
        contentType: 'text/javascript',
        headers: { 'access-control-allow-origin': '*' },
        body: `${body};globalThis.tampered = true`,
      }),
    )
  }

  async function openPage(path = `/gp/${manifest().version}/gp.js`): Promise<Page> {
    const integrity = manifest().files[path]?.integrity
    const key = stage.ledger.openShop('full')
    const src = `src="${stage.tagAt}${path}" integrity="${integrity}" crossorigin`
    const head = `<script async ${src} data-shop="${key}"></script>`
    stage.shop.serve(pathOf(key), documentOf({ head }))
    const page = await context.newPage()
    await page.goto(stage.shop.url(pathOf(key)))
    await tagReady(page)
    return page
  }
})

function manifest() {
  return Manifest.parse(JSON.parse(readFileSync(join(root, 'dist/manifest.json'), 'utf8')))
}
