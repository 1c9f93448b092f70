import type { Browser } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Block, PopupContent } from '#protocol/popup.ts'
import { hasChromium, launchChromium } from '../support/chromium.ts'
import {
  blocksPopup,
  createPopupStage,
  type PopupPage,
  type PopupStage,
} from './support/popup-page.ts'
import { shopper, templatePopups } from './support/template-popups.ts'

/** Each fades for a while. */
const ROUNDS = process.env.TEST_LONG === '1' ? 1_000 : 8

const BODY = `<main><h1>Tea shop</h1><dialog open>Ours</dialog><section class="box modal">Ours</section>
<form class="body"><label>Mail <input name="email"></label><button class="button primary">Send</button></form>
<ul><li>Sencha</li></ul><progress value="1" max="2"></progress><p class="text">Tea</p></main>`

/** What themes do to elements they believe to be theirs. */
const HOSTILE = `
body, body * { all: unset !important; transform: rotate(3deg) !important; color: red !important }
gp-widget, gp-widget * { display: none !important; opacity: 0 !important; transform: scale(0) !important;
  position: static !important; font-size: 40px !important; color: red !important; filter: blur(4px) !important }
:root { font-size: 4px; filter: none }
* { font-family: cursive !important; letter-spacing: 1em !important; text-transform: uppercase !important;
  animation: none; box-sizing: content-box !important; pointer-events: none !important; direction: rtl !important }
dialog, section, button, input, form, p, h2, ul, ::backdrop { display: none !important; visibility: hidden !important }
`

const ALL_BLOCKS: readonly Block[] = [
  { kind: 'heading', text: 'Tea' },
  { kind: 'text', text: 'Fresh' },
  { kind: 'countdown', until: 4_000_000_000_000, label: 'Ends in', over: 'Over' },
  { kind: 'coupon', code: 'TEA10' },
  { kind: 'product', of: 'cart', most: 3 },
  { kind: 'goal', amount: 9_000, currency: 'USD', left: '{{left}} to go', reached: 'Reached' },
  { kind: 'field', name: 'email', type: 'email', label: 'E-mail', isRequired: true },
  { kind: 'button', text: 'Send', action: { do: 'submit' }, look: 'primary' },
]

describe.skipIf(!hasChromium)('a pop-up and the page it is on', () => {
  let browser: Browser
  let stage: PopupStage

  beforeAll(async () => {
    browser = await launchChromium()
    stage = await createPopupStage(browser)
    stage.shop.serve('/hostile.css', HOSTILE)
    return async () => {
      await stage.stop()
      await browser.close()
    }
  })

  it.each(templatePopups)('do not dress each other: $key', async ({ content }) => {
    const friendly = await visit()
    const hostile = await visit('<link rel="stylesheet" href="/hostile.css">')
    const before = [await looksOf(friendly, 'main *'), await looksOf(hostile, 'main *')]
    for (const popup of [friendly, hostile]) {
      await popup.open({ content, known: shopper(''), now: 0 })
      await expect.poll(() => popup.told()).toContainEqual({ what: 'shown' })
    }
    const after = [await looksOf(friendly, 'main *'), await looksOf(hostile, 'main *')]

    expect(before.flatMap((looks, at) => differences(looks, after[at] ?? []))).toEqual([])
    const [ours, theirs] = [await looksOf(friendly, 'box'), await looksOf(hostile, 'box')]
    expect(ours.length).toBeGreaterThan(4)
    expect(differences(ours, theirs)).toEqual([])
  })

  it.each(templatePopups)('break no policy and move nothing: $key', async (template) => {
    const popup = await visit()
    await popup.page.evaluate(watchShifts)
    await popup.open({ content: template.content, known: shopper('') })
    await expect.poll(() => popup.told()).toContainEqual({ what: 'shown' })
    await popup.unmount()
    await popup.page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)))

    expect(await popup.page.evaluate(() => Reflect.get(window, 'shifted'))).toBe(0)
    expect(popup.watched.violations).toEqual([])
    expect(popup.watched.errors).toEqual([])
  })

  it('a shift would have been seen', async () => {
    const popup = await visit()
    await popup.page.evaluate(watchShifts)
    await popup.page.evaluate(() => {
      const block = document.createElement('div')
      block.style.height = '200px'
      document.body.prepend(block)
    })

    await expect
      .poll(() => popup.page.evaluate(() => Reflect.get(window, 'shifted')))
      .toBeGreaterThan(0)
  })

  it.each([
    { what: 'modal', layout: { kind: 'modal' } },
    { what: 'bar', layout: { kind: 'bar', edge: 'top' } },
  ] as const)(`leaves nothing behind: $what, ${ROUNDS} times`, async ({ layout }) => {
    const popup = await visit()
    await popup.page.evaluate(watchTimers)
    const content = blocksPopup(ALL_BLOCKS, { layout })
    await comeAndGo(popup, content, 50)
    const before = await remains(popup)
    await comeAndGo(popup, content, ROUNDS)
    const after = await remains(popup)

    expect(after.timers).toBe(0)
    expect(after.nodes).toBeLessThanOrEqual(before.nodes)
    expect(after.listeners).toBeLessThanOrEqual(before.listeners)
  })

  function visit(head = ''): Promise<PopupPage> {
    return stage.visit({ reducedMotion: 'reduce' }, { head, body: BODY })
  }
})

type Looks = Readonly<Record<string, string>>

/** How elements look and where they are: those of the page that fit a selector, or all of the pop-up. */
function looksOf({ page }: PopupPage, what: string): Promise<readonly Looks[]> {
  return page.evaluate((selector) => {
    const root = document.querySelector('gp-widget')?.shadowRoot
    const found =
      selector === 'box'
        ? [...(root?.querySelectorAll('*') ?? [])]
        : [...document.querySelectorAll(selector)]
    return found.map((one) => {
      const style = getComputedStyle(one)
      const { x, y, width, height } = one.getBoundingClientRect()
      const looks = [...style].map((name) => [name, style.getPropertyValue(name)])
      return {
        ...Object.fromEntries(looks),
        element: one.tagName,
        at: [x, y, width, height].join(' '),
      }
    })
  }, what)
}

/** Property by property, where two pages do not look the same. */
function differences(one: readonly Looks[], other: readonly Looks[]): readonly string[] {
  if (one.length !== other.length) return [`${one.length} elements, ${other.length} elements`]
  return one.flatMap((looks, at) =>
    Object.entries(looks)
      .filter(([name, value]) => other[at]?.[name] !== value)
      .map(([name, value]) => `${looks.element} ${name}: ${value} | ${other[at]?.[name]}`),
  )
}

function watchShifts(): void {
  Reflect.set(window, 'shifted', 0)
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      const sum = Number(Reflect.get(window, 'shifted')) + Number(Reflect.get(entry, 'value'))
      Reflect.set(window, 'shifted', sum)
    }
  }).observe({ type: 'layout-shift', buffered: false })
}

/** Counts the timers that were set and have neither run nor been cleared. */
function watchTimers(): void {
  const later = window.setTimeout.bind(window)
  const often = window.setInterval.bind(window)
  const forget = window.clearTimeout.bind(window)
  const running = new Set<number>()
  Reflect.set(window, 'timersRunning', running)
  Reflect.set(window, 'setTimeout', (run: () => void, ms: number) => {
    const id = later(() => {
      running.delete(id)
      run()
    }, ms)
    running.add(id)
    return id
  })
  Reflect.set(window, 'setInterval', (run: () => void, ms: number) => {
    const id = often(run, ms)
    running.add(id)
    return id
  })
  for (const name of ['clearTimeout', 'clearInterval']) {
    Reflect.set(window, name, (id: number) => {
      running.delete(id)
      forget(id)
    })
  }
}

function comeAndGo({ page }: PopupPage, content: PopupContent, times: number): Promise<void> {
  return page.evaluate(
    async ({ opening, rounds }) => {
      const stage: unknown = Reflect.get(window, 'popupStage')
      const open: unknown = Reflect.get(Object(stage), 'open')
      const unmount: unknown = Reflect.get(Object(stage), 'unmount')
      if (typeof open !== 'function' || typeof unmount !== 'function') throw new Error('No stage')
      for (let round = 0; round < rounds; round++) {
        await open(opening)
        // every tenth is seen, so that what being seen begins has to end, too
        if (round % 10 === 0) await new Promise((resolve) => requestAnimationFrame(resolve))
        await unmount()
      }
    },
    { opening: { content, known: shopper('') }, rounds: times },
  )
}

interface Remains {
  readonly nodes: number
  readonly listeners: number
  readonly timers: number
}

async function remains({ page }: PopupPage): Promise<Remains> {
  const session = await page.context().newCDPSession(page)
  await session.send('HeapProfiler.collectGarbage')
  await session.send('Performance.enable')
  const { metrics } = await session.send('Performance.getMetrics')
  await session.detach()
  const metric = (name: string) => metrics.find((one) => one.name === name)?.value ?? NaN
  const timers = await page.evaluate(() => {
    const running: unknown = Reflect.get(window, 'timersRunning')
    return running instanceof Set ? running.size : NaN
  })
  return { nodes: metric('Nodes'), listeners: metric('JSEventListeners'), timers }
}
