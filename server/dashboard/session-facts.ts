import type { DeviceClass } from '#protocol/names.ts'
import type { Commerce } from '../events/service.ts'
import type { Dimension } from './tables.ts'

/** The steps of the funnel as bits; what was done in a session is their sum. */
export const STEPS = { product: 1, cart: 2, checkout: 4, order: 8 } as const
export type Step = keyof typeof STEPS

/** What the events of a session tell: the same in whatever order and pieces they come, and however often. */
export interface SessionTold {
  readonly visitorId: number
  readonly beganAt: number
  readonly steps: number
  readonly cartAt: number | null
}

/** One row of `session_figures`. */
export interface SessionFact extends SessionTold {
  readonly sessionId: number
  readonly source: string
  readonly campaign: string | null
  readonly landing: string
  readonly device: DeviceClass | null
  readonly country: string | null
}

const STEP_NAMES: Readonly<Record<string, Step>> = {
  'Product Viewed': 'product',
  'Product Added': 'cart',
  'Wishlist Product Added to Cart': 'cart',
  'Checkout Started': 'checkout',
  'Checkout Step Viewed': 'checkout',
  'Checkout Step Completed': 'checkout',
  'Payment Info Entered': 'checkout',
  'Order Completed': 'order',
}

/** Events that count for more than their session, whose properties are read. */
export const NAMES_READ: readonly string[] = [
  ...Object.keys(STEP_NAMES),
  'Cart Updated',
  'Order Refunded',
  'Order Cancelled',
]

/** The step that an event is; a cart that came whole, with something in it, is one that something was put in. */
export function stepOf(name: string | null, commerce: Commerce | undefined): Step | undefined {
  if (name === 'Cart Updated') return commerce?.cart === 'whole' ? 'cart' : undefined
  return name === null ? undefined : STEP_NAMES[name]
}

export function joinTold(one: SessionTold | undefined, other: SessionTold): SessionTold {
  if (one === undefined) return other
  return {
    visitorId: other.visitorId,
    beganAt: Math.min(one.beganAt, other.beganAt),
    steps: one.steps | other.steps,
    cartAt: earliest(one.cartAt, other.cartAt),
  }
}

function earliest(one: number | null, other: number | null): number | null {
  if (one === null || other === null) return one ?? other
  return Math.min(one, other)
}

/** The names of a session by what it has in common with others; empty: unknown, or none. */
export function namesOf(
  fact: Pick<SessionFact, 'source' | 'campaign' | 'landing' | 'device' | 'country'>,
): Readonly<Record<Dimension, string>> {
  return {
    all: '',
    source: fact.source,
    campaign: fact.campaign ?? '',
    landing: fact.landing,
    device: fact.device ?? '',
    country: fact.country ?? '',
  }
}

/** What a session adds to sums, in the order of the funnel. */
export function countsOf({ steps }: Pick<SessionFact, 'steps'>): SessionCounts {
  const reaches = (...all: Step[]) => Number(all.every((step) => (steps & STEPS[step]) !== 0))
  return {
    sessions: 1,
    product: reaches('product'),
    cart: reaches('product', 'cart'),
    checkout: reaches('product', 'cart', 'checkout'),
    toOrder: reaches('product', 'cart', 'checkout', 'order'),
    ordered: reaches('order'),
  }
}

export interface SessionCounts {
  readonly sessions: number
  readonly product: number
  readonly cart: number
  readonly checkout: number
  readonly toOrder: number
  readonly ordered: number
}
