import { takeBrowser } from './browser.ts'
import { install } from './install.ts'
import { notDone } from './outcome.ts'
import type {
  Cart,
  Checkout,
  Gp,
  Order,
  Outcome,
  Product,
  ProductList,
  Promotion,
  StandardEvents,
} from './types.ts'

export type * from './types.ts'

/**
 * The page's tag, started by `gp.init({ shop, host })`; the one of a script element where the page has it already. On a
 * server, without a window, every command resolves with the reason `no_window` and does nothing.
 */
export const gp: Gp =
  typeof window === 'undefined'
    ? serverSide()
    : // The commands that `Gp` types are those that the tag makes by name; test/sdk holds the two together.
      (install(takeBrowser(window), undefined) as unknown as Gp)

export function productViewed(product: Product): Promise<Outcome> {
  return send('Product Viewed', product)
}

export function productClicked(product: Product): Promise<Outcome> {
  return send('Product Clicked', product)
}

export function productListViewed(list: ProductList): Promise<Outcome> {
  return send('Product List Viewed', list)
}

export function productsSearched(query: string): Promise<Outcome> {
  return send('Products Searched', { query })
}

export function productAdded(product: Product & { cart_id?: string }): Promise<Outcome> {
  return send('Product Added', product)
}

export function productRemoved(product: Product & { cart_id?: string }): Promise<Outcome> {
  return send('Product Removed', product)
}

export function cartViewed(cart: Cart): Promise<Outcome> {
  return send('Cart Viewed', cart)
}

export function checkoutStarted(checkout: Checkout): Promise<Outcome> {
  return send('Checkout Started', checkout)
}

export function paymentInfoEntered(checkout: Checkout): Promise<Outcome> {
  return send('Payment Info Entered', checkout)
}

export function orderCompleted(order: Order): Promise<Outcome> {
  return send('Order Completed', order)
}

export function orderRefunded(order: Order): Promise<Outcome> {
  return send('Order Refunded', order)
}

export function promotionViewed(promotion: Promotion): Promise<Outcome> {
  return send('Promotion Viewed', promotion)
}

function send<N extends keyof StandardEvents>(
  name: N,
  properties: StandardEvents[N],
): Promise<Outcome> {
  return gp.track(name, properties)
}

function serverSide(): Gp {
  const nothing = () => Promise.resolve(notDone('no_window'))
  const answer = (_: object, name: string | symbol) =>
    // An object with a `then` would be taken for a promise.
    name === 'version' ? __GP_VERSION__ : name === 'then' ? undefined : nothing
  return new Proxy(nothing, { get: answer }) as unknown as Gp
}
