import type { Browser } from './browser.ts'
import { addressOf, textOf, withoutAnchor } from './context.ts'
import type { Lifecycle } from './lifecycle.ts'
import { attempt, type Log } from './log.ts'

export interface Navigation {
  /** The page view that waits for its title goes now: the page is leaving. */
  settle: () => void
  /** The page came back from the back/forward cache. */
  restored: () => void
}

/**
 * Tells the first page view at once, then one for each new route, with where the visitor came from.
 * `hasQueryRoutes`: a change of the query string is a navigation.
 */
export function watchNavigation(
  { window, after }: Browser,
  { guard }: Log,
  { listen, patch, onEnd }: Lifecycle,
  hasQueryRoutes: boolean,
  onView: (referrer: string) => void,
): Navigation {
  let address = addressOf(window)
  let referrer = textOf(() => window.document.referrer)
  let cancel: (() => void) | undefined

  /** What makes two addresses the same page: origin, path and a fragment that is a route. */
  function routeOf(url: string): string {
    const routes = withoutAnchor(url)
    return hasQueryRoutes ? routes : routes.replace(/\?[^#]*/g, '')
  }

  const settle = guard(() => {
    cancel?.()
    cancel = undefined
    const now = addressOf(window)
    if (routeOf(now) === routeOf(address)) return
    referrer = address
    address = now
    onView(referrer)
  })

  /** In a task of its own: by then the page has its title, and several pushes have become one. */
  const look = () => {
    cancel ??= after(0, settle)
  }

  const api = attempt(() => window.navigation)
  if (api instanceof window.EventTarget) {
    listen(api, 'currententrychange', look)
  } else {
    for (const name of ['pushState', 'replaceState']) patch(window.history, name, look)
    listen(window, 'popstate hashchange', look)
  }
  onEnd(() => cancel?.())

  onView(referrer)
  return { settle, restored: () => onView(referrer) }
}
