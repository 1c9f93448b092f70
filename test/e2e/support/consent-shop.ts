import type { BrowserContext, Page } from 'playwright-core'
import type { ConsentMode } from '#protocol/names.ts'
import { command, tagReady } from './command.ts'
import { shopPage, pathOf } from './shop-page.ts'
import type { Stage } from './stage.ts'

export const ALL = { statistics: true, personalisation: true, marketing: true }
export const NONE = { statistics: false, personalisation: false, marketing: false }

export interface ConsentShop {
  readonly key: string
  /** Another page of the shop, with the tag evaluated. */
  readonly open: (context: BrowserContext) => Promise<Page>
  /** A whole visit: a page, one event that the server has answered, and away. */
  readonly visit: (context: BrowserContext, track: string) => Promise<void>
  /** Visitors that the shop's events belong to. */
  readonly visitors: () => readonly number[]
}

interface ConsentShopOptions {
  readonly mode: ConsentMode
  readonly head?: string
  readonly tagAt?: string
  readonly settings?: Record<string, string>
}

/** A shop of the given mode, whose tag is told the same. */
export function openConsentShop(stage: Stage, options: ConsentShopOptions): ConsentShop {
  const { mode, head = '', tagAt = stage.tagAt } = options
  const key = stage.ledger.openShop(mode)
  // Cookies are for listed origins only.
  stage.ledger.listOrigin(key, new URL(stage.shop.url('/')).origin)
  const settings = { consent: mode, ...options.settings }
  const gtag = `<script>function gtag() { (window.dataLayer ??= []).push(arguments) }</script>`
  stage.shop.serve(pathOf(key), shopPage({ tagAt, key, settings, head: gtag + head, body: BODY }))

  async function open(context: BrowserContext): Promise<Page> {
    const page = await context.newPage()
    await page.goto(stage.shop.url(pathOf(key)))
    await tagReady(page)
    return page
  }

  return {
    key,
    open,
    visit: async (context, track) => {
      const page = await open(context)
      await command(page, 'track', track)
      await page.close()
    },
    visitors: () => {
      const ids = stage.ledger.events(key).flatMap(({ visitorId }) => visitorId ?? [])
      return [...new Set(ids)]
    },
  }
}

export async function storedKeys(page: Page): Promise<string[]> {
  return page.evaluate(() => Object.keys(localStorage).toSorted())
}

const BODY = `
  <button id="tracked" data-gp-track="Button Pressed">Press</button>
  <form data-gp-identify="email" onsubmit="return false">
    <input name="email" value="ana@example.com"><button id="submit">Send</button>
  </form>`
