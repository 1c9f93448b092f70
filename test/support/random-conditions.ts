import { KNOWN_LEADS, KNOWN_POTENTIALS, WEEKDAYS } from '#protocol/leaf.ts'
import { ConditionSchema, type Condition } from '#protocol/targeting.ts'
import { WORDS, type Random } from './random-words.ts'

const MAX_DEPTH = 4
const LIMITS = ['greater', 'atLeast', 'less', 'atMost']

/** A condition over the same few words as the histories, so that they often meet. */
export function randomCondition(random: Random, now: number): Condition {
  const int = (below: number) => Math.floor(random() * below)
  const one = <T>(choices: readonly T[]) => choices[int(choices.length)]
  const some = <T>(make: () => T, most: number) => Array.from({ length: int(most + 1) }, make)
  const atLeastOne = <T>(make: () => T) => [make(), ...some(make, 2)]
  const maybe = (key: string, make: () => unknown) => (random() < 0.5 ? { [key]: make() } : {})
  const oneOf = (...makers: (() => unknown)[]) => one(makers)?.()

  const figure = () => one([0, 1, 2, 3, 5, 8, 19, 2.5, 100, 2_500, 10_000]) ?? 0
  // A count is exact below the number of times that a tally keeps.
  const times = () => one([0, 1, 1, 2, 2, 3, 4, 6, 10, 15, 18, 1.5]) ?? 0
  const range = (number: () => number) => {
    const [from = 0, to = 0] = [number(), number()].toSorted((a, b) => a - b)
    return { op: 'between', from, to }
  }
  const limit = (number: () => number) => ({ op: one(LIMITS), value: number() })
  const numberTest = (number: () => number) =>
    oneOf(
      () => ({ op: 'equals', value: number() }),
      () => limit(number),
      () => limit(number),
      () => range(number),
    )
  const count = () => ({ count: numberTest(times) })
  const presence = () => ({ op: one(['isSet', 'isNotSet']) })
  const amount = () => (random() < 0.2 ? presence() : numberTest(figure))
  const pattern = () =>
    oneOf(
      () => ({ op: 'contains', value: one(WORDS.pieces) }),
      () => ({ op: 'glob', pattern: one(WORDS.globs) }),
      () => ({ op: 'regex', pattern: one(WORDS.regexes) }),
    )
  const text = (words: readonly string[]) =>
    oneOf(
      () => ({ op: 'equals', value: one(words) }),
      () => ({ op: 'oneOf', values: atLeastOne(() => one(words)) }),
      () => ({ op: one(['starts', 'ends', 'contains']), value: one(words)?.slice(0, 1 + int(4)) }),
      pattern,
      presence,
    )
  const window = () => ({ last: 1 + int(12), unit: one(['minutes', 'hours', 'days', 'weeks']) })
  const time = () =>
    oneOf(
      () => ({ op: one(['before', 'after']), at: now - int(40) * 86_400_000 }),
      () => ({ op: 'last', window: window() }),
      presence,
    )
  const value = () =>
    oneOf(
      () => ({ op: 'equals', value: one(WORDS.scalars) }),
      () => ({ op: 'includes', value: one(WORDS.scalars) }),
      () => ({ op: 'oneOf', values: atLeastOne(() => one(WORDS.scalars)) }),
      () => limit(figure),
      () => range(figure),
      pattern,
      time,
    )

  const filter = () =>
    oneOf(
      () => ({ field: 'id', test: text(WORDS.products) }),
      () => ({ field: 'name', test: text(WORDS.pieces) }),
      () => ({ field: 'category', test: text(WORDS.categories) }),
      () => ({ field: 'brand', test: text(WORDS.brands) }),
      () => ({ field: 'price', currency: one(WORDS.currencies), test: amount() }),
      () => ({ field: 'attribute', name: one(WORDS.attributes), test: value() }),
    )
  const scope = () => ({ scope: one(['session', 'profile']) })
  const within = () => maybe('within', window)
  const currency = () => ({ currency: one(WORDS.currencies) })
  const zone = () => ({ zone: one(['shop', 'visitor']) })

  const leaves: Record<string, () => object> = {
    pageSeen: () => ({
      ...scope(),
      ...maybe('path', () => text(WORDS.paths)),
      ...maybe('types', () => atLeastOne(() => one(WORDS.pageTypes))),
      ...within(),
      ...count(),
    }),
    page: () => ({
      field: one(['url', 'path', 'host', 'referrer', 'title', 'type']),
      test: text([...WORDS.paths, ...WORDS.pageTypes, 'shop.example', 'Sale']),
    }),
    source: () => ({
      touch: one(['session', 'first', 'last']),
      field: one(['source', 'medium', 'campaign', 'clickId', 'referrer', 'landing']),
      test: text(WORDS.sources),
    }),
    visits: () => ({ ...within(), ...count() }),
    visitor: () => ({ is: one(['new', 'returning']) }),
    timeOnSite: () => ({ ...scope(), seconds: numberTest(figure) }),
    orders: () => ({ ...within(), ...count() }),
    spent: () => ({ ...currency(), ...within(), amount: numberTest(figure) }),
    averageOrder: () => ({ ...currency(), ...within(), amount: amount() }),
    ordered: () => ({ which: one(['first', 'last']), test: time() }),
    cartValue: () => ({ ...currency(), amount: amount() }),
    cartQuantity: count,
    cartItem: () => ({ where: some(filter, 2), ...count() }),
    item: () => ({
      ...scope(),
      did: one(WORDS.interactions),
      where: some(filter, 2),
      ...within(),
      ...count(),
    }),
    event: () => ({
      ...scope(),
      name: one(WORDS.events),
      where: some(() => ({ property: one(WORDS.attributes), test: value() }), 1),
      ...within(),
      ...count(),
    }),
    eventAmount: () => ({
      ...scope(),
      name: one(WORDS.events),
      ...currency(),
      ...within(),
      amount: numberTest(figure),
    }),
    affinity: () => ({
      ...scope(),
      property: oneOf(
        () => ({ field: 'attribute', name: one(WORDS.attributes) }),
        () => ({ field: one(['category', 'brand']) }),
      ),
      value: one([...WORDS.categories, ...WORDS.brands, 'red']),
      test: oneOf(
        () => ({ op: 'top', places: 1 + int(3) }),
        () => ({ op: 'share', percent: one([0, 10, 33, 50, 100]) }),
      ),
    }),
    audience: () => ({ audienceId: one(WORDS.ids) }),
    list: () => ({ listId: one(WORDS.ids) }),
    customer: () => ({
      field: one(['userId', 'email', 'firstName', 'birthOn', 'language', 'tags']),
      test: value(),
    }),
    customerAttribute: () => ({ name: one(WORDS.attributes), test: value() }),
    customerSince: () => ({ test: time() }),
    rfm: () => ({ clusters: atLeastOne(() => one(WORDS.ids)) }),
    consent: () => ({ purpose: one(['statistics', 'personalisation', 'marketing']) }),
    place: () => ({ field: one(['country', 'region', 'city']), test: text(WORDS.places) }),
    device: () => ({
      field: one(['class', 'browser', 'os', 'language', 'locale']),
      test: text(WORDS.devices),
    }),
    screen: () => ({ side: one(['width', 'height']), test: amount() }),
    date: () => ({
      ...zone(),
      ...one([
        { from: one(WORDS.wallTimes.early) },
        { to: one(WORDS.wallTimes.late) },
        { from: one(WORDS.wallTimes.early), to: one(WORDS.wallTimes.late) },
      ]),
    }),
    weekday: () => ({ ...zone(), days: atLeastOne(() => one(WEEKDAYS)) }),
    hour: () => ({
      ...zone(),
      ...one([
        { from: '09:00', to: '17:00' },
        { from: '22:30', to: '02:30' },
        { from: '02:30', to: '03:15' },
        { from: '00:00', to: '12:00' },
      ]),
    }),
    prediction: () => ({ of: 'purchase', percent: amount() }),
    weather: () => ({ field: 'celsius', test: value() }),
    live: () => ({ did: 'booked', ...count() }),
    chat: () => ({ did: one(['talked', 'waiting']), ...within() }),
    chatRating: () => ({ stars: amount() }),
    leadState: () => ({ values: atLeastOne(() => one(KNOWN_LEADS)) }),
    potential: () => ({ values: atLeastOne(() => one(KNOWN_POTENTIALS)) }),
  }
  const leaf = () => {
    const [kind, make] = one(Object.entries(leaves)) ?? []
    return { kind, ...make?.() }
  }

  const tree = (depth: number): unknown => {
    const inner = () => tree(int(depth))
    if (depth === 0) return leaf()
    return oneOf(
      () => ({ kind: 'all', of: some(inner, 3) }),
      () => ({ kind: 'any', of: some(inner, 3) }),
      () => ({ kind: 'not', of: inner() }),
    )
  }
  return ConditionSchema.parse(tree(int(MAX_DEPTH)))
}
