import { createServer } from 'node:http'
import type { Browser } from 'playwright-core'
import type { Scope } from '#protocol/scopes.ts'
import { closeServer, listen } from './listening.ts'

/** What the shop's owner has set by the management API before anybody looks at the page. */
interface SetUp {
  readonly scope: Scope
  readonly method: 'POST' | 'PUT'
  readonly path: string
  readonly body: object
}

export interface ShopPage {
  readonly browser: Browser
  /** Of the page, on another origin than the server's. */
  readonly url: string
  readonly serverUrl: string
}

interface PlaceOfTag {
  readonly serverUrl: string
  readonly shopKey: string
}

/** A page of a shop with the tag on it, a server as it is built, and a browser. The tests' Chromium has been found before. */
export async function withShopPage(
  { scope, method, path, body }: SetUp,
  pageOf: (place: PlaceOfTag) => string,
  use: (page: ShopPage) => Promise<void>,
): Promise<void> {
  // Only now: it reads where Chromium is.
  const { launchChromium } = await import('../../support/chromium.ts')
  const { startServer } = await import('../../support/server.ts')
  const server = await startServer({ isBuilt: true })
  const secret = await server.account.createSecretKey(server.shop.id, [scope])
  const made = await fetch(server.url + path, {
    method,
    headers: { authorization: `Bearer ${secret}` },
    body: JSON.stringify(body),
  })
  if (!made.ok) throw new Error(await made.text())
  const html = pageOf({ serverUrl: server.url, shopKey: server.key })
  const shop = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html')
    response.end(html)
  })
  const url = `http://127.0.0.1:${await listen(shop)}/`
  const browser = await launchChromium()
  await use({ browser, url, serverUrl: server.url })
  await browser.close()
  await Promise.all([closeServer(shop), server.stop()])
}
