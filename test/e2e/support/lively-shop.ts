import type { WireEvent } from '#protocol/events.ts'
import { EVENTS_PATH } from '#protocol/names.ts'
import { createRandom } from '../../support/fuzzed-bodies.ts'
import { BROWSER, batchOf, eventOf, newVisitor } from '../../support/ingestion.ts'
import type { TestServer } from '../../support/server.ts'

interface LivelyShop {
  /** How many visitors come, over so many days until now. */
  readonly visitors: number
  readonly days: number
}

const DAY_MS = 86_400_000
const PRODUCTS = ['Chemex, six cups', 'Kettle', 'Filter papers', 'Blue cup', 'Hand mill', 'Scale']
const SOURCES: readonly (readonly [query: string, referrer: string])[] = [
  ['', ''],
  ['', 'https://www.google.com/'],
  ['', 'https://www.google.com/'],
  ['?utm_source=newsletter&utm_medium=email&utm_campaign=first-frost', ''],
  ['', 'https://www.instagram.com/'],
  ['?gclid=abc', ''],
  ['', 'https://blog.example/coffee'],
]
const AT_ONCE = 8

/** Visits as a small shop has them: many look, some choose, few buy. Sent as pages send them. */
export async function fillLively(
  server: TestServer,
  { visitors, days }: LivelyShop,
): Promise<void> {
  const random = createRandom(7)
  const one = <T>(choices: readonly T[]): T | undefined =>
    choices[Math.floor(random() ** 1.6 * choices.length)]
  const visits = Array.from({ length: visitors }, (_, i) => {
    const began = Date.now() - 60_000 - Math.floor(random() * days * DAY_MS)
    const [query = '', referrer = ''] = one(SOURCES) ?? []
    const n = Math.floor(random() ** 1.6 * PRODUCTS.length)
    const product = {
      product_id: `SKU-${n}`,
      name: PRODUCTS[n],
      price: 9 + n * 13,
      quantity: 1,
      currency: 'EUR',
    }
    const depth = random()
    const landing = `https://shop.example${one(['/', '/shop', '/offers', '/journal']) ?? '/'}${query}`
    const steps: Partial<WireEvent>[] = [
      { type: 'page', name: 'Page', page: { url: landing, referrer, title: 'Shop' } },
      ...(depth < 0.62 ? [{ name: 'Product Viewed', properties: product }] : []),
      ...(depth < 0.24 ? [{ name: 'Product Added', properties: product }] : []),
      ...(depth < 0.13 ? [{ name: 'Checkout Started', properties: { products: [product] } }] : []),
      ...(depth < 0.08
        ? [
            {
              name: 'Order Completed',
              properties: {
                order_id: `W-${i}`,
                total: product.price,
                currency: 'EUR',
                products: [product],
              },
            },
          ]
        : []),
    ]
    return { began, steps, device: one(['phone', 'desktop', 'tablet'] as const) }
  })
  const left = [...visits]
  const send = async () => {
    for (let next = left.pop(); next !== undefined; next = left.pop()) {
      await sendVisit(server, next)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, send))
}

interface Visit {
  readonly began: number
  readonly steps: readonly Partial<WireEvent>[]
  readonly device: 'phone' | 'desktop' | 'tablet' | undefined
}

/** One visitor's, with the time between two steps that people take. */
export async function sendVisit(
  { url, key }: Pick<TestServer, 'url' | 'key'>,
  { began, steps, device }: Visit,
): Promise<void> {
  const sentAt = Date.now()
  const events = steps.map((step, i) => {
    const at = Math.min(sentAt, began + i * 20_000)
    return eventOf({ ...step, at, ageMs: sentAt - at })
  })
  const batch = batchOf(events, {
    key,
    sentAt,
    visitor: newVisitor(),
    session: { id: crypto.randomUUID(), startedAt: began },
    context: { ...(device !== undefined && { device }), locale: 'en-GB' },
  })
  const reply = await fetch(url + EVENTS_PATH, {
    method: 'POST',
    headers: { 'content-type': 'text/plain', 'user-agent': BROWSER },
    body: JSON.stringify(batch),
  })
  if (reply.status !== 200) throw new Error(await reply.text())
}
