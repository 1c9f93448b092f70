import { randomBytes } from 'node:crypto'
import type { Database, SqliteConnection } from '#server/db/database.ts'
import { createRandom } from '../../support/fuzzed-bodies.ts'

export interface HistorySize {
  readonly events: number
  readonly visitors: number
  readonly days: number
  /** The end of it. */
  readonly now: number
}

const DAY_MS = 86_400_000
const EVENTS_A_SESSION = 10
const PRODUCTS = 800
const SOURCES = [
  { source: 'google', medium: 'organic' },
  { source: 'direct', medium: 'none' },
  { source: 'google', medium: 'cpc', campaign: 'brand' },
  { source: 'instagram', medium: 'social' },
  { source: 'newsletter', medium: 'email', campaign: 'weekly' },
  { source: 'facebook', medium: 'social', campaign: 'autumn' },
  { source: 'bing', medium: 'organic' },
  ...Array.from({ length: 60 }, (_, i) => ({ source: `site-${i}.example`, medium: 'referral' })),
]
const COUNTRIES = ['ES', 'AR', 'CO', 'MX', 'US', 'DE', 'FR', 'CL', 'PE', 'UY']
const DEVICES = ['phone', 'desktop', 'phone', 'tablet']
/** Sessions a transaction. */
const CHUNK = 2_000

/**
 * A shop's past, written as rows: a session in two sees a product, one in ten puts something in the cart, one in thirty
 * orders. Ids of events and profiles are left out, which no figure reads. SQLite only.
 */
export async function fillHistory(
  { raw }: Database,
  shopId: number,
  { events, visitors, days, now }: HistorySize,
): Promise<void> {
  if (raw.dialect !== 'sqlite') throw new Error('The history is written into SQLite')
  const random = createRandom(11)
  const sessions = Math.ceil(events / EVENTS_A_SESSION)
  await raw.exclusive((connection) => {
    connection.exec('BEGIN')
    const visitor = connection.prepare(
      `INSERT INTO visitors (shop_id, public_id, first_seen_at, last_seen_at) VALUES (?, ?, ?, ?)`,
    )
    for (let i = 0; i < visitors; i += 1) visitor.run(shopId, randomBytes(16), now, now)
    connection.exec('COMMIT')
  })
  for (let from = 0; from < sessions; from += CHUNK) {
    await raw.exclusive((connection) => {
      connection.exec('BEGIN')
      const write = sessionWriter(connection, shopId, random)
      for (let i = from; i < Math.min(sessions, from + CHUNK); i += 1) {
        // In the order in which they came, a little mixed, as requests are.
        const beganAt = now - days * DAY_MS + Math.floor((i / sessions) * days * DAY_MS)
        write(
          1 + Math.floor(random() ** 1.3 * visitors),
          i,
          beganAt - Math.floor(random() * 60_000),
        )
      }
      connection.exec('COMMIT')
    })
  }
}

function sessionWriter(connection: SqliteConnection, shopId: number, random: () => number) {
  const session = connection.prepare(
    `INSERT INTO sessions (shop_id, visitor_id, public_id, started_at, last_seen_at, clock_offset,
       touch, device, place) VALUES (?, ?, ?, ?, ?, 0, ?, ?, ?)`,
  )
  const event = connection.prepare(
    `INSERT INTO events (shop_id, id, visitor_id, session_id, type, name, at, received_at,
       client_seq, url, properties, verified) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)`,
  )
  const order = connection.prepare(
    `INSERT INTO orders (shop_id, order_id, visitor_id, total, currency, lines, status,
       status_times, source, is_verified, at, event_id)
     VALUES (?, ?, ?, ?, 'EUR', ?, ?, '{}', 'event', 0, ?, ?)`,
  )
  const pick = <T>(choices: readonly T[]) => choices[Math.floor(random() ** 2 * choices.length)]

  return (visitorId: number, n: number, beganAt: number) => {
    const landing = `/p/${Math.floor(random() ** 2 * 300)}`
    const touch = { ...pick(SOURCES), at: beganAt, landing }
    const { lastInsertRowid } = session.run(
      shopId,
      visitorId,
      randomBytes(16),
      beganAt,
      beganAt + 300_000,
      JSON.stringify(touch),
      pick(DEVICES),
      JSON.stringify({ country: pick(COUNTRIES) }),
    )
    const depth = random()
    const names = namesOf(depth)
    for (const [i, name] of names.entries()) {
      const at = beganAt + i * 20_000
      const product = Math.floor(random() ** 2 * PRODUCTS)
      const price = 10 + (product % 90)
      const orderId = `O-${n}`
      const id = randomBytes(16)
      event.run(
        shopId,
        id,
        visitorId,
        lastInsertRowid,
        name === null ? 'page' : 'track',
        name,
        at,
        at + 500,
        i,
        `https://shop.example${landing}`,
        name === null ? null : JSON.stringify(propertiesOf(name, { product, price, orderId })),
      )
      if (name !== 'Order Completed') continue
      const line = {
        productId: `SKU-${product}`,
        quantity: 1,
        price: { amount: price * 100, currency: 'EUR' },
      }
      const status = random() < 0.05 ? 'cancelled' : 'new'
      order.run(shopId, orderId, visitorId, price * 100, JSON.stringify([line]), status, at, id)
    }
  }
}

function namesOf(depth: number): (string | null)[] {
  const steps = [
    ...(depth < 0.5 ? ['Product Viewed', 'Product Viewed'] : []),
    ...(depth < 0.1 ? ['Product Added'] : []),
    ...(depth < 0.05 ? ['Checkout Started'] : []),
    ...(depth < 0.033 ? ['Order Completed'] : []),
  ]
  const pages = Array.from({ length: EVENTS_A_SESSION - steps.length }, () => null)
  return [...pages.slice(0, 2), ...steps, ...pages.slice(2)]
}

function propertiesOf(
  name: string,
  { product, price, orderId }: { product: number; price: number; orderId: string },
) {
  const one = {
    product_id: `SKU-${product}`,
    name: `Product ${product}`,
    category: `category-${product % 12}`,
    price,
    currency: 'EUR',
    quantity: 1,
  }
  if (name === 'Checkout Started') return { products: [one] }
  if (name !== 'Order Completed') return one
  return { order_id: orderId, total: price, currency: 'EUR', products: [one] }
}
