import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { Decision } from '#protocol/experiences.ts'
import { CLAIMS_PATH } from '#protocol/names.ts'
import { root } from '../../scripts/root.mjs'
import { ensureBuilt } from '../../scripts/setup/built.mjs'
import { hasChromium, launchChromium, newShopper } from '../support/chromium.ts'
import { command, tagReady } from './support/command.ts'
import { createDecidingServer, type DecidingServer } from './support/deciding-server.ts'
import { decisionOf } from './support/popups.ts'
import { createShopOrigin, type ShopOrigin } from './support/shop-origin.ts'
import { documentOf, shopPage, tagElement } from './support/shop-page.ts'
import { watch, type Watch } from './support/watch.ts'

const { version } = z
  .object({ version: z.string() })
  .parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')))
const isLong = process.env['TEST_LONG'] === '1'
const ROUTES = isLong ? 1_000 : 100
/** Chromium keeps notes of its own of some hundred requests and history entries before it forgets as many as come. */
const ROUTES_BEFORE = isLong ? 700 : 20
const HEAP_BYTES_A_ROUTE = isLong ? 100 : 3_000
/** As shops for phones have it. */
const HEAD = '<meta name="viewport" content="width=device-width">'
const TALL = '<main><h1>Lamps</h1><div style="height:6000px">Long</div></main>'

describe.skipIf(!hasChromium)('an experience on the page', () => {
  let browser: Browser
  let server: DecidingServer
  let shop: ShopOrigin
  let context: BrowserContext
  let watched: Watch

  beforeAll(async () => {
    await ensureBuilt()
    browser = await launchChromium()
    server = await createDecidingServer('tag.localhost')
    shop = await createShopOrigin()
    shop.serve('/favicon.ico', '')
    return async () => {
      await browser.close()
      await Promise.all([server.stop(), shop.stop()])
    }
  })
  beforeEach(async () => {
    server.reset()
    await open()
    return () => context.close()
  })

  it('is drawn once claimed, and its impression spends the claim', async () => {
    const page = await visit([decisionOf('hello')])
    await expect.poll(() => isSeen(page, 'hello')).toBe(true)
    await expect.poll(() => server.properties('Experience Shown')).toHaveLength(1)

    expect(server.properties('Experience Shown')).toEqual([
      { experience_id: 'e-hello', variant_id: 'v-hello', claim_id: 'claim-1' },
    ])
    expect(watched.errors).toEqual([])
    expect(watched.complaints).toEqual([])
  })

  it('is not drawn where the claim is never answered, nor by a late answer', async () => {
    server.script.claims = 'late'
    await context.clock.install()
    const page = await visit([decisionOf('hello')])
    await expect.poll(() => server.asked(CLAIMS_PATH)).toBe(1)
    await context.clock.runFor(5_000)
    server.answerLate()
    // Another event goes, and is answered, after all that.
    await command(page, 'track', 'Later')
    await context.clock.runFor(5_000)

    expect(await hosts(page)).toBe(0)
    expect(server.names()).toEqual(['page', 'Later'])
  })

  it('moves nothing on the page, and a bar or slide-in takes no focus', async () => {
    const all = [
      decisionOf('bar', { layout: { kind: 'bar', edge: 'top' } }),
      decisionOf('slide', { layout: { kind: 'slideIn', corner: 'end' } }),
    ]
    const page = await visit(all, { body: `<input id="q" autofocus>${TALL}` })
    await page.focus('#q')
    const before = await page.evaluate(boxes)
    await expect.poll(() => isSeen(page, 'bar')).toBe(true)
    await expect.poll(() => isSeen(page, 'slide')).toBe(true)
    await expect.poll(() => server.properties('Experience Shown')).toHaveLength(2)

    expect(await page.evaluate(boxes)).toEqual(before)
    expect(await page.evaluate(layoutShift)).toBe(0)
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('q')
  })

  it.each([
    [
      'hides, spins and recolours everything',
      'body * { display: none !important; opacity: 0 !important; color: red !important; transform: rotate(90deg) !important }',
    ],
    [
      'has a page that is transformed and filtered',
      'html, body { transform: scale(.5); filter: grayscale(1); will-change: transform }',
    ],
    [
      'lays out its root',
      'html { display: grid !important; grid-template-columns: 1fr 1fr; zoom: 1 } html > * { margin: 50px !important; float: left !important; position: static !important; width: 100px !important; visibility: hidden !important }',
    ],
    [
      'stacks high',
      'main { position: fixed !important; inset: 0; z-index: 2147483647 !important; background: white } :not(main, html, body, head) { all: unset !important }',
    ],
  ])('looks as it should where the page %s, and leaves its looks alone', async (_, css) => {
    const bar = decisionOf('bar', { layout: { kind: 'bar', edge: 'top' } })
    const quiet = await visit([bar], { body: TALL })
    await expect.poll(() => isSeen(quiet, 'bar')).toBe(true)
    const expected = await looks(quiet)
    await quiet.close()
    const page = await visit([bar], { body: TALL, head: `<style>${css}</style>`, path: '/hostile' })
    const untouched = await page.evaluate(pageLooks)
    await expect.poll(() => isSeen(page, 'bar')).toBe(true)

    expect(await looks(page)).toEqual(expected)
    expect(await page.evaluate(pageLooks)).toEqual(untouched)
    expect(await isOnTop(page)).toBe(true)
  })

  it('breaks neither a strict Content-Security-Policy nor Trusted Types', async () => {
    const policy = [
      `default-src 'none'`,
      `script-src 'nonce-n0nce' 'strict-dynamic'`,
      `style-src 'self'`,
      `connect-src ${server.origin}`,
      `base-uri 'none'`,
      `require-trusted-types-for 'script'`,
      'trusted-types gp',
    ].join('; ')
    const page = await visit([decisionOf('hello')], { policy })
    await expect.poll(() => isSeen(page, 'hello')).toBe(true)
    await page.keyboard.press('Escape')
    await expect.poll(() => hosts(page)).toBe(0)

    expect(watched.violations).toEqual([])
    expect(watched.errors).toEqual([])
  })

  it('is drawn by a tag that holds all it loads to its hash', async () => {
    const page = await visit([decisionOf('hello')], { pinned: true })
    await expect.poll(() => isSeen(page, 'hello')).toBe(true)

    const held = await page.evaluate(() =>
      [...document.querySelectorAll<HTMLLinkElement>('link[rel=modulepreload]')].map(
        ({ href, integrity }) => [href.split('/').at(-1), integrity.startsWith('sha384-')],
      ),
    )
    for (const part of ['integrity', 'experiences', 'popup']) {
      expect(held).toContainEqual([`${part}.js`, true])
    }
    expect(watched.errors).toEqual([])
  })

  it('paints no backdrop of the page’s behind a bar', async () => {
    const bar = decisionOf('bar', { layout: { kind: 'bar', edge: 'top' } })
    const head = '<style>::backdrop { display: block !important; background: red }</style>'
    const page = await visit([bar], { body: TALL, head })
    await expect.poll(() => isSeen(page, 'bar')).toBe(true)
    const display = await page
      .locator('gp-widget')
      .evaluate((host) => getComputedStyle(host, '::backdrop').display)

    expect(display).toBe('none')
  })

  it.each([['bar first'], ['slide-in first']])(
    'has its slide-in above the bar at the bottom, and lets it down again: %s',
    async (order) => {
      const load = [{ on: 'load' }] as const
      const later = [{ on: 'manual' }] as const
      const isBarFirst = order === 'bar first'
      const bar = { kind: 'bar', edge: 'bottom' } as const
      const slide = { kind: 'slideIn', corner: 'end' } as const
      const page = await visit([
        decisionOf('bar', { layout: bar, triggers: isBarFirst ? load : later }),
        decisionOf('slide', { layout: slide, triggers: isBarFirst ? later : load }),
      ])
      await expect.poll(() => isSeen(page, isBarFirst ? 'bar' : 'slide')).toBe(true)
      await command(page, 'show', isBarFirst ? 'slide' : 'bar')
      const bottomOf = async () => {
        const box = await page.getByRole('region', { name: 'slide' }).boundingBox()
        return Math.round((box?.y ?? 0) + (box?.height ?? 0))
      }
      const height = await page.evaluate(() => innerHeight)
      const room = async () => {
        const box = await page.getByRole('region', { name: 'bar' }).boundingBox()
        return Math.round(box?.y ?? 0)
      }
      await expect.poll(async () => (await room()) - (await bottomOf())).toBe(16)
      await command(page, 'dismiss', 'bar')

      await expect.poll(async () => height - (await bottomOf())).toBe(16)
    },
  )

  it('waits with a bar until the page’s own dialog is closed, above which it would be inert', async () => {
    const bar = decisionOf('bar', {
      layout: { kind: 'bar', edge: 'top' },
      triggers: [{ on: 'event', name: 'Asked' }],
    })
    const page = await visit([bar], { body: '<dialog>Size?</dialog>' })
    await page.evaluate(() => document.querySelector('dialog')?.showModal())
    await command(page, 'track', 'Asked')
    expect(await hosts(page)).toBe(0)
    await page.evaluate(() => document.querySelector('dialog')?.close())

    await expect.poll(() => isSeen(page, 'bar'), { timeout: 5_000 }).toBe(true)
  })

  it('goes to the next in line when it is closed', async () => {
    const page = await visit([decisionOf('first'), decisionOf('second')])
    await expect.poll(() => isSeen(page, 'first')).toBe(true)
    expect(await hosts(page)).toBe(1)
    await page.getByRole('button', { name: 'Go on' }).click()

    await expect.poll(() => isSeen(page, 'second')).toBe(true)
    expect(await hosts(page)).toBe(1)
    await expect.poll(() => server.properties('Experience Closed')).toHaveLength(1)
  })

  it('comes and goes as the page asks', async () => {
    const page = await visit([decisionOf('manual', { triggers: [{ on: 'manual' }] })])
    expect(await command(page, 'show', 'manual')).toEqual({ ok: true })
    expect(await isSeen(page, 'manual')).toBe(true)
    expect(await command(page, 'show', 'other')).toMatchObject({ reason: 'not_active' })
    expect(await command(page, 'dismiss', 'manual')).toEqual({ ok: true })
    await expect.poll(() => hosts(page)).toBe(0)
  })

  describe('on exit', () => {
    const exit = decisionOf('exit', { triggers: [{ on: 'exit' }] })

    it('is shown once, when the pointer leaves through the top', async () => {
      const page = await visit([exit], { body: TALL })
      await armed(page)
      await page.mouse.move(300, 300)
      await page.mouse.move(300, 5)
      await page.mouse.move(-5, 300)
      expect(await hosts(page)).toBe(0)
      // Until somebody listens, however busy the machine; more than once it must not be shown.
      const leave = async () => {
        await leaveThroughTop(page)
        return isSeen(page, 'exit')
      }
      await expect.poll(leave, { timeout: 10_000 }).toBe(true)
      // What is closed before a frame with it was painted counts as not seen.
      await expect.poll(() => server.properties('Experience Shown')).toHaveLength(1)
      await page.keyboard.press('Escape')
      await expect.poll(() => hosts(page)).toBe(0)
      await leaveThroughTop(page)
      await command(page, 'track', 'Later')

      expect(await hosts(page)).toBe(0)
      expect(server.asked(CLAIMS_PATH)).toBe(1)
      expect(server.properties('Experience Shown')).toHaveLength(1)
      expect(await unloadListeners(page)).toEqual([])
    })

    it.each([
      [
        'on a fast swipe back up',
        async (page: Page) => {
          await swipe(page, -700, 4)
          await swipe(page, 700, 4)
        },
      ],
      [
        'when the tab was left and is looked at again',
        async (page: Page) => {
          await setVisibility(page, 'hidden')
          await setVisibility(page, 'visible')
        },
      ],
    ])('is shown once, on touch %s', async (_, act) => {
      await open({ hasTouch: true, isMobile: true, viewport: { width: 390, height: 800 } })
      const page = await visit([exit], { body: TALL })
      await armed(page)
      await swipe(page, -700, 4)
      await swipe(page, 300, 20)
      expect(await hosts(page)).toBe(0)

      await act(page)
      await expect.poll(() => isSeen(page, 'exit')).toBe(true)
      await expect.poll(() => server.properties('Experience Shown')).toHaveLength(1)
      await page.keyboard.press('Escape')
      await expect.poll(() => hosts(page)).toBe(0)
      await act(page)
      await command(page, 'track', 'Later')
      expect(await hosts(page)).toBe(0)
      expect(server.properties('Experience Shown')).toHaveLength(1)
      expect(await unloadListeners(page)).toEqual([])
    })
  })

  it('leaves no listener, timer or node behind on the routes it was on', async () => {
    const all = [
      decisionOf('bar', { layout: { kind: 'bar', edge: 'bottom' } }),
      decisionOf('patient', {
        triggers: [
          { on: 'delay', seconds: 600 },
          { on: 'inactivity', seconds: 600 },
          { on: 'exit' },
          { on: 'scroll', percent: 90 },
          { on: 'visible', selector: '#nowhere' },
          { on: 'click', selector: '#nowhere' },
          { on: 'hover', selector: '#nowhere' },
          { on: 'event', name: 'Never' },
        ],
      }),
    ]
    server.script.decisions = { ...server.script.decisions, reconsiderAt: Date.now() + 3_600_000 }
    await countTimers(context)
    const page = await visit(all)
    await routes(page, ROUTES_BEFORE)
    const before = await footprint(page)
    await routes(page, ROUTES)
    // What was announced last is taken back after seconds.
    const running = async () => (await footprint(page)).timers
    await expect.poll(running, { timeout: 10_000 }).toBeLessThanOrEqual(before.timers)
    const after = await footprint(page)

    expect(after.listeners).toEqual(before.listeners)
    // One that has just gone may not have been collected yet.
    expect(after.nodes).toBeLessThanOrEqual(before.nodes + 60)
    expect(after.heapBytes - before.heapBytes).toBeLessThan(ROUTES * HEAP_BYTES_A_ROUTE)
    expect(watched.errors).toEqual([])
  })

  async function open(options: BrowserContextOptions = {}): Promise<void> {
    await context?.close()
    context = await newShopper(browser, options)
    watched = await watch(context)
  }

  async function visit(
    active: readonly Decision[],
    { body = '', head = '', path = '/', policy = '', pinned = false } = {},
  ): Promise<Page> {
    server.script.decisions = { ...server.script.decisions, active }
    const tag = {
      tagAt: server.origin,
      key: 'pk_test',
      settings: { consent: 'full' },
      head: HEAD + head,
      body,
    }
    const nonce = (element: string) => element.replace('<script', '<script nonce="n0nce"')
    const document = policy
      ? documentOf({ head: HEAD + nonce(tagElement(tag)), body })
      : shopPage(tag).replace('/gp.js', pinned ? `/gp/${version}/gp.js` : '/gp.js')
    shop.serve(path, document, policy ? { 'content-security-policy': policy } : {})
    const page = await context.newPage()
    await page.goto(shop.url(path))
    await tagReady(page)
    return page
  }

  /** Through that many routes, each of them once its bar stands. */
  async function routes(page: Page, count: number): Promise<void> {
    for (let route = 0; route < count; route += 1) {
      const shown = server.properties('Experience Shown').length
      await page.evaluate((to) => history.pushState({}, '', `/route-${to}`), route)
      await expect.poll(() => server.properties('Experience Shown').length).toBe(shown + 1)
    }
  }

  /** The triggers listen once their chunk is there. */
  async function armed(page: Page): Promise<void> {
    const hasCome = () =>
      performance.getEntriesByType('resource').some(({ name }) => name.endsWith('triggers.js'))
    await expect.poll(() => page.evaluate(hasCome)).toBe(true)
    await command(page, 'show', 'nothing')
  }
})

async function hosts(page: Page): Promise<number> {
  return page.locator('gp-widget').count()
}

async function isSeen(page: Page, heading: string): Promise<boolean> {
  return page.getByText(heading, { exact: true }).first().isVisible()
}

/** Out of the window: what Chromium does when the pointer leaves it. */
async function leaveThroughTop(page: Page): Promise<void> {
  await page.mouse.move(300, 200)
  await page.mouse.move(300, 1)
  await page.mouse.move(300, -10)
  // Without a real window it never hears of it.
  await page.evaluate(() => {
    const out = { bubbles: true, relatedTarget: null, clientX: 300, clientY: -1 }
    document.body.dispatchEvent(new MouseEvent('mouseout', out))
  })
}

/** A finger that moves `distance` down the screen, which scrolls the page up, in so many steps. */
async function swipe(page: Page, distance: number, steps: number): Promise<void> {
  const devtools = await page.context().newCDPSession(page)
  const from = distance > 0 ? 80 : 780
  const touch = (type: 'touchStart' | 'touchMove', y: number) =>
    devtools.send('Input.dispatchTouchEvent', { type, touchPoints: [{ x: 200, y }] })
  await touch('touchStart', from)
  for (let step = 1; step <= steps; step += 1) {
    await touch('touchMove', from + (distance * step) / steps)
  }
  await devtools.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
  await devtools.detach()
}

async function setVisibility(page: Page, state: string): Promise<void> {
  await page.evaluate((value) => {
    const isHidden = value === 'hidden'
    Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => value })
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => isHidden })
    document.dispatchEvent(new Event('visibilitychange'))
  }, state)
}

async function unloadListeners(page: Page): Promise<string[]> {
  const listeners = Object.keys(await listenersOf(page, 'window'))
  return listeners.filter((type) => type.includes('unload'))
}

/** How many listeners of each kind `expression` has. */
async function listenersOf(page: Page, expression: string): Promise<Record<string, number>> {
  const devtools = await page.context().newCDPSession(page)
  const { result } = await devtools.send('Runtime.evaluate', { expression })
  const { listeners } = await devtools.send('DOMDebugger.getEventListeners', {
    objectId: result.objectId ?? '',
  })
  await devtools.detach()
  const counts: Record<string, number> = {}
  for (const { type } of listeners) counts[type] = (counts[type] ?? 0) + 1
  return counts
}

interface Footprint {
  readonly listeners: readonly Record<string, number>[]
  readonly timers: number
  readonly nodes: number
  readonly heapBytes: number
}

async function footprint(page: Page): Promise<Footprint> {
  const listeners = [await listenersOf(page, 'window'), await listenersOf(page, 'document')]
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('HeapProfiler.collectGarbage')
  await devtools.send('Performance.enable')
  const { metrics } = await devtools.send('Performance.getMetrics')
  const { usedSize } = await devtools.send('Runtime.getHeapUsage')
  await devtools.detach()
  const timers = await page.evaluate(() => Number(Reflect.get(window, '__timers')))
  const nodes = metrics.find(({ name }) => name === 'Nodes')?.value ?? 0
  return { listeners, timers, nodes, heapBytes: usedSize }
}

/** `__timers`: those that neither have run nor been stopped. */
async function countTimers(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    const waiting = new Set<unknown>()
    const set = window.setTimeout.bind(window)
    const clear = window.clearTimeout.bind(window)
    Reflect.set(window, 'setTimeout', (run: () => void, ms: number) => {
      const timer = set(() => {
        waiting.delete(timer)
        run()
      }, ms)
      waiting.add(timer)
      return timer
    })
    Reflect.set(window, 'clearTimeout', (timer: number) => {
      waiting.delete(timer)
      clear(timer)
    })
    Reflect.defineProperty(window, '__timers', { get: () => waiting.size })
  })
}

function boxes(): unknown[] {
  return [...document.querySelectorAll('main, h1, input')].map((element) => {
    const { x, y, width, height } = element.getBoundingClientRect()
    return [x, y, width, height]
  })
}

function layoutShift(): Promise<number> {
  return new Promise((resolve) => {
    new PerformanceObserver((list) => {
      resolve(
        list.getEntries().reduce((sum, entry) => sum + Number(Reflect.get(entry, 'value')), 0),
      )
    }).observe({ type: 'layout-shift', buffered: true })
    setTimeout(() => resolve(0), 500)
  })
}

/** What a visitor sees of the widget: every box and colour in it. */
function looks(page: Page): Promise<unknown> {
  return page.evaluate(async () => {
    const root = document.querySelector('gp-widget')?.shadowRoot
    const moving = root?.getAnimations?.() ?? []
    await Promise.all(moving.map((one) => one.finished))
    return [...(root?.querySelectorAll('*') ?? [])].map((element) => {
      const { x, y, width, height } = element.getBoundingClientRect()
      const { color, opacity, visibility, fontSize, backgroundColor } = getComputedStyle(element)
      const style = { color, opacity, visibility, fontSize, backgroundColor }
      return [
        element.tagName,
        Math.round(x),
        Math.round(y),
        Math.round(width),
        Math.round(height),
        style,
      ]
    })
  })
}

/** Everything of the page's own. */
function pageLooks(): string[] {
  return [...document.querySelectorAll('html, body, body *')].map((element) => {
    const style = getComputedStyle(element)
    return [...style].map((property) => style.getPropertyValue(property)).join()
  })
}

/** Whether a visitor could click it. */
function isOnTop(page: Page): Promise<boolean> {
  return page.evaluate(() => {
    const root = document.querySelector('gp-widget')?.shadowRoot
    const box = root?.querySelector('button')?.getBoundingClientRect()
    if (!box) return false
    const x = box.x + box.width / 2
    const y = box.y + box.height / 2
    return document.elementFromPoint(x, y)?.localName === 'gp-widget'
  })
}
