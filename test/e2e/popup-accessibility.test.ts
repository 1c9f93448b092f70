import axe from 'axe-core'
import type { Browser, BrowserContextOptions } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import type { LocalText, PopupContent } from '#protocol/popup.ts'
import { hasChromium, launchChromium } from '../support/chromium.ts'
import { createPopupStage, type PopupPage, type PopupStage } from './support/popup-page.ts'
import { spoken } from './support/spoken.ts'
import { shopper, templatePopups, type TemplatePopup } from './support/template-popups.ts'

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
const SMALL = { viewport: { width: 320, height: 640 } }
/** A window of 1280 by 800 at 400 %. */
const ENLARGED = { viewport: { width: 320, height: 200 } }
const LOOKS: readonly { readonly look: string; readonly options: BrowserContextOptions }[] = [
  { look: 'light', options: SMALL },
  { look: 'dark', options: { ...SMALL, colorScheme: 'dark' } },
  { look: 'forced colours', options: { ...SMALL, forcedColors: 'active' } },
  { look: '400 % zoom', options: ENLARGED },
]
const SHOP = { body: '<main><h1>Tea shop</h1><a href="#teas">Teas</a></main>' }

describe.skipIf(!hasChromium)('a pop-up is accessible:', () => {
  let browser: Browser
  let stage: PopupStage

  beforeAll(async () => {
    browser = await launchChromium()
    stage = await createPopupStage(browser)
    return async () => {
      await stage.stop()
      await browser.close()
    }
  })

  // By turns, unless there is time for all.
  const matrix = LOOKS.flatMap(({ look, options }, i) =>
    ['en', 'ar']
      .filter((_, j) => process.env.TEST_LONG === '1' || i % 2 === j)
      .map((language) => ({ look, options, language })),
  )
  it.each(matrix)('axe finds nothing in any template, $look, $language', async (one) => {
    const popup = await visit({ ...one.options, reducedMotion: 'reduce' })
    const faults: Record<string, readonly string[]> = {}
    for (const template of templatePopups) {
      const states = openedIn(popup, one.language, template)
      for await (const state of states) {
        faults[`${template.key}, ${state}`] = await faultsOf(popup)
      }
    }

    expect(Object.keys(faults).length).toBeGreaterThan(templatePopups.length)
    expect(Object.entries(faults).filter(([, found]) => found.length > 0)).toEqual([])
  })

  it('axe would have seen a fault', async () => {
    const popup = await visit(SMALL)
    await popup.open({ content: templatePopups[0]?.content ?? never() })
    await popup.page.locator('gp-widget .close').evaluate((close) => {
      close.removeAttribute('aria-label')
    })

    expect(await faultsOf(popup)).toContainEqual(expect.stringContaining('button-name'))
  })

  it.each(templatePopups)('what is spoken of $key stays as it was checked', async (template) => {
    const { key, content, thanks } = template
    const popup = await visit({ reducedMotion: 'reduce' })
    await popup.open({ content, known: shopper(''), outcome: { ok: true, thanks } })
    await expect.poll(() => popup.told()).toContainEqual({ what: 'shown' })
    const heard = [await spoken(popup.page)]
    if (thanks.length > 0) {
      await popup.page.locator('gp-widget [type=submit]').click()
      heard.push('— sent empty:', await spoken(popup.page))
      await fillIn(popup)
      await popup.page.locator('gp-widget [type=submit]').click()
      await popup.page.locator('gp-widget form').waitFor({ state: 'detached' })
      heard.push('— sent:', await spoken(popup.page))
    }

    await expect(`${heard.join('\n')}\n`).toMatchFileSnapshot(`../widgets/golden/${key}.txt`)
  })

  it.each(templatePopups)('every control of $key is reached and left by keyboard', async (one) => {
    const popup = await visit({ reducedMotion: 'reduce' })
    const { page } = popup
    await page.getByRole('link', { name: 'Teas' }).focus()
    await popup.open({ content: one.content, known: shopper('') })
    // Of a group of radio buttons, arrows reach the others.
    const controls = page
      .locator('gp-widget')
      .locator('a[href],button,input:not([type=radio]),label:first-child>[type=radio],select')
    const wanted = await controls.count()
    const reached = new Set<number>()
    const unmarked: number[] = []
    for (let step = 0; step < wanted + 6; step++) {
      await page.keyboard.press('Tab')
      const at = await controls.evaluateAll((all) => all.findIndex((one) => one.matches(':focus')))
      if (at < 0) continue
      reached.add(at)
      if (!(await focusIsDrawn(popup))) unmarked.push(at)
    }

    expect(wanted).toBeGreaterThan(0)
    expect(reached.size).toBe(wanted)
    expect(unmarked).toEqual([])
  })

  it.each(templatePopups)('every control of $key is large enough for a thumb', async (one) => {
    const popup = await visit({ ...SMALL, reducedMotion: 'reduce' })
    await popup.open({ content: one.content, known: shopper('') })
    const sizes = await popup.page
      .locator('gp-widget .button,gp-widget .close')
      .evaluateAll((all) =>
        all.map((one) => {
          const { width, height } = one.getBoundingClientRect()
          return Math.min(width, height)
        }),
      )

    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(44)
  })

  it.each([SMALL, ENLARGED])('everything can be scrolled to in $viewport', async (options) => {
    const popup = await visit({ ...options, reducedMotion: 'reduce' })
    const hidden: string[] = []
    const widths: number[] = []
    for (const { key, content } of templatePopups) {
      await popup.open({ content, known: shopper('') })
      for (const control of await popup.page.locator('gp-widget .button').all()) {
        await control.scrollIntoViewIfNeeded()
        if (!(await isWhollyInView(control))) hidden.push(key)
      }
      widths.push(await popup.page.evaluate(() => document.documentElement.scrollWidth))
      await popup.unmount()
    }

    expect(hidden).toEqual([])
    expect(Math.max(...widths)).toBeLessThanOrEqual(320)
  })

  async function visit(options: BrowserContextOptions): Promise<PopupPage> {
    const popup = await stage.visit(options, SHOP)
    await popup.page.evaluate(axe.source)
    return popup
  }
})

/** Brings a template into each of its states, one after the other. */
async function* openedIn(
  popup: PopupPage,
  language: string,
  { content, thanks }: TemplatePopup,
): AsyncGenerator<string> {
  const submit = popup.page.locator('gp-widget [type=submit]')
  await popup.open({
    content: spokenIn(language, content),
    known: shopper(''),
    languages: [language],
    outcome: { ok: true, thanks },
  })
  yield 'opened'
  if (thanks.length > 0) {
    await submit.click()
    yield 'with mistakes'
    await fillIn(popup)
    await submit.click()
    await popup.page.locator('gp-widget form').waitFor({ state: 'detached' })
    yield 'thanks'
  }
  await popup.unmount()
}

async function faultsOf({ page }: PopupPage): Promise<readonly string[]> {
  return page.evaluate(async (tags) => {
    const checker: typeof axe = Reflect.get(window, 'axe')
    const options: axe.RunOptions = { runOnly: tags, resultTypes: ['violations'] }
    const { violations } = await checker.run(document, options)
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
  }, TAGS)
}

async function fillIn({ page }: PopupPage): Promise<void> {
  for (const field of await page.locator('gp-widget input').all()) {
    const type = await field.getAttribute('type')
    const isPressed = type === 'checkbox' || type === 'radio'
    await (isPressed ? field.check() : field.fill('ana@example.com'))
  }
  for (const choice of await page.locator('gp-widget select').all()) {
    await choice.selectOption({ index: 1 })
  }
}

function focusIsDrawn({ page }: PopupPage): Promise<boolean> {
  return page
    .locator('gp-widget')
    .locator('a[href]:focus,button:focus,input:focus,select:focus')
    .evaluate((one) => getComputedStyle(one).outlineStyle === 'solid')
}

function isWhollyInView(control: ReturnType<PopupPage['page']['locator']>): Promise<boolean> {
  return control.evaluate((one) => {
    const { top, bottom, left, right } = one.getBoundingClientRect()
    return top >= 0 && left >= 0 && bottom <= innerHeight + 1 && right <= innerWidth + 1
  })
}

/** The same design for readers of another language: its English texts stand for theirs. */
function spokenIn(language: string, content: PopupContent): PopupContent {
  return JSON.parse(JSON.stringify(content), (_key, value: LocalText) =>
    typeof value === 'object' && value !== null && typeof value.en === 'string'
      ? { [language]: value.en }
      : value,
  )
}

function never(): never {
  throw new Error('There is no template')
}
