import { randomBytes, randomUUID } from 'node:crypto'
import type { Batch, WireEvent } from '#protocol/events.ts'

export const CATEGORIES = ['shoes', 'hats', 'bags', 'socks', 'coats', 'belts', 'gloves', 'rings']
export const BRANDS = ['Acme', 'Umbra', 'Corvo', 'Lumen', 'Nadir', 'Orbis']
const PRODUCTS = 2_000
/** Every so manieth visitor is a customer. */
const CUSTOMER_EACH = 10

/** A visitor as the tag knows itself; number `n` of the shop's. */
export interface Shopper {
  readonly n: number
  readonly id: string
  readonly token: string
}

export function newShopper(n: number): Shopper {
  return {
    n,
    id: randomBytes(16).toString('base64url'),
    token: randomBytes(32).toString('base64url'),
  }
}

/** One visit of one visitor. */
export interface Visit {
  readonly shopper: Shopper
  readonly session: { readonly id: string; readonly startedAt: number }
}

export function newVisit(shopper: Shopper, startedAt: number): Visit {
  return { shopper, session: { id: randomUUID(), startedAt } }
}

/** So many events; a customer signs in with the first of a visit. */
export function batchIn(
  key: string,
  { shopper: { n, id, token }, session }: Visit,
  { now, size }: { readonly now: number; readonly size: number },
): Batch {
  const events = Array.from({ length: size }, (_, i) => someEvent(now - (size - i) * 10))
  if (n % CUSTOMER_EACH === 0 && now === session.startedAt) events.push(identify(n, now))
  return {
    key,
    sentAt: now,
    visitor: { id, token },
    session,
    consent: { statistics: true, personalisation: true, marketing: n % 3 === 0 },
    context: {
      locale: 'es-ES',
      timeZone: 'Europe/Madrid',
      screen: [1920, 1080],
      viewport: [1280, 720],
      device: n % 2 === 0 ? 'phone' : 'desktop',
      tagVersion: '0.1.0',
    },
    events,
  }
}

function someEvent(at: number): WireEvent {
  const n = Math.floor(Math.random() ** 2 * PRODUCTS)
  const category = CATEGORIES[n % CATEGORIES.length] ?? ''
  const product = {
    product_id: `SKU-${n}`,
    name: `Product ${n}`,
    category,
    brand: BRANDS[n % BRANDS.length],
    price: 10 + (n % 90),
    currency: 'EUR',
    quantity: 1,
  }
  const event = (name: string, properties: Record<string, unknown>, path: string): WireEvent => ({
    id: randomUUID(),
    type: 'track',
    name,
    properties,
    at,
    ageMs: 0,
    seq: 1,
    page: { url: `https://shop.example${path}`, referrer: '', title: '', type: 'other' },
  })
  const dice = Math.random()
  if (dice < 0.4) {
    const { name: _, properties: __, ...page } = event('', {}, `/${category}/${n % 40}`)
    return { ...page, type: 'page' }
  }
  if (dice < 0.75) return event('Product Viewed', product, `/${category}/${n}`)
  if (dice < 0.87) return event('Product Added', product, `/${category}/${n}`)
  if (dice < 0.95) return event('Quiz Answered', { answer: n % 5, quiz: 'size' }, '/quiz')
  const order = {
    order_id: randomUUID(),
    total: product.price,
    currency: 'EUR',
    products: [product],
  }
  return event('Order Completed', order, '/thanks')
}

function identify(n: number, at: number): WireEvent {
  return {
    id: randomUUID(),
    type: 'identify',
    userId: `user-${n}`,
    traits: { email: `person${n}@shop.example`, tier: n % 20 === 0 ? 'gold' : 'silver' },
    at,
    ageMs: 0,
    seq: 2,
    page: { url: 'https://shop.example/account', referrer: '', title: '', type: 'other' },
  }
}
