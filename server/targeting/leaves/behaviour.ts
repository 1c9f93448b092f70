import type { LeafOf, PropertyFilter } from '#protocol/leaf.ts'
import type { AmountTally, EventTally, Occurrence } from '../../events/service.ts'
import { numberTest } from '../compare/numbers.ts'
import { valueTest } from '../compare/values.ts'
import { ownEntry } from '../own-entry.ts'
import { activityOf, type Item, type Reading } from '../reading.ts'
import { amountsLeaving, countSince, sumSince, timesLeaving } from '../window.ts'
import type { CompiledLeaf } from './compiled-leaf.ts'
import { counting, keyOf } from './counting.ts'
import { compileItemFilters } from './item-filters.ts'

export function compileItem(leaf: LeafOf<'item'>): CompiledLeaf {
  const { scope, did, where, within, count } = leaf
  const isMeant = compileItemFilters(where)
  const itemsMeant = (reading: Reading): readonly Item[] =>
    reading.items(scope, did).filter(({ id, product }) => isMeant(id, product, reading.now))

  return counting({
    key: keyOf(leaf, 'count'),
    reads: [`item:${did}`],
    within,
    test: numberTest(count),
    total(reading, since) {
      let total = 0
      for (const { id, product, tally } of reading.items(scope, did)) {
        if (isMeant(id, product, reading.now)) total += countSince(tally, since)
      }
      return total
    },
    leaving: (reading, span) =>
      itemsMeant(reading).flatMap(({ tally }) => timesLeaving(tally, span, reading.now)),
  })
}

export function compileEvent(leaf: LeafOf<'event'>): CompiledLeaf {
  return leaf.where.length === 0 ? compileAnyEvent(leaf) : compileFilteredEvent(leaf)
}

function compileAnyEvent(leaf: LeafOf<'event'>): CompiledLeaf {
  const { scope, name, within, count } = leaf
  const tallyOf = ({ facts }: Reading): EventTally | undefined =>
    ownEntry(activityOf(facts, scope)?.events, name)

  return counting({
    key: keyOf(leaf, 'count'),
    reads: [`event:${name}`],
    within,
    test: numberTest(count),
    total(reading, since) {
      const tally = tallyOf(reading)
      return tally === undefined ? 0 : countSince(tally, since)
    },
    leaving(reading, span) {
      const tally = tallyOf(reading)
      return tally === undefined ? [] : timesLeaving(tally, span, reading.now)
    },
  })
}

/** Of the events that are kept with their properties. */
function compileFilteredEvent(leaf: LeafOf<'event'>): CompiledLeaf {
  const { scope, name, where, within, count } = leaf
  const isMeant = compilePropertyFilters(where)
  const meant = ({ facts, now }: Reading, since: number) =>
    (activityOf(facts, scope)?.occurrences ?? []).filter(
      (it) => it.name === name && it.at > since && isMeant(it, now),
    )

  return counting({
    key: keyOf(leaf, 'count'),
    reads: [`event:${name}`],
    within,
    test: numberTest(count),
    total: (reading, since) => meant(reading, since).length,
    leaving: (reading, span) =>
      meant(reading, reading.now - span).map(({ at }) => ({ at: at + span, weight: 1 })),
  })
}

function compilePropertyFilters(
  filters: readonly PropertyFilter[],
): (occurrence: Occurrence, now: number) => boolean {
  const tests = filters.map(({ property, test }) => ({ property, holds: valueTest(test).holds }))
  return ({ properties }, now) =>
    tests.every(({ property, holds }) => holds(ownEntry(properties, property), now))
}

export function compileEventAmount(leaf: LeafOf<'eventAmount'>): CompiledLeaf {
  const { scope, name, currency, within, amount } = leaf
  const amountsOf = ({ facts }: Reading): AmountTally | undefined =>
    ownEntry(ownEntry(activityOf(facts, scope)?.events, name)?.amounts, currency)

  return counting({
    key: keyOf(leaf, 'amount'),
    reads: [`event:${name}`],
    within,
    test: numberTest(amount),
    total(reading, since) {
      const amounts = amountsOf(reading)
      if (amounts === undefined) return 0
      return within === undefined ? amounts.sum : sumSince(amounts, since)
    },
    leaving(reading, span) {
      const amounts = amountsOf(reading)
      return amounts === undefined ? [] : amountsLeaving(amounts, span, reading.now)
    },
  })
}

export function compileAffinity({
  scope,
  property,
  value,
  test,
}: LeafOf<'affinity'>): CompiledLeaf {
  const seen = (reading: Reading) => {
    const affinities = reading.affinities(scope, property)
    return test.op === 'top' ? affinities.place(value) : affinities.share(value)
  }
  return {
    reads: ['item:viewed', 'item:added', 'item:favourited', 'item:bought'],
    seen,
    holds(reading) {
      const it = seen(reading)
      if (it === undefined) return false
      return test.op === 'top' ? it <= test.places : it >= test.percent
    },
  }
}
