import type { BrowserContext, Page } from 'playwright-core'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { hasChromium, newShopper } from '../support/chromium.ts'
import { callOnly, command, tagReady } from './support/command.ts'
import { documentOf, shopPage, pathOf } from './support/shop-page.ts'
import { createStage, type Stage } from './support/stage.ts'

interface Case {
  readonly what: string
  /** Runs on the page `/<key>/start`; `base` is `/<key>`. */
  readonly act: (page: Page, base: string) => Promise<unknown>
  /** Path, hash route and query of each page view after the first. */
  readonly views: readonly string[]
  readonly settings?: Record<string, string>
}

const CASES: readonly Case[] = [
  {
    what: 'a push',
    act: (page, base) => page.evaluate((to) => history.pushState({}, '', `${to}/a`), base),
    views: ['/a'],
  },
  {
    what: 'two pushes, one after the other',
    act: async (page, base) => {
      await page.evaluate((to) => history.pushState({}, '', `${to}/a`), base)
      await page.evaluate((to) => history.pushState({}, '', `${to}/b`), base)
    },
    views: ['/a', '/b'],
  },
  {
    what: 'three pushes in one tick: only the last',
    act: (page, base) =>
      page.evaluate((to) => {
        for (const route of ['a', 'b', 'c']) history.pushState({}, '', `${to}/${route}`)
      }, base),
    views: ['/c'],
  },
  {
    what: 'a push and a replacement in one tick, as routers do when they redirect: only the last',
    act: (page, base) =>
      page.evaluate((to) => {
        history.pushState({}, '', `${to}/a`)
        history.replaceState({}, '', `${to}/b`)
      }, base),
    views: ['/b'],
  },
  {
    what: 'a replacement by the same address: none',
    act: (page) => page.evaluate(() => history.replaceState({ scroll: 1 }, '', location.href)),
    views: [],
  },
  {
    what: 'a replacement by another path',
    act: (page, base) => page.evaluate((to) => history.replaceState({}, '', `${to}/a`), base),
    views: ['/a'],
  },
  {
    what: 'a change of query alone: none',
    act: (page) => page.evaluate(() => history.pushState({}, '', '?colour=red')),
    views: [],
  },
  {
    what: 'a change of query alone, where the shop asked for it',
    act: (page) => page.evaluate(() => history.pushState({}, '', '?colour=red')),
    views: ['/start?colour=red'],
    settings: { query: '' },
  },
  {
    what: 'back and forward',
    act: async (page, base) => {
      await page.evaluate((to) => history.pushState({}, '', `${to}/a`), base)
      // Without the Navigation API a step back is told once the address is another: late timers would make the two one.
      await viewedAgain(page, () => page.goBack())
      await page.goForward()
    },
    views: ['/a', '/start', '/a'],
  },
  {
    what: 'a hash route',
    act: (page) => page.evaluate(() => void (location.hash = '#/cart')),
    views: ['/start#/cart'],
  },
  {
    what: 'a jump to a heading: none',
    act: (page) => page.evaluate(() => void (location.hash = '#reviews')),
    views: [],
  },
]

/** Goes on when the tag has seen the route that `go` leads to. */
async function viewedAgain(page: Page, go: () => Promise<unknown>): Promise<void> {
  await page.evaluate(async () => {
    const gp: unknown = Reflect.get(window, 'gp')
    if (typeof gp !== 'function') throw new Error('There is no tag')
    // What was before is over by then.
    await new Promise((resolve) => setTimeout(resolve))
    const seen = new Promise((resolve) => void gp('once', 'page:viewed', resolve))
    Reflect.set(window, 'viewedAgain', { seen })
  })
  await go()
  await page.evaluate(async () => {
    await Object(Reflect.get(window, 'viewedAgain')).seen
  })
}

const BROWSERS = [
  { browser: 'with the Navigation API', hasNavigation: true },
  { browser: 'without the Navigation API', hasNavigation: false },
]

describe.skipIf(!hasChromium)('page views', () => {
  let stage: Stage
  let context: BrowserContext

  beforeAll(async () => {
    stage = await createStage()
    stage.shop.serve('/elsewhere', documentOf({ title: 'Elsewhere' }))
    return () => stage.stop()
  })
  beforeEach(async () => {
    context = await newShopper(stage.browser)
  })
  afterEach(() => context.close())

  describe.each(BROWSERS)('$browser', ({ hasNavigation }) => {
    beforeEach(async () => {
      if (hasNavigation) return
      await context.addInitScript(() => {
        Object.defineProperty(window, 'navigation', { value: undefined })
      })
    })

    it.each(CASES)('count once: $what', async ({ act, views, settings = {} }) => {
      const { key, page } = await visit(settings)
      expect(await page.evaluate(() => 'navigation' in window && !!window.navigation)).toBe(
        hasNavigation,
      )
      await act(page, pathOf(key))
      expect(await routesOf(key, page)).toEqual(['/start', ...views])
    })

    it('name each route with its own title, and the route before as its referrer', async () => {
      const { key, page } = await visit()
      await page.evaluate((to) => {
        history.pushState({}, '', `${to}/a`)
        // Routers draw, and name, the page after they have changed the address.
        document.title = 'Second'
      }, pathOf(key))
      await routesOf(key, page)

      const [first, second] = stage.ledger.pageViews(key)
      expect(first).toMatchObject({ title: 'A shop' })
      expect(second).toMatchObject({
        title: 'Second',
        referrer: stage.shop.url(`${pathOf(key)}/start`),
      })
    })

    it('count a restore from the back/forward cache once, and keep the page fit for it', async () => {
      const { key, page } = await visit()
      await command(page, 'track', 'Seen')
      await page.evaluate(() => {
        Reflect.set(window, 'mark', 'still the same document')
        addEventListener('pageshow', ({ persisted }) => Reflect.set(window, 'restored', persisted))
      })
      await page.goto(stage.shop.url('/elsewhere'))
      await page.goBack({ waitUntil: 'commit' })
      await page.waitForURL(`**${pathOf(key)}/start`, { waitUntil: 'commit' })

      const back = await page.evaluate(() => ({
        mark: Reflect.get(window, 'mark'),
        restored: Reflect.get(window, 'restored'),
      }))
      expect(back).toEqual({ mark: 'still the same document', restored: true })
      expect(await routesOf(key, page)).toEqual(['/start', '/start'])
    })
  })

  it('count each route that the visitor goes to and back from, on a page too busy for its timers', async () => {
    await context.addInitScript(() => {
      const own = window.setTimeout.bind(window)
      Object.assign(window, { setTimeout: (run: () => void, ms?: number) => own(run, ms || 2_000) })
    })
    const { key, page } = await visit()
    await page.evaluate((to) => {
      for (const route of ['a', 'b']) {
        document.body.click()
        history.pushState({}, '', `${to}/${route}`)
      }
    }, pathOf(key))
    await page.goBack()
    expect(await routesOf(key, page)).toEqual(['/start', '/a', '/b', '/a'])
  })

  it('count a reload and a second document as what they are', async () => {
    const { key, page } = await visit()
    await page.reload()
    await tagReady(page)
    await page.goto(stage.shop.url(`${pathOf(key)}/other`))
    await tagReady(page)
    expect(await routesOf(key, page)).toEqual(['/start', '/start', '/other'])
  })

  it('count a route that is left at once', async () => {
    const { key, page } = await visit()
    await page.evaluate((to) => {
      history.pushState({}, '', `${to}/a`)
      location.href = '/elsewhere'
    }, pathOf(key))
    await page.waitForURL('**/elsewhere')
    await expect.poll(() => stage.ledger.pageViews(key).map(routeOf(key))).toEqual(['/start', '/a'])
  })

  async function visit(
    settings: Record<string, string> = {},
  ): Promise<{ key: string; page: Page }> {
    const key = stage.ledger.openShop('full')
    const document = shopPage({
      tagAt: stage.tagAt,
      key,
      settings: { consent: 'full', ...settings },
    })
    for (const name of ['start', 'other']) stage.shop.serve(`${pathOf(key)}/${name}`, document)
    const page = await context.newPage()
    await page.goto(stage.shop.url(`${pathOf(key)}/start`))
    await tagReady(page)
    return { key, page }
  }

  /** Routes that the server has stored once the page is closed, so that none can come late. */
  async function routesOf(key: string, page: Page): Promise<string[]> {
    await callOnly(page, 'track', 'Last')
    await page.close()
    await expect.poll(() => stage.ledger.named(key, 'Last')).toHaveLength(1)
    return stage.ledger.pageViews(key).map(routeOf(key))
  }
})

function routeOf(key: string): (view: { url: string }) => string {
  return ({ url }) => {
    const { pathname, search, hash } = new URL(url)
    return `${pathname.replace(pathOf(key), '')}${search}${hash}`
  }
}
