import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { takeBrowser } from '#sdk/browser.ts'
import { ALL, define, openPage, type ShopPage } from './shop-page.ts'

/** Parts of the page, by path from `window`, that a hostile page may have replaced or a browser may lack. */
const POINTS = [
  ...paths(
    '',
    'fetch setTimeout clearTimeout TextEncoder performance crypto console navigator screen',
  ),
  ...paths(
    '',
    'localStorage history location innerWidth dataLayer __tcfapi EventTarget navigation',
  ),
  ...paths('', 'addEventListener removeEventListener'),
  ...paths('navigator.', 'locks sendBeacon language userAgent maxTouchPoints globalPrivacyControl'),
  ...paths('navigator.locks.', 'request'),
  ...paths('performance.', 'now'),
  ...paths('crypto.', 'getRandomValues'),
  ...paths('console.', 'warn'),
  ...paths('screen.', 'width height'),
  ...paths('history.', 'pushState replaceState'),
  ...paths('location.', 'href origin'),
  ...paths('localStorage.', 'getItem setItem removeItem'),
  ...paths(
    'document.',
    'title referrer readyState visibilityState hidden prerendering currentScript head',
  ),
  ...paths('document.', 'querySelector querySelectorAll createElement addEventListener'),
  ...paths('document.', 'removeEventListener documentElement'),
]
const BREAKAGES = ['throws', 'is undefined', 'is junk', 'returns junk'] as const
const CASES = POINTS.flatMap((point) => BREAKAGES.map((how) => ({ point, how })))

const errors: unknown[] = []
const note = (error: unknown) => void errors.push(error)

beforeEach(() => {
  errors.length = 0
  process.on('unhandledRejection', note)
  process.on('uncaughtException', note)
})
afterEach(() => {
  process.off('unhandledRejection', note)
  process.off('uncaughtException', note)
})

describe('no error reaches the page', () => {
  it('has points enough', () => {
    expect(CASES.length).toBeGreaterThan(200)
  })

  it.each(CASES)('where $point $how before the tag comes', async ({ point, how }) => {
    const page = await openPage({
      settings: { consent: 'full' },
      prepare: (window) => damage(window, point, how),
      // Its own timers and network: these are what the case breaks.
      change: (browser) => {
        const own = takeBrowser(browser.window)
        return {
          ...browser,
          fetch: own.fetch,
          bytes: own.bytes,
          randomBytes: own.randomBytes,
          beacon: own.beacon,
        }
      },
    }).catch(() => undefined) // as sdk/gp.ts does: a page without, say, a navigator goes without the tag

    if (page) await callEverything(page)
    expect(errors).toEqual([])
  })

  it.each(CASES)('where $point $how after it', async ({ point, how }) => {
    const page = await openPage({ settings: { consent: 'full' } })
    damage(page.window, point, how)

    await callEverything(page)
    expect(errors).toEqual([])
  })

  it('where listeners of the page throw', async () => {
    const page = await openPage()
    const broken = () => {
      throw new Error('the page’s own')
    }
    await page.gp.on('event:sent', broken)
    await page.gp.ready(broken)
    void page.gp.track('A')
    await page.pass(5_000)

    expect(page.names()).toEqual(['page', 'A'])
    expect(errors).toEqual([])
  })

  it('where properties are traps', async () => {
    const trap = new Proxy(
      {},
      {
        ownKeys: () => {
          throw new Error('trap')
        },
      },
    )
    const getter = Object.defineProperty({}, 'x', {
      enumerable: true,
      get: () => {
        throw new Error('trap')
      },
    })
    const page = await openPage()

    expect(await page.gp.track('A', trap)).toMatchObject({ ok: false })
    expect(await page.gp.track('A', getter)).toMatchObject({ ok: false })
    expect(errors).toEqual([])
  })
})

describe('a hostile page', () => {
  it('whose arrays have a toJSON gets well-formed events', async () => {
    Reflect.defineProperty(Array.prototype, 'toJSON', { configurable: true, value: () => 'broken' })
    try {
      const page = await openPage({ reply: () => new Response('{}') })
      void page.gp.track('A', { items: [1, 2] })
      await page.pass(5_000)

      const tracked = page.events().find(({ name }) => name === 'A')
      expect(tracked?.properties).toEqual({ items: [1, 2] })
    } finally {
      Reflect.deleteProperty(Array.prototype, 'toJSON')
    }
  })

  it('that replaces fetch and JSON later is not noticed', async () => {
    const page = await openPage()
    const broken = () => {
      throw new Error('broken')
    }
    const { stringify, parse } = JSON
    Object.assign(JSON, { stringify: broken, parse: broken })
    const tracked = page.gp.track('A', { price: 1 })
    Object.assign(JSON, { stringify, parse })
    await page.pass(3_000)

    expect(await tracked).toEqual({ ok: true })
  })

  it('loses the tag after twenty faults of ours', async () => {
    const page = await openPage()
    define(page.window.document, 'querySelector', () => {
      throw new Error('broken')
    })
    for (let i = 0; i < 25; i++) {
      page.fire('document', 'DOMContentLoaded')
    }

    expect('gp' in page.window).toBe(false)
    expect(await page.gp.track('A')).toMatchObject({ reason: 'destroyed' })
    expect(page.warnings.length).toBeLessThanOrEqual(1)
  })
})

async function callEverything(page: ShopPage): Promise<void> {
  const { gp } = page
  const calls = [
    gp.track('A', { price: 1 }),
    gp.page('Home'),
    gp.identify('u1', { plan: 'x' }),
    gp.alias('u0'),
    gp.group('g1'),
    gp.cart({ products: [] }),
    gp.on('event:sent', () => {}),
    gp.off('event:sent', () => {}),
    gp.ready(() => {}),
    gp.debug(true),
    gp.openChat(),
    gp.consent(ALL),
    gp.reset(),
  ]
  quietly(() => page.window.dataLayer?.push({ event: 'login' }))
  for (const name of ['online', 'pagehide', 'pageshow', 'popstate', 'storage', 'load']) {
    quietly(() => page.fire('window', name, { persisted: true, key: 'gp:consent' }))
  }
  quietly(() => page.fire('document', 'visibilitychange'))
  await page.pass(5_000)
  calls.push(gp.consent({ statistics: false }), gp.debug(false), gp.destroy())
  await page.pass(40_000)
  for (const outcome of await Promise.all(calls)) expect(outcome).toHaveProperty('ok')
}

/** The page's own call may fail on what the case broke. */
function quietly(act: () => void): void {
  try {
    act()
  } catch {
    // not ours to judge
  }
}

function damage(window: object, path: string, how: (typeof BREAKAGES)[number]): void {
  // happy-dom itself needs the one that all windows share
  if (path.startsWith('performance')) define(window, 'performance', { now: () => 1 })
  const names = path.split('.')
  const name = names.pop() ?? ''
  const owner = names.reduce<unknown>((part, key) => Reflect.get(Object(part), key), window)
  if (typeof owner !== 'object' || owner === null) return
  const junk = { valueOf: () => Number.NaN, toString: () => 'junk' }
  const descriptors = {
    throws: {
      get: () => {
        throw new DOMException('denied', 'SecurityError')
      },
    },
    'is undefined': { value: undefined, writable: true },
    'is junk': { value: junk, writable: true },
    'returns junk': { value: () => junk, writable: true },
  }
  Reflect.defineProperty(owner, name, { configurable: true, ...descriptors[how] })
}

function paths(prefix: string, names: string): string[] {
  return names.split(' ').map((name) => prefix + name)
}
