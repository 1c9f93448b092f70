import type { Browser } from './browser.ts'
import { addressOf, textOf, withoutAnchor } from './context.ts'
import type { Lifecycle } from './lifecycle.ts'
import { attempt, type Log } from './log.ts'

/**
 * Tells the first page view at once, then one for each new route, with where the visitor came from.
 * `hasQueryRoutes`: a change of the query string is a navigation.
 */
export function watchNavigation(
  { window, after }: Browser,
  { guard }: Log,
  { listen, patch }: Lifecycle,
  hasQueryRoutes: boolean,
  onView: (referrer: string) => void,
): void {
  let address = addressOf(window)
  let referrer = textOf(() => window.document.referrer)

  /** What makes two addresses the same page: origin, path and a fragment that is a route. */
  function routeOf(url: string): string {
    const routes = withoutAnchor(url)
    return hasQueryRoutes ? routes : routes.replace(/\?[^#]*/g, '')
  }

  const settle = guard(() => {
    const now = addressOf(window)
    if (routeOf(now) === routeOf(address)) return
    referrer = address
    address = now
    onView(referrer)
  })

  /** In a task of its own: by then the page has its title, and several pushes have become one. */
  const look = () => after(0, settle)

  const api = attempt(() => window.navigation)
  if (api instanceof window.EventTarget) {
    listen(api, 'currententrychange', look)
    // Back and forward (`traverse`, the only one with a t), told before the address changes.
    listen(api, 'navigate', ({ navigationType }) => navigationType.startsWith('t') && settle())
  } else {
    for (const name of ['pushState', 'replaceState']) patch(window.history, name, look)
    listen(window, 'popstate hashchange', look)
  }
  // On a busy page all this comes before the timer, and the view before it has its title by then.
  listen(window, 'click visibilitychange pagehide', settle)
  // Back from the back/forward cache.
  listen(window, 'pageshow', ({ persisted }) => persisted && onView(referrer))

  onView(referrer)
}
