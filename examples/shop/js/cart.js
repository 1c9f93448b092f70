import { productOf } from './catalogue.js'
import { readStored, writeStored } from './stored.js'

export const FREE_SHIPPING_FROM = 200_000
const SHIPPING = { standard: 12_900, express: 24_900 }
/** Share of the goods that a code takes off. */
const COUPONS = { HOLA10: 0.1 }
export const MOST_OF_ONE = 20

let held = readStored('cart', [])
let code = readStored('coupon', '')
const listeners = new Set()

/** Calls `listener` after every change of the cart, another tab's included. */
export const onCart = (listener) => listeners.add(listener)

const tell = () => listeners.forEach((listener) => listener())

/** One line a product and choice of grind: `{ key, product, grind, quantity }`. */
export function cartLines() {
  return held.flatMap(({ id, grind, quantity }) => {
    const product = productOf(id)
    return product === undefined ? [] : [{ key: `${id}:${grind ?? ''}`, product, grind, quantity }]
  })
}

export const cartCount = () => cartLines().reduce((sum, { quantity }) => sum + quantity, 0)

/** How many were added; at most so many fit. */
export function addToCart(product, quantity, grind) {
  const line = held.find((one) => one.id === product.id && one.grind === grind)
  const added = Math.min(quantity, MOST_OF_ONE - (line?.quantity ?? 0))
  if (added <= 0) return 0
  if (line === undefined) held.push({ id: product.id, grind, quantity: added })
  else line.quantity += added
  save()
  return added
}

/** By how much that changed the line; 0 pieces removes it. */
export function setQuantity(key, quantity) {
  const line = held.find(({ id, grind }) => `${id}:${grind ?? ''}` === key)
  if (line === undefined) return 0
  const before = line.quantity
  line.quantity = Math.min(MOST_OF_ONE, Math.max(0, quantity))
  held = held.filter((one) => one.quantity > 0)
  save()
  return line.quantity - before
}

export function emptyCart() {
  held = []
  code = ''
  save()
}

export const coupon = () => code

/** Whether there is such a code; an empty one takes the last away. */
export function applyCoupon(text) {
  const known = text.trim().toUpperCase()
  if (known !== '' && COUPONS[known] === undefined) return false
  code = known
  save()
  return true
}

/** Whole pesos. What is free, and from where on, counts the goods before the discount. */
export function totals(delivery = 'standard') {
  const goods = cartLines().reduce(
    (sum, { product, quantity }) => sum + product.price * quantity,
    0,
  )
  const discount = Math.round(goods * (COUPONS[code] ?? 0))
  const isFree = goods === 0 || (delivery === 'standard' && goods >= FREE_SHIPPING_FROM)
  const shipping = isFree ? 0 : SHIPPING[delivery]
  return { goods, discount, shipping, total: goods - discount + shipping }
}

function save() {
  writeStored('cart', held)
  writeStored('coupon', code)
  tell()
}

// Another tab has filled or emptied the same cart.
addEventListener('storage', ({ key }) => {
  if (key !== 'ceiba:cart' && key !== 'ceiba:coupon') return
  held = readStored('cart', [])
  code = readStored('coupon', '')
  tell()
})
