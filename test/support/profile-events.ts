import fc from 'fast-check'
import { INTERACTIONS } from '#server/events/profile-shape.ts'
import type { ProfileEvent } from '#server/events/profile/profile-event.ts'

const HOUR_MS = 3_600_000
const START = 1_700_000_000_000
const SESSIONS = 6

const scalar = fc.oneof(fc.string({ maxLength: 12 }), fc.integer(), fc.boolean())
const product = fc.record(
  {
    productId: fc.constantFrom('shoe', 'hat', 'sock', '__proto__'),
    quantity: fc.integer({ min: 1, max: 4 }),
    name: fc.constantFrom('Shoe', 'Hat'),
    brand: fc.constantFrom('Acme', 'Umbra'),
    price: fc.record({
      amount: fc.integer({ min: 0, max: 90_000 }),
      currency: fc.constantFrom('EUR', 'CLP'),
    }),
    categories: fc.subarray(['Shoes', 'Hats', 'Sale']),
    attributes: fc.dictionary(fc.constantFrom('colour', 'size', '__proto__'), scalar),
    url: fc.constantFrom('https://shop.example/shoe', 'https://shop.example/hat'),
    imageUrl: fc.constant('https://shop.example/shoe.jpg'),
  },
  { requiredKeys: ['productId', 'quantity', 'categories', 'attributes'] },
)
const money = fc.record({
  amount: fc.integer({ min: 0, max: 90_000 }),
  currency: fc.constantFrom('EUR', 'CLP'),
})
const order = fc.record(
  {
    orderId: fc.constantFrom('o1', 'o2', 'o3'),
    status: fc.constantFrom('completed', 'completed', 'refunded', 'cancelled', 'updated'),
    total: money,
  },
  { requiredKeys: ['orderId', 'status'] },
)
const commerce = fc.record(
  {
    interaction: fc.constantFrom(...INTERACTIONS),
    products: fc.array(product, { maxLength: 3 }),
    value: money,
    cart: fc.constantFrom('whole', 'add', 'remove', 'empty'),
    order,
  },
  { requiredKeys: ['products'] },
)

/** A visitor's life as the reducer sees it: a few sessions and names over two hundred days, each id once. */
export const profileEvents: fc.Arbitrary<readonly ProfileEvent[]> = fc
  .array(
    fc.record({
      hours: fc.integer({ min: 0, max: 24 * 200 }),
      session: fc.option(fc.integer({ min: 0, max: SESSIONS - 1 })),
      type: fc.constantFrom('page', 'track', 'track', 'identify'),
      name: fc.constantFrom('Product Viewed', 'Signed Up', '__proto__', 'Order Completed'),
      path: fc.constantFrom('/', '/shoes?q=1', '/cart#top'),
      pageType: fc.option(fc.constantFrom('home', 'cart')),
      properties: fc.option(fc.dictionary(fc.string({ maxLength: 5 }), scalar, { maxKeys: 30 })),
      commerce: fc.option(commerce),
      isVerified: fc.boolean(),
    }),
    { maxLength: 120 },
  )
  .map((drawn) => drawn.map(eventOf))

interface Drawn {
  readonly hours: number
  readonly session: number | null
  readonly type: string
  readonly name: string
  readonly path: string
  readonly pageType: string | null
  readonly properties: Record<string, unknown> | null
  readonly commerce: unknown
  readonly isVerified: boolean
}

/** The casts hold by what is drawn above. */
function eventOf(drawn: Drawn, i: number): ProfileEvent {
  const at = START + drawn.hours * HOUR_MS
  return {
    id: `e${String(i).padStart(4, '0')}`,
    at,
    type: drawn.type as ProfileEvent['type'],
    name: drawn.type === 'track' ? drawn.name : null,
    url: `https://shop.example${drawn.path}`,
    pageType: drawn.pageType as ProfileEvent['pageType'],
    properties: drawn.properties,
    isVerified: drawn.isVerified,
    ...(drawn.commerce !== null && { commerce: drawn.commerce as ProfileEvent['commerce'] }),
    ...(drawn.session !== null && { session: sessionOf(drawn.session) }),
  } as ProfileEvent
}

function sessionOf(i: number) {
  const startedAt = START + i * 30 * 24 * HOUR_MS
  const touch = { at: startedAt, source: `s${i}`, medium: i === 2 ? 'none' : 'cpc', landing: '/' }
  const device = { class: i % 2 === 0 ? ('phone' as const) : ('desktop' as const) }
  return { id: `s${i}`, startedAt, touch, device }
}
