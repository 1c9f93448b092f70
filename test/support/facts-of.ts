import {
  PROFILE_LIMITS,
  type Activity,
  type AmountTally,
  type ProductFacts,
  type ProductTally,
  type Tally,
} from '#server/events/profile-shape.ts'
import type { Facts } from '#server/targeting/facts.ts'
import type { History } from './history.ts'

const DAY_MS = 86_400_000

/** The facts of a history, tallied here by the letter of the profile's shape. */
export function factsOf(history: History): Facts {
  const { now, shopTimeZone, page, device, place, consent, customer, chat, audienceIds } = history
  return {
    now,
    shopTimeZone,
    consent,
    audienceIds: new Set(audienceIds),
    ...(page !== undefined && { page }),
    ...(device !== undefined && { device }),
    ...(place !== undefined && { place }),
    ...(history.session !== undefined && { session: sessionOf(history, history.session) }),
    ...(history.isKnown && { profile: profileOf(history) }),
    ...(history.isKnown && customer !== undefined && { customer }),
    ...(history.isKnown && chat !== undefined && { chat }),
  }
}

function sessionOf(
  history: History,
  session: NonNullable<History['session']>,
): NonNullable<Facts['session']> {
  return {
    id: 'session',
    lastSeenAt: history.now,
    ...session,
    activity: activityOf(history, ({ inSession }) => inSession),
  }
}

function profileOf(history: History): NonNullable<Facts['profile']> {
  const { visits, secondsOnSite, firstTouch, lastTouch, cart, consent } = history
  return {
    activity: activityOf(history, () => true),
    visits: tallyOf(visits),
    secondsOnSite,
    device: {},
    consent,
    purchases: purchasesOf(history),
    ...(firstTouch !== undefined && { firstTouch }),
    ...(lastTouch !== undefined && { lastTouch }),
    ...(cart !== undefined && {
      cart: {
        at: 0,
        ...(cart.value !== undefined && { value: cart.value }),
        items: cart.items.map(({ product, quantity }) => ({
          productId: product,
          quantity,
          ...productOf(history, product),
        })),
      },
    }),
  }
}

function productOf({ products }: History, id: string): ProductFacts {
  return new Map(Object.entries(products)).get(id) ?? { categories: [], attributes: {} }
}

function purchasesOf({ orders }: History): NonNullable<Facts['profile']>['purchases'] {
  const newest = orders
    .toSorted((a, b) => b.at - a.at)
    .map((order, index) => ({ ...order, id: `order ${index}`, isVerified: true }))
  const kept = newest.slice(0, PROFILE_LIMITS.orders)
  const older = newest.slice(PROFILE_LIMITS.orders)
  const amounts: Record<string, number> = {}
  for (const { total } of older)
    amounts[total.currency] = (amounts[total.currency] ?? 0) + total.amount
  const first = newest.at(-1)
  return {
    orders: kept,
    older: { count: older.length, amounts },
    ...(first !== undefined && { firstAt: first.at }),
  }
}

type InSession = (it: { inSession: boolean }) => boolean

function activityOf(history: History, isMeant: InSession): Activity {
  const pages = history.pages.filter(isMeant)
  const events = history.events.filter(isMeant)
  const items = history.items.filter(isMeant)
  return {
    events: grouped(
      events,
      ({ name }) => name,
      (those) => ({
        ...tallyOf(those.map(({ at }) => at)),
        amounts: amountsOf(those),
      }),
    ),
    pages: grouped(
      pages,
      ({ path }) => path,
      (those) => {
        const type = those.toSorted((a, b) => b.at - a.at).find((it) => it.type !== undefined)?.type
        return { ...tallyOf(those.map(({ at }) => at)), ...(type !== undefined && { type }) }
      },
    ),
    products: grouped(
      items,
      ({ product }) => product,
      (those): ProductTally => ({
        ...productOf(history, those[0]?.product ?? ''),
        lastAt: Math.max(...those.map(({ at }) => at)),
        did: grouped(
          those,
          ({ did }) => did,
          (same) => tallyOf(same.map(({ at }) => at)),
        ),
      }),
    ),
    occurrences: events
      .map(({ name, at, properties }, index) => ({ id: String(index), name, at, properties }))
      .toSorted((a, b) => b.at - a.at)
      .slice(0, PROFILE_LIMITS.occurrences),
  }
}

function grouped<Entry, Made>(
  entries: readonly Entry[],
  keyOf: (entry: Entry) => string,
  make: (those: readonly Entry[]) => Made,
): Record<string, Made> {
  const groups = new Map<string, Entry[]>()
  for (const entry of entries) {
    const key = keyOf(entry)
    groups.set(key, [...(groups.get(key) ?? []), entry])
  }
  return Object.fromEntries([...groups].map(([key, those]) => [key, make(those)]))
}

function tallyOf(times: readonly number[]): Tally {
  const newest = times.toSorted((a, b) => b - a)
  const older = newest.slice(PROFILE_LIMITS.recentTimes)
  return {
    count: newest.length,
    firstAt: newest.at(-1) ?? 0,
    lastAt: newest[0] ?? 0,
    recentAt: newest.slice(0, PROFILE_LIMITS.recentTimes),
    days: daysOf(older.map((at) => ({ at, weight: 1 }))),
  }
}

function amountsOf(events: Readonly<History['events']>): Record<string, AmountTally> {
  const amounts = events.flatMap(({ at, amount }) => (amount ? [{ ...amount, at }] : []))
  return grouped(
    amounts,
    ({ currency }) => currency,
    (those) => {
      const newest = those.toSorted((a, b) => b.at - a.at || b.amount - a.amount)
      const older = newest.slice(PROFILE_LIMITS.recentTimes)
      return {
        sum: those.reduce((sum, { amount }) => sum + amount, 0),
        recent: newest
          .slice(0, PROFILE_LIMITS.recentTimes)
          .map(({ at, amount }) => ({ at, amount })),
        days: daysOf(older.map(({ at, amount }) => ({ at, weight: amount }))),
      }
    },
  )
}

function daysOf(entries: readonly { at: number; weight: number }[]): Record<string, number> {
  const days: Record<string, number> = {}
  for (const { at, weight } of entries) {
    const day = Math.floor(at / DAY_MS)
    days[day] = (days[day] ?? 0) + weight
  }
  return days
}
