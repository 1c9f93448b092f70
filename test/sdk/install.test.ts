import { describe, expect, it } from 'vitest'
import { takeBrowser } from '#sdk/browser.ts'
import { install } from '#sdk/install.ts'
import { scriptSettings } from '#sdk/settings.ts'
import { openPage } from './shop-page.ts'

describe('the tag on the page', () => {
  it('answers under window.gp, by method and by name', async () => {
    const page = await openPage()
    const there = page.window.gp as typeof page.gp
    void there.track('A')
    void there('track', 'B')
    await page.pass(3_000)

    expect(page.names()).toEqual(['page', 'A', 'B'])
  })

  it('is one, however often it comes', async () => {
    const page = await openPage()
    const second = install(takeBrowser(page.window), {
      shop: 'pk_other',
      host: 'https://x.example',
    })
    await page.pass(5_000)

    expect(second).toBe(page.gp)
    expect(page.events()).toHaveLength(1)
  })

  it('takes the place of an element that is called gp', async () => {
    const page = await openPage({ html: '<form id="gp"></form>' })

    expect(typeof page.window.gp).toBe('function')
  })

  it.each([
    ['a text', 'mine'],
    ['an object', { mine: true }],
    ['a frozen object', Object.freeze({ mine: true })],
    ['a function', () => 'mine'],
  ])('leaves the page its own gp: %s, and tracks', async (_, mine) => {
    const page = await openPage({ prepare: (window) => void (window.gp = mine) })

    expect(page.window.gp).toBe(mine)
    expect(page.events()).toHaveLength(1)
  })

  it('survives a gp that cannot be set', async () => {
    const prepare = (window: object) =>
      void Object.defineProperty(window, 'gp', { value: 'frozen' })
    const page = await openPage({ prepare })

    expect(page.window.gp).toBe('frozen')
    expect(page.events()).toHaveLength(1)
  })

  it('reads its settings from the script element', async () => {
    const page = await openPage({
      settings: { shop: '' },
      html: `<script src="https://gp.example/gp.js" type="x" data-shop="pk" data-consent="off" data-page-type="cart"></script>`,
    })

    expect(scriptSettings(page.window.document)).toMatchObject({
      host: 'https://gp.example',
      tagHost: 'https://gp.example',
      shop: 'pk',
      consent: 'off',
      pageType: 'cart',
    })
  })

  it('takes a mistyped consent mode as off', async () => {
    const page = await openPage({ settings: { consent: 'ful' } })
    await page.pass(5_000)

    expect(page.batches).toEqual([])
    expect(page.warnings).toHaveLength(1)
  })
})
