import { beforeAll, describe, expect, it } from 'vitest'
import { hasChromium, newShopper } from '../support/chromium.ts'
import { axeFindings } from './support/axe.ts'
import { createStage, type Stage } from './support/stage.ts'
import { watch } from './support/watch.ts'

describe.skipIf(!hasChromium)('the page of the API', () => {
  let stage: Stage
  beforeAll(async () => {
    stage = await createStage()
    return () => stage.stop()
  })

  it.each([
    { width: 390, colorScheme: 'light', words: '' },
    // The same in other colours: a part of its routes tells.
    { width: 1440, colorScheme: 'dark', words: 'audience' },
  ] as const)('is readable at $width px, $colorScheme', async ({ width, colorScheme, words }) => {
    // Another policy than the page's own would keep axe out.
    const context = await newShopper(stage.browser, {
      viewport: { width, height: 900 },
      colorScheme,
      bypassCSP: true,
    })
    const page = await context.newPage()
    await page.goto(`${stage.server.url}/docs`)
    await page.getByRole('searchbox').fill(words)

    expect(await axeFindings(page)).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width)
    await context.close()
  })

  it('finds routes by the keyboard, under its own policy', async () => {
    const context = await newShopper(stage.browser)
    const watched = await watch(context)
    const page = await context.newPage()
    await page.goto(`${stage.server.url}/docs`)
    await page.keyboard.press('/')
    await page.keyboard.type('delete audience')
    const shown = page.locator('section.route:visible')
    await expect.poll(() => shown.count()).toBeLessThan(5)

    expect(await page.locator('#deleteAudience').isVisible()).toBe(true)
    expect(await page.locator('#sendEvents').isVisible()).toBe(false)
    await page.getByRole('searchbox').fill('no such route')
    await page.getByText('Nothing is called so.').waitFor()
    expect(watched.errors).toEqual([])
    expect(watched.violations).toEqual([])
    await context.close()
  })
})
