import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { ensureBuilt } from '../../../scripts/setup/built.mjs'
import type { MailSettings } from '#server/core/mail/settings.ts'
import { launchChromium } from '../../support/chromium.ts'
import { startServer } from '../../support/server.ts'
import { createFaultProxy, type FaultProxy } from './fault-proxy.ts'
import { openLedger, type Ledger } from './ledger.ts'
import { createShopOrigin, type ShopOrigin } from './shop-origin.ts'

export interface Stage {
  readonly browser: Browser
  /** What the browser knows as the tag's server: the real one behind it. */
  readonly proxy: FaultProxy
  readonly shop: ShopOrigin
  readonly ledger: Ledger
  readonly server: Awaited<ReturnType<typeof startServer>>
  /** Origin of the tag as pages install it: another site than the shop. */
  readonly tagAt: string
  readonly stop: () => Promise<void>
}

const FLAGS = [
  // An origin without TLS that is not this machine's own, to the browser.
  '--host-resolver-rules=MAP shop.test 127.0.0.1',
  // Requests that outlive their page do not carry a context's user agent but the browser's own, which says "Headless":
  // the server would take their events for a bot's.
  '--user-agent=Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Safari/537.36',
]

/** A browser, a shop and the real server on its own SQLite file, with a proxy between them that can do harm. */
export async function createStage(options: { readonly mail?: MailSettings } = {}): Promise<Stage> {
  await ensureBuilt()
  const dataDir = await mkdtemp(join(tmpdir(), 'granplaza-e2e-'))
  const server = await startServer({ ...options, dataDir, isBuilt: true })
  const [browser, proxy, shop] = await Promise.all([
    launchChromium({ args: FLAGS }),
    createFaultProxy(server.url),
    createShopOrigin(),
  ])
  const ledger = openLedger(join(dataDir, 'granplaza.db'))
  return {
    browser,
    proxy,
    shop,
    ledger,
    server,
    tagAt: proxy.at('tag.localhost'),
    stop: async () => {
      await browser.close()
      ledger.close()
      await Promise.all([proxy.stop(), shop.stop(), server.stop()])
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}
