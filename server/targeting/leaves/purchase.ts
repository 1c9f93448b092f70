import type { LeafOf } from '#protocol/leaf.ts'
import type { OrderFacts } from '../../events/service.ts'
import { numberTest } from '../compare/numbers.ts'
import { spanOf, timeTest } from '../compare/times.ts'
import type { Facts } from '../facts.ts'
import { ownEntry } from '../own-entry.ts'
import type { Reading } from '../reading.ts'
import { judging, type CompiledLeaf } from './compiled-leaf.ts'
import { counting, keyOf } from './counting.ts'

const ALWAYS = Number.NEGATIVE_INFINITY

export function compileOrders(leaf: LeafOf<'orders'>): CompiledLeaf {
  const { within, count } = leaf
  return counting({
    key: keyOf(leaf, 'count'),
    reads: ['orders'],
    within,
    test: numberTest(count),
    total: ({ facts }, since) =>
      ordersSince(facts, since).length + (since === ALWAYS ? olderOrders(facts).count : 0),
    leaving: ({ facts, now }, span) =>
      ordersSince(facts, now - span).map(({ at }) => ({ at: at + span, weight: 1 })),
  })
}

export function compileSpent(leaf: LeafOf<'spent'>): CompiledLeaf {
  const { currency, within, amount } = leaf
  return counting({
    key: keyOf(leaf, 'amount'),
    reads: ['orders'],
    within,
    test: numberTest(amount),
    total: ({ facts }, since) => spentSince(facts, currency, since),
    leaving: ({ facts, now }, span) =>
      ordersSince(facts, now - span, currency).map(({ at, total }) => ({
        at: at + span,
        weight: total.amount,
      })),
  })
}

export function compileAverageOrder(leaf: LeafOf<'averageOrder'>): CompiledLeaf {
  const { currency, within, amount } = leaf
  const span = within === undefined ? Number.POSITIVE_INFINITY : spanOf(within)
  const { holds } = numberTest(amount)
  const seen = ({ facts, now }: Reading) => {
    const { length } = ordersSince(facts, now - span, currency)
    return length === 0 ? undefined : spentSince(facts, currency, now - span) / length
  }
  return {
    reads: ['orders'],
    seen,
    holds: (reading) => holds(seen(reading), reading.now),
    nextChangeAt({ facts, now }) {
      const oldest = ordersSince(facts, now - span, currency).at(-1)
      return oldest === undefined || within === undefined ? undefined : oldest.at + span
    },
  }
}

export function compileOrdered({ which, test }: LeafOf<'ordered'>): CompiledLeaf {
  const seen = ({ facts: { profile } }: Reading) =>
    which === 'first' ? profile?.purchases.firstAt : profile?.purchases.orders[0]?.at
  return judging(['orders'], seen, timeTest(test))
}

/** Newest first. A window reaches the orders that are kept, and no others. */
function ordersSince({ profile }: Facts, since: number, currency?: string): readonly OrderFacts[] {
  const orders = profile?.purchases.orders ?? []
  return orders.filter(
    ({ at, total }) => at > since && (currency === undefined || total.currency === currency),
  )
}

function olderOrders({ profile }: Facts): { count: number; amounts: Record<string, number> } {
  return profile?.purchases.older ?? { count: 0, amounts: {} }
}

function spentSince(facts: Facts, currency: string, since: number): number {
  const older = since === ALWAYS ? ownEntry(olderOrders(facts).amounts, currency) : undefined
  return ordersSince(facts, since, currency).reduce(
    (sum, { total }) => sum + total.amount,
    older ?? 0,
  )
}
