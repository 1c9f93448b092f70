import type { Known } from '#protocol/experiences.ts'
import { POPUP_LIMITS } from '#protocol/popup.ts'
import {
  PAGE_VIEWED,
  type CartItem,
  type CartPart,
  type ProfileDocument,
} from '../events/service.ts'
import type { Facts } from '../targeting/service.ts'

/** What pages may say of the visitor. `own` is this visitor's: anybody may put a thing into the cart of a customer. */
export function knownOf(
  { session }: Facts,
  own: Pick<ProfileDocument, 'cart'>,
  firstName: string | undefined,
): Known {
  const pages = session?.activity.events[PAGE_VIEWED]?.count ?? 0
  const { cart } = own
  return {
    pages,
    ...(firstName !== undefined && { firstName }),
    ...(cart !== undefined && { cart: cartOf(cart) }),
  }
}

function cartOf({ items, value: total }: CartPart): NonNullable<Known['cart']> {
  return {
    quantity: items.reduce((sum, { quantity }) => sum + quantity, 0),
    ...(total !== undefined && { total }),
    // What was added last is told first.
    items: items.slice(-POPUP_LIMITS.products).toReversed().map(itemOf),
  }
}

function itemOf({ productId: id, quantity, name, price, url, imageUrl }: CartItem) {
  return {
    id,
    quantity,
    ...(name !== undefined && { name }),
    ...(price !== undefined && { price }),
    ...(isAddress(url) && { url }),
    ...(isAddress(imageUrl) && { imageUrl }),
  }
}

/** Anybody may send events, and a link must not run anything. */
function isAddress(url: string | undefined): url is string {
  return url !== undefined && /^(https?:\/\/|\/(?!\/))/i.test(url)
}
