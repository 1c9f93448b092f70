import { chromium } from 'playwright-core'
import type { Browser, BrowserContext, BrowserContextOptions, LaunchOptions } from 'playwright-core'

/** As a shopper's: with "Headless" in it, the server would count what is sent as a bot's. */
const USER_AGENT =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36'

/** Of several lists Chromium takes the last, so Playwright's own (1.65, chromiumSwitches.ts) is said again before ours. */
const WITHOUT = [
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsUpgrades',
  'HttpsFirstBalancedModeAutoEnable',
  'LensOverlay',
  'MediaRouter',
  'PaintHolding',
  'ThirdPartyStoragePartitioning',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'TcpPortRandomizationWin',
  'OptimizationHints',
  'NetworkTimeServiceQuerying',
  'AimEnabled',
  'PreconnectToSearch',
  // The address bar's suggestions: one more process, started for every context, where nobody ever types an address.
  'WebUIOmniboxPopup',
  'WebUIOmniboxAimPopup',
  'WebUIOmniboxFullPopup',
]

/** Without the flags on networking, Chromium calls out by itself; root has no sandbox. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  `--disable-features=${WITHOUT.join()}`,
  // For the whole browser: what a context says of itself is forgotten in requests that outlive their page.
  `--user-agent=${USER_AGENT}`,
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

/** A context as a shopper has it, with nothing in common with other contexts. */
export function newShopper(
  browser: Browser,
  options: BrowserContextOptions = {},
): Promise<BrowserContext> {
  return browser.newContext(options)
}
