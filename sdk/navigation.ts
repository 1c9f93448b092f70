import type { Browser } from './browser.ts'
import { addressOf } from './context.ts'
import type { Lifecycle } from './lifecycle.ts'
import { attempt, type Log } from './log.ts'

export interface Navigation {
  /** The page view that waits for its title goes now: the page is leaving. */
  settle: () => void
  /** The page came back from the back/forward cache. */
  restored: () => void
}

interface NavigationWants {
  /** Whether a change of the query string is a navigation. */
  readonly hasQueryRoutes: boolean
  /** A route is seen; `referrer` is where the visitor came from. */
  readonly onView: (referrer: string) => void
}

/** Tells the first page view at once, then one for each new route. */
export function watchNavigation(
  browser: Browser,
  log: Log,
  lifecycle: Lifecycle,
  { hasQueryRoutes, onView }: NavigationWants,
): Navigation {
  const { window, document } = browser
  let address = addressOf(window)
  let referrer = attempt(() => `${document.referrer}`, '')
  let cancel: (() => void) | undefined

  const settle = log.guard(() => {
    cancel?.()
    cancel = undefined
    const now = addressOf(window)
    if (routeOf(now, hasQueryRoutes) === routeOf(address, hasQueryRoutes)) return
    referrer = address
    address = now
    onView(referrer)
  })

  /** In a task of its own: by then the page has its title, and several pushes have become one. */
  const look = () => {
    cancel ??= browser.after(0, settle)
  }

  const api: unknown = attempt(() => Reflect.get(window, 'navigation'))
  if (api instanceof window.EventTarget) {
    lifecycle.listen(api, 'currententrychange', look)
  } else {
    for (const name of ['pushState', 'replaceState']) lifecycle.patch(window.history, name, look)
    lifecycle.listen(window, 'popstate hashchange', look)
  }
  lifecycle.onEnd(() => cancel?.())

  onView(referrer)
  return { settle, restored: () => onView(referrer) }
}

/** What makes two addresses the same page: origin, path and a fragment that is a route. */
function routeOf(address: string, hasQueryRoutes: boolean): string {
  const routes = address.replace(/#(?![/!]).*/s, '')
  return hasQueryRoutes ? routes : routes.replace(/\?[^#]*/g, '')
}
