import type { WireEvent } from '#protocol/events.ts'

type Said = Partial<WireEvent>

export interface RandomEvents {
  readonly any: () => Said
  /** Something about an order. */
  readonly order: () => Said
  readonly page: () => WireEvent['page']
  readonly uuid: () => string
}

const PATHS = ['/', '/shoes', '/shoes?size=40', '/cart', '/thanks#top', '/search?q=hat'] as const
const CAMPAIGNS = [
  '',
  '',
  '?utm_source=mail&utm_medium=email&utm_campaign=red',
  '?gclid=x1',
] as const
const PRODUCTS = ['shoe', 'hat', 'sock', 'belt', 'scarf'] as const
const CURRENCIES = ['EUR', 'CLP', undefined] as const
const NAMES = ['Signed Up', 'Video Played', 'toString', 'Ωmega'] as const

/** What a shop's pages and its server tell: page views, Segment's and GA4's commerce, events of its own. */
export function createRandomEvents(random: () => number): RandomEvents {
  const int = (below: number) => Math.floor(random() * below)
  const one = <T>(choices: readonly T[]): T => {
    const [first] = choices
    return choices[int(choices.length)] ?? (first as T)
  }
  const isDrawn = (chance: number) => random() < chance
  const price = () => int(9_000) / 100

  function product() {
    return {
      product_id: one(PRODUCTS),
      quantity: 1 + int(3),
      ...(isDrawn(0.8) && { price: price() }),
      ...(isDrawn(0.5) && { name: one(['Shoe', 'Hat']), brand: one(['Acme', 'Umbra']) }),
      ...(isDrawn(0.5) && { category: one(['Shoes', 'Sale']), colour: one(['red', 'blue']) }),
    }
  }

  function item() {
    const { product_id, quantity, ...rest } = product()
    return { item_id: product_id, quantity, item_category2: 'Deep', size: int(50), ...rest }
  }

  const some = <T>(make: () => T) => Array.from({ length: 1 + int(3) }, make)

  function currency() {
    const code = one(CURRENCIES)
    return code === undefined ? {} : { currency: code }
  }

  function order(): Said {
    const order_id = `A-${int(40)}`
    const name = one(['Order Completed', 'Order Completed', 'Order Refunded', 'Order Cancelled'])
    if (isDrawn(0.3)) {
      const value = price()
      const properties = {
        transaction_id: order_id,
        value,
        tax: 1,
        items: some(item),
        ...currency(),
      }
      return { name: one(['purchase', 'purchase', 'refund']), properties }
    }
    const isWhole = isDrawn(0.8)
    const properties = {
      order_id,
      ...((name === 'Order Completed' || isDrawn(0.3)) && { total: price() + 1 }),
      ...(isWhole && { products: some(product) }),
      ...currency(),
    }
    return { name, properties }
  }

  function commerce(): Said {
    if (isDrawn(0.3)) {
      const name = one(['view_item', 'add_to_cart', 'remove_from_cart', 'view_cart'])
      return { name, properties: { value: price(), items: some(item), ...currency() } }
    }
    if (isDrawn(0.3)) {
      const name = one(['Cart Viewed', 'Checkout Started'])
      return { name, properties: { products: some(product), ...currency() } }
    }
    const name = one(['Product Viewed', 'Product Added', 'Product Removed', 'Product Clicked'])
    return { name, properties: { ...product(), ...currency() } }
  }

  /** Of more properties than a profile keeps, and in all shapes. */
  function own(): Said {
    const many = Array.from({ length: int(30) }, (_, i) => [`key ${(i * 7) % 30}`, int(1_000) / 7])
    const properties = {
      ...Object.fromEntries(many),
      nested: { a: [1, null] },
      text: 'x'.repeat(300),
    }
    return { name: one(NAMES), properties }
  }

  function page(): WireEvent['page'] {
    const url = `https://shop.example${one(PATHS).replace('?', isDrawn(0.5) ? '?' : '?a=1&')}`
    const type = one([undefined, 'home', 'product', 'cart'] as const)
    return {
      url: isDrawn(0.3) ? `https://shop.example/${one(CAMPAIGNS)}` : url,
      referrer: one(['', 'https://www.google.com/', 'https://blog.example/']),
      title: 'Shop',
      ...(type !== undefined && { type }),
    }
  }

  return {
    any() {
      const draw = random()
      if (draw < 0.3) return { type: 'page' }
      if (draw < 0.75) return commerce()
      return draw < 0.85 ? order() : own()
    },
    order,
    page,
    uuid: () => 'xxxxxxxx-xxxx-7xxx-8xxx-xxxxxxxxxxxx'.replaceAll('x', () => int(16).toString(16)),
  }
}
