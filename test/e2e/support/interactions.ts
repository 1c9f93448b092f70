/**
 * Plays `count` sequences of what shops and shoppers do, none of which is a consent. Runs on the page, so it must not
 * refer to anything outside of itself; the same seed plays the same.
 */
export async function playInteractions({
  seed,
  count,
}: {
  seed: number
  count: number
}): Promise<void> {
  const moves: readonly (() => void)[] = [
    () => gp('track', 'Product Viewed', { product_id: 'p-1', price: 12.5 }),
    () => gp('track', 'Anything'),
    () => gp('page', 'Named'),
    () => gp('identify', 'customer-42', { email: 'ana@example.com', plan: 'gold' }),
    () => gp('alias', 'customer-43', 'customer-42'),
    () => gp('group', 'customers-of-44'),
    () => gp('cart', { items: [] }),
    () => gp('reset'),
    () => gp('consent', { statistics: false, personalisation: false, marketing: false }),
    () => gp('on', 'page:viewed', () => undefined),
    () => gp('ready', () => undefined),
    () => gp('get', 'banner'),
    () => gp('openChat'),
    () => gp('nonsense', 1, 2),
    () => gp('track'),
    () => history.pushState({}, '', `${location.pathname}?step=${random()}`),
    () => history.pushState({}, '', `/route/${Math.floor(random() * 9)}`),
    () => void (location.hash = `#/route-${Math.floor(random() * 9)}`),
    () => void dataLayer().push({ event: 'view_item', ecommerce: { items: [{ item_id: 'p-1' }] } }),
    () => gtag('event', 'add_to_cart', { items: [{ item_id: 'p-1' }] }),
    () => gtag('consent', 'update', { analytics_storage: 'denied', ad_storage: 'denied' }),
    () => document.getElementById('tracked')?.click(),
    () => document.getElementById('submit')?.click(),
    () => void document.dispatchEvent(new Event('visibilitychange')),
    () => void dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true })),
    () => void dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })),
    () => void dispatchEvent(new StorageEvent('storage', { key: 'gp:id', newValue: '{}' })),
    () => void dispatchEvent(new Event('online')),
    () => void dispatchEvent(new Event('focus')),
  ]
  let state = seed
  for (let sequence = 0; sequence < count; sequence += 1) {
    const steps = 2 + Math.floor(random() * 8)
    for (let step = 0; step < steps; step += 1) {
      moves[Math.floor(random() * moves.length)]?.()
      if (random() < 0.3) await new Promise((resolve) => setTimeout(resolve))
    }
  }

  function random(): number {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 4_294_967_296
  }

  function gp(...given: unknown[]): void {
    call('gp', given)
  }

  /** The page's own, which pushes its Arguments object. */
  function gtag(...given: unknown[]): void {
    call('gtag', given)
  }

  function call(name: string, given: unknown[]): void {
    const called: unknown = Reflect.get(window, name)
    if (typeof called === 'function') Reflect.apply(called, undefined, given)
  }

  function dataLayer(): unknown[] {
    const layer: unknown = Reflect.get(window, 'dataLayer') ?? []
    if (!Array.isArray(layer)) return []
    Reflect.set(window, 'dataLayer', layer)
    return layer
  }
}
