import { mkdir } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { expect } from 'vitest'
import { ensureBuilt } from '../../../scripts/setup/built.mjs'
import type { Role } from '#protocol/account.ts'
import { CONSOLE_PATH } from '#protocol/names.ts'
import { launchChromium, newShopper } from '../../support/chromium.ts'
import { bringIn, setUpOwner, type ConsoleClient } from '../../support/console-client.ts'
import { startServer, type TestServer } from '../../support/server.ts'
import { axeFindings } from './axe.ts'
import { watch, type Watch } from './watch.ts'

interface ConsoleOptions {
  /** Of whoever is signed in. */
  readonly roles?: readonly Role[]
  readonly locale?: string
  /** Below `/console`. */
  readonly path?: string
  readonly server?: Parameters<typeof startServer>[0]
}

/** A server with a member signed in at a browser. */
export interface OpenConsole {
  readonly server: TestServer
  readonly browser: Browser
  readonly context: BrowserContext
  readonly page: Page
  /** The first owner, for what a test prepares by the API; the browser's own session where the roles are an owner's. */
  readonly owner: ConsoleClient
  /** Of the browser's session. */
  readonly client: ConsoleClient
  /** Errors and breaches of the content policy: none, at the end. */
  readonly watched: Watch
  /** Another browser. */
  readonly another: (options?: {
    readonly locale?: string
    /** Whose session it has, if not the first one’s. */
    readonly of?: ConsoleClient
  }) => Promise<Page>
  readonly stop: () => Promise<void>
}

export const PHONE = { width: 390, height: 780 }
export const DESKTOP = { width: 1440, height: 900 }
const SIZES = [PHONE, { width: 1024, height: 768 }, DESKTOP]
const SCHEMES = ['light', 'dark'] as const

export async function openConsole(options: ConsoleOptions = {}): Promise<OpenConsole> {
  const { roles = ['owner'], locale = 'en-GB', path = CONSOLE_PATH } = options
  await ensureBuilt()
  const [server, browser] = await Promise.all([
    startServer({ ...options.server, isBuilt: true }),
    launchChromium(),
  ])
  const owner = await setUpOwner(server)
  const client = roles.includes('owner')
    ? owner
    : await bringIn(server, owner, { email: 'ben@shop.example', roles })
  const context = await signedIn(locale)
  const watched = await watch(context)
  const page = await context.newPage()
  await page.goto(server.url + path)

  async function signedIn(language: string, whose = client): Promise<BrowserContext> {
    const fresh = await newShopper(browser, {
      locale: language,
      viewport: DESKTOP,
      reducedMotion: 'reduce',
    })
    const [name = '', value = ''] = (whose.cookie ?? '').split('=')
    await fresh.addCookies([{ name, value, url: server.url, sameSite: 'Strict', httpOnly: true }])
    return fresh
  }

  return {
    server,
    browser,
    context,
    page,
    owner,
    client,
    watched,
    async another({ locale: language = locale, of = client } = {}) {
      const other = await (await signedIn(language, of)).newPage()
      await other.goto(server.url + path)
      return other
    },
    async stop() {
      await browser.close()
      await server.stop()
    },
  }
}

/**
 * Sound to axe, and no wider than the window, in light and dark, on a phone and a desktop. With `PICTURES=<folder>` each
 * state is pictured too, on a tablet as well, as `<test file>-<state>-<width>-<light or dark>.png`: to be looked at.
 */
export async function expectAccessible(page: Page, state: string): Promise<void> {
  const before = page.viewportSize() ?? DESKTOP
  const { PICTURES } = process.env
  for (const size of PICTURES === undefined ? [PHONE, DESKTOP] : SIZES) {
    await page.setViewportSize(size)
    // The page goes from phone to desktop after the window does: asked again until it has.
    await expect
      .poll(() => page.evaluate(widerThanWindow), { message: `${state} at ${size.width} px` })
      .toEqual([])
    for (const colorScheme of SCHEMES) {
      await page.emulateMedia({ colorScheme })
      if (PICTURES !== undefined) {
        await picture(page, `${state}-${size.width}-${colorScheme}`, PICTURES)
      }
      const found = await axeFindings(page)
      expect({ state, size, colorScheme, found }).toEqual({ state, size, colorScheme, found: [] })
    }
  }
  await page.emulateMedia({ colorScheme: 'light' })
  await page.setViewportSize(before)
}

async function picture(page: Page, name: string, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  const from = basename(expect.getState().testPath ?? '', '.test.ts')
  const file = `${from}-${name}.png`.replaceAll(' ', '_')
  await page.screenshot({ path: join(folder, file), animations: 'disabled', fullPage: true })
}

/** What reaches past the window's end, where the page can be scrolled there; none where it can't. */
function widerThanWindow(): string[] {
  const { scrollWidth } = document.documentElement
  if (scrollWidth <= innerWidth) return []
  const past = [...document.body.querySelectorAll('*')]
    .filter((element) => element.getBoundingClientRect().right > innerWidth)
    .map(({ tagName, id, className }) => `${tagName}#${id}.${String(className)}`)
  return [`${scrollWidth} of ${innerWidth} px`, ...past]
}
