import { describe, expect, it } from 'vitest'
import type { Browser } from '#sdk/browser.ts'
import { define, openPage, type PageOptions, type ShopPage } from './shop-page.ts'

const views = (page: ShopPage) =>
  page.events().flatMap(({ type, page: seen }) => (type === 'page' ? [seen.url] : []))
const SHOP = 'https://shop.example'

async function afterwards(act: (page: ShopPage) => void, options: PageOptions = {}) {
  const page = await openPage(options)
  act(page)
  await page.pass(5_000)
  return { page, urls: views(page).slice(1) }
}

describe('page views', () => {
  it.each<[string, (page: ShopPage) => void, string[]]>([
    ['one of a push', (page) => page.navigate('/a'), ['/a']],
    ['one of three pushes in a tick', (page) => ['/a', '/b', '/c'].forEach(page.navigate), ['/c']],
    ['none of a push there and back', (page) => ['/a', '/'].forEach(page.navigate), []],
    ['none of another query', (page) => page.navigate('/?color=red'), []],
    ['none of a fragment', (page) => page.navigate('/#reviews'), []],
    ['one of a route in the fragment', (page) => page.navigate('/#/cart'), ['/#/cart']],
    ['none of a replace with the same address', (page) => replace(page, '/'), []],
    ['one of a replace with another', (page) => replace(page, '/a'), ['/a']],
  ])('%s', async (_, act, expected) => {
    const { urls } = await afterwards(act)

    expect(urls).toEqual(expected.map((path) => SHOP + path))
  })

  it('counts the query where the shop asks for it', async () => {
    const act = (page: ShopPage) => page.navigate('/?color=red')
    const { urls } = await afterwards(act, { settings: { query: '' } })

    expect(urls).toEqual([`${SHOP}/?color=red`])
  })

  it('reads the title in the task after, and names the address before as referrer', async () => {
    const { page } = await afterwards((shop) => {
      shop.navigate('/a')
      shop.window.document.title = 'After'
    })

    expect(page.events()[1]?.page).toMatchObject({ title: 'After', referrer: `${SHOP}/` })
  })

  it('goes out with the page that leaves right after the push', async () => {
    const page = await openPage()
    page.navigate('/a')
    await page.hide()
    await page.close()

    expect(views(page)).toEqual([`${SHOP}/`, `${SHOP}/a`])
  })

  it('is one when the page comes back from the back/forward cache', async () => {
    const { urls } = await afterwards((page) => {
      page.fire('window', 'pagehide')
      page.fire('window', 'pageshow', { persisted: true })
    })

    expect(urls).toEqual([`${SHOP}/`])
  })

  it('is none for pageshow after an ordinary load', async () => {
    const { urls } = await afterwards((page) =>
      page.fire('window', 'pageshow', { persisted: false }),
    )

    expect(urls).toEqual([])
  })

  it('follows the Navigation API where there is one, and leaves history alone', async () => {
    let push: unknown
    const page = await openPage({
      prepare: (window) => {
        push = pushOf(window)
        define(window, 'navigation', new window.EventTarget())
      },
    })
    page.navigate('/a')
    page.navigate('/b')
    tellApi(page, 'currententrychange')
    tellApi(page, 'currententrychange')
    await page.pass(5_000)

    expect(pushOf(page.window)).toBe(push)
    expect(views(page)).toEqual([`${SHOP}/`, `${SHOP}/b`])
  })

  it('is one of the route that the visitor goes back from, however late the timers are', async () => {
    const page = await openPage({
      prepare: (window) => define(window, 'navigation', new window.EventTarget()),
    })
    page.navigate('/a')
    tellApi(page, 'currententrychange')
    tellApi(page, 'navigate', { navigationType: 'traverse' })
    page.navigate('/')
    tellApi(page, 'currententrychange')
    await page.pass(5_000)

    expect(views(page)).toEqual([`${SHOP}/`, `${SHOP}/a`, `${SHOP}/`])
  })

  it('is one each of what the visitor clicks in turn, however late the timers are', async () => {
    const page = await openPage()
    page.navigate('/a')
    page.fire('window', 'click')
    page.navigate('/b')
    await page.pass(5_000)

    expect(views(page)).toEqual([`${SHOP}/`, `${SHOP}/a`, `${SHOP}/b`])
  })

  it('is of the address that the visitor came to, where a click is before the tag’s task', async () => {
    const page = await openPage({ change: withLateTimers })
    page.fire('window', 'click')
    page.navigate('/a')
    await page.pass(5_000)

    expect(views(page)).toEqual([`${SHOP}/`, `${SHOP}/a`])
  })

  it('waits until a page drawn ahead of time is looked at', async () => {
    const page = await openPage({
      prepare: ({ document }) => define(document, 'prerendering', true),
    })
    void page.gp.track('A')
    await page.pass(10_000)
    expect(page.batches).toEqual([])

    page.fire('document', 'prerenderingchange')
    await page.pass(0)
    expect(page.names()).toEqual(['page', 'A'])
  })

  it('carries the shop’s hint of the page type', async () => {
    const page = await openPage({ settings: { pageType: 'cart' } })

    expect(page.events()[0]?.page.type).toBe('cart')
  })

  it.each([
    ['of this shop', `${SHOP}/search?q=shoes`, `${SHOP}/search?q=shoes`],
    [
      'of another site, by origin and path',
      'https://else.example/a?q=b#c',
      'https://else.example/a',
    ],
    ['none', '', ''],
  ])('names the referrer: %s', async (_, referrer, expected) => {
    const page = await openPage({ referrer })

    expect(page.events()[0]?.page.referrer).toBe(expected)
  })
})

function pushOf(window: Window): unknown {
  return Reflect.get(window.history, 'pushState')
}

/** A page so busy that what is to come at once comes in a second. */
function withLateTimers(browser: Browser): Browser {
  return { ...browser, after: (ms, run) => browser.after(ms || 1_000, run) }
}

function tellApi({ window }: ShopPage, name: string, fields: object = {}) {
  const api = (window as unknown as { navigation: EventTarget }).navigation
  api.dispatchEvent(Object.assign(new window.Event(name), fields))
}

function replace({ window }: ShopPage, path: string) {
  window.history.replaceState({}, '', path)
}
