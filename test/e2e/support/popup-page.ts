import { readFile } from 'node:fs/promises'
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import type { Known } from '#protocol/experiences.ts'
import type { Block, PopupContent } from '#protocol/popup.ts'
import type { SubmitOutcome } from '#widgets/kit/host.ts'
import { bundle } from '../../../scripts/bundle.mjs'
import { createShopOrigin, type ShopOrigin } from './shop-origin.ts'
import { documentOf } from './shop-page.ts'
import { watch, type Watch } from './watch.ts'

/** What the widget told its host, in order. */
export interface Told {
  readonly what: 'shown' | 'clicked' | 'closed' | 'chose' | 'submitted'
  readonly with?: unknown
}

export interface Opening {
  readonly content: PopupContent
  readonly known?: Known
  readonly languages?: readonly string[]
  /** How forms end; never, when left out. */
  readonly outcome?: SubmitOutcome
  readonly now?: number
}

export interface PopupPage {
  readonly page: Page
  readonly watched: Watch
  readonly open: (opening: Opening) => Promise<void>
  readonly update: (content: PopupContent, known?: Known) => Promise<void>
  readonly unmount: () => Promise<void>
  readonly told: () => Promise<readonly Told[]>
}

export interface PopupStage {
  readonly shop: ShopOrigin
  /** A page of a shop under the strictest policy, in a browser context of its own. */
  readonly visit: (options?: BrowserContextOptions, page?: ShopDocument) => Promise<PopupPage>
  readonly stop: () => Promise<void>
}

export interface ShopDocument {
  readonly head?: string
  readonly body?: string
  readonly lang?: string
  /** Without a policy, which hides what it stops. */
  readonly isUnguarded?: boolean
}

const NONCE = 'cG9wdXAtdW5kZXItdGVzdA'
const POLICY = [
  `default-src 'none'`,
  `script-src 'nonce-${NONCE}' 'strict-dynamic'`,
  `style-src 'self'`,
  `img-src 'self' data: http://pictures.localhost`,
  `connect-src 'self'`,
  `base-uri 'none'`,
  `require-trusted-types-for 'script'`,
  `trusted-types gp`,
].join('; ')

/** What the tag does for a widget, and no more: an element in a shadow root, and an ear. */
const HOST = `
import { mount, ready } from '/popup.js'
const told = []
let element, widget
const style = 'all:initial!important;display:block!important;position:fixed!important;inset:0 auto auto 0!important;' +
  'width:0!important;height:0!important;overflow:visible!important;z-index:2147483647!important'
window.popupStage = {
  told,
  async open({ content, known, languages = ['en'], outcome, now }) {
    const load = (name) => import('/' + name + '.js')
    await ready(content, load)
    element = document.createElement('gp-widget')
    element.style.cssText = style
    const root = element.attachShadow({ mode: 'open' })
    if (content.layout.kind !== 'modal') element.setAttribute('popover', 'manual')
    widget = mount({
      root, content, known, languages, load,
      now: () => now ?? Date.now(),
      shown: () => void told.push({ what: 'shown' }),
      clicked: (what) => void told.push({ what: 'clicked', with: what }),
      closed: (how) => void told.push({ what: 'closed', with: how }),
      chose: (allowed) => void told.push({ what: 'chose', with: allowed }),
      submit: (fields) => {
        told.push({ what: 'submitted', with: fields })
        return outcome ? Promise.resolve(outcome) : new Promise(() => {})
      },
    })
    document.documentElement.append(element)
    if (content.layout.kind !== 'modal') element.showPopover()
    widget.show()
  },
  update: (content, known) => widget.update(content, known),
  async unmount() {
    await widget.unmount()
    element.remove()
  },
}
document.documentElement.dataset.ready = 'yes'
`

export async function createPopupStage(browser: Browser): Promise<PopupStage> {
  const shop = await createShopOrigin()
  const built = await bundle('widgets/popup/index.tsx', `popup-under-test-${process.pid}.mjs`)
  for (const [name, source] of [
    ['own-html', 'own-html.ts'],
    ['popup-offers', 'offers.ts'],
  ] as const) {
    const part = await bundle(`widgets/popup/${source}`, `${name}-under-test-${process.pid}.mjs`)
    shop.serve(`/${name}.js`, await readFile(part, 'utf8'))
  }
  shop.serve('/popup.js', await readFile(built, 'utf8'))
  shop.serve('/host.js', HOST)
  const contexts: BrowserContext[] = []
  let pages = 0

  async function visit(
    options: BrowserContextOptions = {},
    { head = '', body = '', lang = 'en', isUnguarded = false }: ShopDocument = {},
  ): Promise<PopupPage> {
    const context = await browser.newContext(options)
    contexts.push(context)
    const watched = await watch(context)
    const page = await context.newPage()
    const path = `/shop-${++pages}`
    const script = `<script type="module" nonce="${NONCE}" src="/host.js"></script>`
    const html = documentOf({ title: 'Tea shop', head: head + script, body })
    shop.serve(path, html.replace('lang="en"', `lang="${lang}"`), {
      ...(!isUnguarded && { 'content-security-policy': POLICY }),
    })
    await page.goto(shop.url(path))
    await page.locator('html[data-ready]').waitFor({ state: 'attached' })
    return popupPage(page, watched)
  }

  return {
    shop,
    visit,
    stop: async () => {
      await Promise.all(contexts.map((context) => context.close()))
      await shop.stop()
    },
  }
}

function popupPage(page: Page, watched: Watch): PopupPage {
  const call = (name: string, given: readonly unknown[]) =>
    page.evaluate(
      async ({ name: method, given: values }) => {
        const stage: unknown = Reflect.get(window, 'popupStage')
        const run: unknown = Reflect.get(Object(stage), method)
        if (typeof run === 'function') await run(...values)
      },
      { name, given },
    )
  return {
    page,
    watched,
    open: (opening) => call('open', [opening]),
    update: (content, known) => call('update', [content, known]),
    unmount: () => call('unmount', []),
    told: () => page.evaluate(() => Reflect.get(Object(Reflect.get(window, 'popupStage')), 'told')),
  }
}

/** A design of blocks, as pages get it. */
export function blocksPopup(
  blocks: readonly Block[],
  frame: Partial<PopupContent> = {},
): PopupContent {
  return {
    layout: { kind: 'modal' },
    theme: {},
    canClose: true,
    ...frame,
    design: { kind: 'blocks', blocks },
  }
}
