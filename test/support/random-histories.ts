import { KNOWN_LEADS, KNOWN_POTENTIALS } from '#protocol/leaf.ts'
import { HistorySchema, type History } from './history.ts'
import { NO_ZONE, WORDS, type Random } from './random-words.ts'

const SPANS_MS = [60_000, 3_600_000, 86_400_000, 604_800_000, 7_776_000_000] as const
const HOUR_MS = 3_600_000

/** A visitor of whom anything may be known, or missing. Times lie around `now`, some of them on the ends of windows. */
export function randomHistory(random: Random, now: number): History {
  const int = (below: number) => Math.floor(random() * below)
  const one = <T>(choices: readonly T[]) => choices[int(choices.length)]
  const some = <T>(make: () => T, most: number) => Array.from({ length: int(most + 1) }, make)
  const maybe = <T>(make: () => T) => (random() < 0.6 ? make() : undefined)
  const ago = () => now - int(13) * (one(SPANS_MS) ?? 0) + (one([0, 0, 1, -1, int(HOUR_MS)]) ?? 0)
  const when = () => ({ at: ago(), inSession: random() < 0.3 })
  const money = () => ({ amount: one([0, 500, 2_500, 9_900]), currency: one(WORDS.currencies) })
  const record = () =>
    Object.fromEntries(some(() => [one(WORDS.attributes), one(WORDS.scalars)], 4))
  const touch = () => ({
    source: one(WORDS.sources),
    medium: one(WORDS.sources),
    campaign: maybe(() => 'red'),
    clickId: maybe(() => ({ name: 'gclid', value: 'x' })),
    landing: one(WORDS.paths),
  })
  const product = () => ({
    name: maybe(() => one(WORDS.pieces)),
    categories: [...new Set(some(() => one(WORDS.categories), 2))],
    brand: maybe(() => one(WORDS.brands)),
    price: maybe(money),
    attributes: record(),
  })
  // A sum is exact as long as a tally keeps all its amounts.
  let amountsLeft = 20

  return HistorySchema.parse(
    withoutMissing({
      now,
      shopTimeZone: one(WORDS.zones),
      isKnown: random() < 0.9,
      page: maybe(() => ({
        url: `https://shop.example${one(WORDS.paths)}`,
        referrer: one(['', 'https://google.com/']),
        title: one(['', 'Sale']),
        type: maybe(() => one(WORDS.pageTypes)),
      })),
      session: maybe(() => ({ startedAt: now - int(20_000) * 1_000, touch: maybe(touch) })),
      visits: some(ago, 30),
      secondsOnSite: int(12_000) / 2,
      firstTouch: maybe(touch),
      lastTouch: maybe(touch),
      pages: some(
        () => ({ path: one(WORDS.paths), type: maybe(() => one(WORDS.pageTypes)), ...when() }),
        one([5, 120]) ?? 0,
      ),
      events: some(() => {
        const amount = amountsLeft > 0 ? maybe(money) : undefined
        if (amount !== undefined) amountsLeft -= 1
        return { name: one(WORDS.events), properties: record(), amount, ...when() }
      }, 60),
      items: some(
        () => ({ product: one(WORDS.products), did: one(WORDS.interactions), ...when() }),
        one([10, 150]) ?? 0,
      ),
      products: Object.fromEntries(
        WORDS.products.flatMap((id) => (random() < 0.8 ? [[id, product()]] : [])),
      ),
      orders: some(() => ({ at: ago(), total: money() }), 6),
      cart: maybe(() => ({
        value: maybe(money),
        items: some(() => ({ product: one(WORDS.products), quantity: 1 + int(3) }), 3),
      })),
      customer: maybe(() => ({
        createdAt: ago(),
        email: maybe(() => 'red@shop.example'),
        firstName: maybe(() => 'red'),
        birthOn: maybe(() => '2026-11-15'),
        language: maybe(() => 'de'),
        rfmCluster: maybe(() => one(WORDS.ids)),
        tags: some(() => one(['red', 'blue']), 2),
        attributes: { ...record(), ...(random() < 0.3 && { colour: some(() => 'red', 2) }) },
        listIds: some(() => one(WORDS.ids), 2),
      })),
      chat: maybe(() => ({
        talkedAt: maybe(ago),
        waitingSince: maybe(ago),
        rating: maybe(() => 1 + int(5)),
        leadState: maybe(() => one(KNOWN_LEADS)),
        potential: maybe(() => one(KNOWN_POTENTIALS)),
      })),
      device: maybe(() => ({
        class: maybe(() => one(['phone', 'desktop'])),
        browser: maybe(() => 'chrome'),
        os: maybe(() => 'ios'),
        screen: maybe(() => [2_500, 100]),
        locale: maybe(() => one(['de-AT', 'en', 'de'])),
        timeZone: maybe(() => one([...WORDS.zones, NO_ZONE])),
      })),
      place: maybe(() => ({
        country: maybe(() => one(['AT', 'DE'])),
        city: maybe(() => 'Wien'),
      })),
      consent: maybe(() => ({
        statistics: random() < 0.5,
        personalisation: random() < 0.5,
        marketing: random() < 0.5,
      })),
      audienceIds: some(() => one(WORDS.ids), 2),
    }),
  )
}

/** JSON has no `undefined`. */
function withoutMissing(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value))
}
