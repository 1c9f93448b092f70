import type { CanonicalProduct, Commerce } from '../commerce/commerce.ts'
import { PROFILE_LIMITS, type CartItem, type CartPart, type Money } from '../profile-shape.ts'
import { compareStamps, type CartStep, type DocumentDraft, type Stamp } from './document.ts'
import type { Draft } from './draft.ts'

/** Steps since the last whole cart. Beyond these the oldest are taken as done, and what comes later than late is lost. */
const MAX_STEPS = 50

type Step = Draft<CartStep>

/** Puts one event's step in its place in time and works the cart out anew. */
export function addCartStep(draft: DocumentDraft, { at, id }: Stamp, commerce: Commerce): boolean {
  const { cart: op, products, value } = commerce
  if (op === undefined) return false
  // What empties a cart tells what was bought, which is in it no longer.
  const items = op === 'empty' ? [] : products.slice(0, PROFILE_LIMITS.cartItems).map(itemOf)
  const isAsSent = op === 'whole' && value !== undefined
  return addSteps(draft, [{ at, id, op, items, ...(isAsSent && { value: { ...value } }) }])
}

export function mergeCart(into: DocumentDraft, steps: readonly CartStep[]): void {
  addSteps(into, structuredClone(steps) as Step[])
}

function addSteps(draft: DocumentDraft, steps: readonly Step[]): boolean {
  if (steps.length === 0) return false
  const all = [...draft.cartSteps, ...steps].toSorted(compareStamps)
  const start = all.findLastIndex(saysItAll)
  const kept = start > 0 ? all.slice(start) : all
  while (kept.length > MAX_STEPS) {
    const [first, second] = kept
    if (first === undefined || second === undefined) break
    const { items } = cartOf([first, second])
    kept.splice(0, 2, { at: second.at, id: second.id, op: 'whole', items })
  }
  draft.cartSteps = kept
  draft.cart = cartOf(kept)
  return true
}

function saysItAll({ op }: CartStep): boolean {
  return op === 'whole' || op === 'empty'
}

/** The cart that steps lead to. */
export function cartOf(steps: readonly Step[]): Draft<CartPart> {
  let items: Draft<CartItem>[] = []
  let value: Money | undefined
  let at = 0
  for (const step of steps) {
    at = step.at
    value = step.value
    if (saysItAll(step)) items = []
    if (step.op === 'empty') continue
    for (const item of step.items) {
      items = step.op === 'remove' ? without(items, item) : withItem(items, item)
    }
  }
  value ??= worthOf(items)
  return { at, items, ...(value !== undefined && { value: { ...value } }) }
}

function withItem(items: readonly Draft<CartItem>[], item: Draft<CartItem>): Draft<CartItem>[] {
  const known = items.find(({ productId }) => productId === item.productId)
  if (known === undefined) return [...items, item].slice(0, PROFILE_LIMITS.cartItems)
  const more = { ...known, ...item, quantity: known.quantity + item.quantity }
  return items.map((other) => (other === known ? more : other))
}

function without(items: readonly Draft<CartItem>[], item: Draft<CartItem>): Draft<CartItem>[] {
  return items.flatMap((known) => {
    if (known.productId !== item.productId) return [known]
    const quantity = known.quantity - item.quantity
    return quantity > 0 ? [{ ...known, quantity }] : []
  })
}

/** Known only where every item's price is, in one currency. */
function worthOf(items: readonly CartItem[]): Money | undefined {
  const currency = items[0]?.price?.currency
  if (currency === undefined) return undefined
  let amount = 0
  for (const { price, quantity } of items) {
    if (price?.currency !== currency) return undefined
    amount += price.amount * quantity
  }
  return { amount, currency }
}

function itemOf({ productId, quantity, ...facts }: CanonicalProduct): Draft<CartItem> {
  const { name, brand, price, categories, attributes, url, imageUrl } = facts
  return {
    productId,
    quantity,
    categories: [...categories],
    attributes: { ...attributes },
    ...(name !== undefined && { name }),
    ...(brand !== undefined && { brand }),
    ...(price !== undefined && { price: { ...price } }),
    ...(isKept(url) && { url }),
    ...(isKept(imageUrl) && { imageUrl }),
  }
}

/** An address cut short leads nowhere: one that is too long is left out. */
function isKept(url: string | undefined): url is string {
  return url !== undefined && url.length <= PROFILE_LIMITS.urlChars
}
