import type { Page } from 'playwright-core'

/** Waits until the tag (not a stub) has taken its place on the page. */
export async function tagReady(page: Page): Promise<void> {
  await page.waitForFunction(
    () => {
      const gp: unknown = Reflect.get(window, 'gp')
      return typeof gp === 'function' && !Reflect.has(gp, 'q')
    },
    undefined,
    { polling: 10 },
  )
}

/**
 * Calls `gp(name, …)` on the page and returns what it settled with. Then reports the network as back, which makes the
 * tag send at once: else every call would take the three seconds for which events are gathered.
 */
export function command(page: Page, name: string, ...args: readonly unknown[]): Promise<unknown> {
  return page.evaluate(
    ([called, given]) => {
      const gp: unknown = Reflect.get(window, 'gp')
      if (typeof gp !== 'function') throw new Error('No gp on the page')
      const outcome: unknown = gp(called, ...given)
      dispatchEvent(new Event('online'))
      return outcome
    },
    [name, args] as const,
  )
}

/** Calls `gp(name, …)` as the page would, and does not wait for the outcome. */
export async function callOnly(
  page: Page,
  name: string,
  ...args: readonly unknown[]
): Promise<void> {
  await page.evaluate(
    ([called, given]) => {
      const gp: unknown = Reflect.get(window, 'gp')
      if (typeof gp !== 'function') throw new Error('No gp on the page')
      gp(called, ...given)
    },
    [name, args] as const,
  )
}
