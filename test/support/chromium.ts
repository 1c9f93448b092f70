import { chromium } from 'playwright-core'
import type { Browser, BrowserContext, BrowserContextOptions, LaunchOptions } from 'playwright-core'

/** Without the flags on networking, Chromium calls out by itself; root has no sandbox. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

const executablePath = process.env.TEST_CHROMIUM ?? ''

/** Whether there is a Chromium; without one, what needs it is skipped, and counted as skipped. */
export const hasChromium = executablePath !== ''

/** Playwright hides the back/forward cache unless told not to: shoppers have it, so the tests do. */
export function launchChromium(options: LaunchOptions = {}): Promise<Browser> {
  return chromium.launch({
    executablePath,
    ...options,
    args: [...FLAGS, ...(options.args ?? [])],
    ignoreDefaultArgs: ['--disable-back-forward-cache'],
  })
}

/** A context as a shopper has it: its user agent does not say "Headless", which the server would count as a bot. */
export async function newShopper(
  browser: Browser,
  options: BrowserContextOptions = {},
): Promise<BrowserContext> {
  return browser.newContext({ userAgent: shopperAgent(browser), ...options })
}

function shopperAgent(browser: Browser): string {
  const major = browser.version().split('.')[0] ?? '130'
  const engine = `AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${major}.0.0.0 Safari/537.36`
  return `Mozilla/5.0 (X11; Linux x86_64) ${engine}`
}
