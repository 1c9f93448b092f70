import type { Window } from '#protocol/comparison.ts'
import type { ItemFilter, Leaf, LeafOf } from '#protocol/leaf.ts'
import type { Condition, Outcome } from '#protocol/targeting.ts'
import type { History } from './history.ts'
import { milliseconds, numberHolds, textHolds, timeHolds, valueHolds } from './naive-comparisons.ts'
import { NO_ZONE } from './random-words.ts'
import { wallTextAt, firstInstantShowing } from './naive-clock.ts'

/**
 * The condition language read off its specification, slowly: it looks at every single thing that happened, uses the
 * platform's own regular expressions and shares no code with the engine.
 */
export function naiveOutcome(condition: Condition, history: History): Outcome {
  if (condition.kind === 'all' || condition.kind === 'any') {
    const outcomes = condition.of.map((it) => naiveOutcome(it, history))
    const decisive = condition.kind === 'all' ? 'false' : 'true'
    if (outcomes.includes(decisive)) return decisive
    if (outcomes.includes('unknown')) return 'unknown'
    return condition.kind === 'all' ? 'true' : 'false'
  }
  if (condition.kind === 'not') {
    const outcome = naiveOutcome(condition.of, history)
    if (outcome === 'unknown') return 'unknown'
    return outcome === 'true' ? 'false' : 'true'
  }
  const holds = naiveLeaf(condition, history)
  if (holds === undefined) return 'unknown'
  return holds ? 'true' : 'false'
}

/** Undefined: unknown. */
function naiveLeaf(leaf: Leaf, history: History): boolean | undefined {
  const { now } = history
  switch (leaf.kind) {
    case 'pageSeen': {
      const pages = of(history, leaf.scope, history.pages)
      const typeOf = (path: string) =>
        pages
          .filter((page) => page.path === path && page.type !== undefined)
          .toSorted((a, b) => b.at - a.at)[0]?.type
      const meant = pages.filter(
        ({ path }) =>
          (!leaf.path || textHolds(leaf.path, path)) &&
          (!leaf.types || leaf.types.some((type) => type === typeOf(path))),
      )
      return numberHolds(leaf.count, inWindow(meant, leaf.within, now).length)
    }
    case 'page':
      return textHolds(leaf.test, pageText(history, leaf.field))
    case 'source': {
      const { session, isKnown, firstTouch, lastTouch } = history
      const touches = {
        session: session?.touch,
        first: isKnown ? firstTouch : undefined,
        last: isKnown ? lastTouch : undefined,
      }
      const touch = touches[leaf.touch]
      return textHolds(
        leaf.test,
        leaf.field === 'clickId' ? touch?.clickId?.name : touch?.[leaf.field],
      )
    }
    case 'visits': {
      const visits = (history.isKnown ? history.visits : []).map((at) => ({ at }))
      return numberHolds(leaf.count, inWindow(visits, leaf.within, now).length)
    }
    case 'visitor':
      return (history.isKnown && history.visits.length > 1) === (leaf.is === 'returning')
    case 'timeOnSite': {
      const inSession = history.session ? (now - history.session.startedAt) / 1000 : 0
      const overall = history.isKnown ? history.secondsOnSite : 0
      const seconds = Math.max(0, Math.floor(leaf.scope === 'session' ? inSession : overall))
      return numberHolds(leaf.seconds, seconds)
    }
    case 'orders':
      return numberHolds(leaf.count, ordersOf(history, leaf.within).length)
    case 'spent':
      return numberHolds(leaf.amount, sum(amountsOf(history, leaf)))
    case 'averageOrder': {
      const amounts = amountsOf(history, leaf)
      return numberHolds(leaf.amount, amounts.length ? sum(amounts) / amounts.length : undefined)
    }
    case 'ordered': {
      const times = ordersOf(history, undefined).map(({ at }) => at)
      const at = leaf.which === 'first' ? Math.min(...times) : Math.max(...times)
      return timeHolds(leaf.test, times.length ? at : undefined, now)
    }
    case 'cartValue': {
      const value = history.isKnown ? history.cart?.value : undefined
      return numberHolds(leaf.amount, value?.currency === leaf.currency ? value.amount : undefined)
    }
    case 'cartQuantity':
      return numberHolds(leaf.count, sum(cartOf(history).map(({ quantity }) => quantity)))
    case 'cartItem': {
      const meant = cartOf(history).filter(({ product }) =>
        leaf.where.every((filter) => filterHolds(filter, product, history)),
      )
      return numberHolds(leaf.count, sum(meant.map(({ quantity }) => quantity)))
    }
    case 'item': {
      const meant = of(history, leaf.scope, history.items).filter(
        ({ did, product }) =>
          did === leaf.did && leaf.where.every((filter) => filterHolds(filter, product, history)),
      )
      return numberHolds(leaf.count, inWindow(meant, leaf.within, now).length)
    }
    case 'event': {
      const meant = of(history, leaf.scope, history.events).filter(
        ({ name, properties }) =>
          name === leaf.name &&
          leaf.where.every(({ property, test }) =>
            valueHolds(test, entryOf(properties, property), now),
          ),
      )
      return numberHolds(leaf.count, inWindow(meant, leaf.within, now).length)
    }
    case 'eventAmount': {
      const meant = of(history, leaf.scope, history.events).filter(({ name }) => name === leaf.name)
      const amounts = inWindow(meant, leaf.within, now).flatMap(({ amount }) =>
        amount?.currency === leaf.currency ? [amount.amount] : [],
      )
      return numberHolds(leaf.amount, sum(amounts))
    }
    case 'affinity':
      return affinityHolds(leaf, history)
    case 'audience':
      return history.audienceIds.some((id) => id === leaf.audienceId)
    case 'list':
      return customerOf(history)?.listIds.some((id) => id === leaf.listId) ?? false
    case 'customer': {
      const value = customerOf(history)?.[leaf.field]
      return valueHolds(
        leaf.test,
        value?.length === 0 && leaf.field === 'tags' ? undefined : value,
        now,
      )
    }
    case 'customerAttribute': {
      const value = entryOf(customerOf(history)?.attributes ?? {}, leaf.name)
      return valueHolds(
        leaf.test,
        Array.isArray(value) && value.length === 0 ? undefined : value,
        now,
      )
    }
    case 'customerSince':
      return timeHolds(leaf.test, customerOf(history)?.createdAt, now)
    case 'rfm':
      return leaf.clusters.some((cluster) => cluster === customerOf(history)?.rfmCluster)
    case 'consent':
      return history.consent !== null && history.consent[leaf.purpose]
    case 'consentChoice':
      return (leaf.is === 'made') === (history.consent !== null)
    case 'place':
      return textHolds(leaf.test, history.place?.[leaf.field])
    case 'device': {
      const { field } = leaf
      if (field !== 'language') return textHolds(leaf.test, history.device?.[field])
      return textHolds(
        leaf.test,
        /^[^-_]*/.exec(history.device?.locale ?? '')?.[0].toLowerCase() || undefined,
      )
    }
    case 'screen':
      return numberHolds(leaf.test, history.device?.screen?.[leaf.side === 'width' ? 0 : 1])
    case 'date': {
      const zone = zoneOf(history, leaf.zone)
      if (zone === undefined) return false
      const opens = leaf.from === undefined || now >= firstInstantShowing(zone, leaf.from)
      return opens && (leaf.to === undefined || now < firstInstantShowing(zone, leaf.to))
    }
    case 'weekday': {
      const zone = zoneOf(history, leaf.zone)
      if (zone === undefined) return false
      const today = new Intl.DateTimeFormat('en-GB', { timeZone: zone, weekday: 'short' }).format(
        now,
      )
      return leaf.days.some((day) => today.toLowerCase() === day)
    }
    case 'hour': {
      const zone = zoneOf(history, leaf.zone)
      if (zone === undefined) return false
      const time = wallTextAt(zone, now).slice(11)
      return leaf.from < leaf.to
        ? leaf.from <= time && time < leaf.to
        : leaf.from <= time || time < leaf.to
    }
    case 'prediction':
    case 'weather':
    case 'live':
      return undefined
    case 'chat': {
      const chat = chatOf(history)
      const at = leaf.did === 'talked' ? chat?.talkedAt : chat?.waitingSince
      return at !== undefined && inWindow([{ at }], leaf.within, now).length === 1
    }
    case 'chatRating':
      return numberHolds(leaf.stars, chatOf(history)?.rating)
    case 'leadState':
    case 'potential': {
      const value = chatOf(history)?.[leaf.kind]
      return leaf.values.some((it) => it === value)
    }
  }
}

function entryOf<Value>(record: Record<string, Value>, key: string): Value | undefined {
  return new Map(Object.entries(record)).get(key)
}

function of<Entry extends { inSession: boolean }>(
  { session, isKnown }: History,
  scope: 'session' | 'profile',
  entries: readonly Entry[],
): readonly Entry[] {
  if (scope === 'profile') return isKnown ? entries : []
  return session === undefined ? [] : entries.filter(({ inSession }) => inSession)
}

function inWindow<Entry extends { at: number }>(
  entries: readonly Entry[],
  within: Window | undefined,
  now: number,
): readonly Entry[] {
  return within === undefined
    ? entries
    : entries.filter(({ at }) => now - at < milliseconds(within))
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => a + b, 0)
}

function ordersOf(
  history: History,
  within: Window | undefined,
): readonly History['orders'][number][] {
  return inWindow(history.isKnown ? history.orders : [], within, history.now)
}

function amountsOf(
  history: History,
  { within, currency }: LeafOf<'spent'> | LeafOf<'averageOrder'>,
): readonly number[] {
  return ordersOf(history, within)
    .filter(({ total }) => total.currency === currency)
    .map(({ total }) => total.amount)
}

function cartOf({ isKnown, cart }: History): { product: string; quantity: number }[] {
  return (isKnown ? cart?.items : undefined) ?? []
}

function customerOf({ isKnown, customer }: History): History['customer'] {
  return isKnown ? customer : undefined
}

function chatOf({ isKnown, chat }: History): History['chat'] {
  return isKnown ? chat : undefined
}

function zoneOf({ shopTimeZone, device }: History, whose: 'shop' | 'visitor'): string | undefined {
  const zone = whose === 'shop' ? shopTimeZone : device?.timeZone
  return zone === NO_ZONE ? undefined : zone
}

function pageText({ page }: History, field: LeafOf<'page'>['field']): string | undefined {
  if (field === 'host') return /^https?:\/\/([^/?#]*)/.exec(page?.url ?? '')?.[1]
  if (field === 'path') return /^https?:\/\/[^/?#]*([^#]*)/.exec(page?.url ?? '')?.[1]
  return page?.[field] || undefined
}

function filterHolds(filter: ItemFilter, id: string, { products, now }: History): boolean {
  const product = entryOf(products, id)
  switch (filter.field) {
    case 'id':
      return textHolds(filter.test, id)
    case 'category': {
      const categories = product?.categories ?? []
      if (categories.length === 0) return textHolds(filter.test, undefined)
      return categories.some((category) => textHolds(filter.test, category))
    }
    case 'name':
    case 'brand':
      return textHolds(filter.test, product?.[filter.field])
    case 'price': {
      const price = product?.price
      return numberHolds(
        filter.test,
        price?.currency === filter.currency ? price.amount : undefined,
      )
    }
    case 'attribute':
      return valueHolds(filter.test, entryOf(product?.attributes ?? {}, filter.name), now)
  }
}

function affinityHolds(
  { scope, property, value, test }: LeafOf<'affinity'>,
  history: History,
): boolean {
  const points = { viewed: 1, favourited: 3, added: 4, bought: 8, removed: 0 }
  const weights: Record<string, number> = {}
  for (const { did, product } of of(history, scope, history.items)) {
    const known = entryOf(history.products, product)
    const values: unknown[] =
      property.field === 'attribute'
        ? [entryOf(known?.attributes ?? {}, property.name)]
        : property.field === 'brand'
          ? [known?.brand]
          : [...new Set(known?.categories)]
    for (const it of values) {
      if (typeof it === 'string') weights[it] = (weights[it] ?? 0) + points[did]
    }
  }
  const own = weights[value] ?? 0
  if (own === 0) return false
  if (test.op === 'share') return (own / sum(Object.values(weights))) * 100 >= test.percent
  const ahead = Object.entries(weights).filter(
    ([name, weight]) => weight > own || (weight === own && name < value),
  )
  return ahead.length < test.places
}
