import type { Facts } from '#server/targeting/facts.ts'
import { pick } from '../../e2e/support/random.ts'
import { factsOf } from '../../support/facts-of.ts'
import { HistorySchema, type History } from '../../support/history.ts'
import { CHOICES, type Attributes } from './experience-catalogue.ts'

const NOW = Date.parse('2026-11-22T12:00:00Z')
const DAY_MS = 86_400_000

export interface Visitor {
  readonly facts: Facts
  readonly attributes: Attributes
}

/** Somebody who has been here before: some 20 products, 12 pages and 40 events. */
export function someVisitor(random: () => number): Visitor {
  const history = someHistory(random)
  return { facts: factsOf(history), attributes: attributesOf(history) }
}

function someHistory(random: () => number): History {
  const int = (below: number) => Math.floor(random() * below)
  const some = <T>(make: () => T, most: number) => Array.from({ length: int(most + 1) }, make)
  const ago = () => NOW - int(60 * DAY_MS)
  const product = () => `P-${int(20)}`
  return HistorySchema.parse({
    now: NOW,
    page: { url: `https://shop.example${pick(random, CHOICES.path)}?ref=x` },
    session: {
      startedAt: NOW - int(1_800_000),
      touch: { source: pick(random, CHOICES.source), medium: 'x' },
    },
    visits: some(ago, 8),
    pages: some(() => ({ path: `/p/${int(12)}`, at: ago(), inSession: random() < 0.3 }), 24),
    events: some(
      () => ({ name: pick(random, ['Quiz Completed', 'Video Played', 'Search']), at: ago() }),
      40,
    ),
    items: some(
      () => ({ product: product(), did: pick(random, ['viewed', 'viewed', 'added']), at: ago() }),
      60,
    ),
    products: Object.fromEntries(
      Array.from({ length: 20 }, (_, index) => [
        `P-${index}`,
        { brand: pick(random, ['acme', 'x', 'y', 'z']), categories: ['shoes'] },
      ]),
    ),
    orders: some(() => ({ at: ago(), total: { amount: 4_990, currency: 'EUR' } }), 4),
    cart: {
      value: { amount: int(30_000), currency: 'EUR' },
      items: some(() => ({ product: product(), quantity: 1 }), 5),
    },
    device: {
      class: pick(random, CHOICES.device),
      browser: pick(random, CHOICES.browser),
      locale: `${pick(random, CHOICES.language)}-AT`,
    },
    place: { country: pick(random, CHOICES.country) },
    consent: { statistics: true, personalisation: true, marketing: random() < 0.5 },
    audienceIds: random() < 0.3 ? ['vip'] : [],
  })
}

function attributesOf(history: History): Attributes {
  const { device, place, page, session, cart, events, items, products } = history
  const isRecent = ({ at }: { at: number }) => at > NOW - 30 * DAY_MS
  return {
    country: place?.country ?? '',
    device: device?.class ?? '',
    browser: device?.browser ?? '',
    language: device?.locale?.slice(0, 2) ?? '',
    path: page?.url.replace('https://shop.example', '') ?? '',
    source: session?.touch?.source ?? '',
    marketing: history.consent?.marketing ?? false,
    isVip: history.audienceIds.includes('vip'),
    visits: history.visits.length,
    pages: history.pages.filter(({ inSession }) => inSession).length,
    orders: history.orders.length,
    cartValue: cart?.value?.amount ?? 0,
    cartQuantity: cart?.items.length ?? 0,
    quizzes: events.filter((it) => it.name === 'Quiz Completed' && isRecent(it)).length,
    acmeViews: items.filter(
      (it) => it.did === 'viewed' && products[it.product]?.brand === 'acme' && isRecent(it),
    ).length,
  }
}
