import type { Condition } from '#protocol/targeting.ts'
import { BRANDS, CATEGORIES } from './shop-life.ts'

type Within = { last: number; unit: 'hours' | 'days' }

const WINDOWS: readonly Within[] = [
  { last: 6, unit: 'hours' },
  { last: 2, unit: 'days' },
  { last: 30, unit: 'days' },
]

/** So many audiences as a shop would have them: of all kinds of conditions, most of two or three. */
export function mixedConditions(count: number, firstId: () => string | undefined): Condition[] {
  return Array.from({ length: count }, (_, i) => ({
    kind: 'all',
    of: [
      leaf(i, firstId),
      leaf(i * 7 + 3, firstId),
      ...(i % 2 === 0 ? [leaf(i * 5 + 1, firstId)] : []),
    ],
  }))
}

function leaf(i: number, firstId: () => string | undefined): Condition {
  const within = WINDOWS[i % WINDOWS.length] ?? { last: 1, unit: 'days' }
  const atLeast = { op: 'atLeast' as const, value: 1 + (i % 4) }
  const category = CATEGORIES[i % CATEGORIES.length] ?? ''
  const brand = BRANDS[i % BRANDS.length] ?? ''
  const isCategory = {
    field: 'category' as const,
    test: { op: 'equals' as const, value: category },
  }
  const makers: (() => Condition)[] = [
    () => ({
      kind: 'item',
      scope: 'profile',
      did: 'viewed',
      where: [isCategory],
      within,
      count: atLeast,
    }),
    () => ({
      kind: 'event',
      scope: 'profile',
      name: 'Product Added',
      where: [],
      within,
      count: atLeast,
    }),
    () => ({ kind: 'orders', within: { last: 30, unit: 'days' }, count: atLeast }),
    () => ({
      kind: 'spent',
      currency: 'EUR',
      amount: { op: 'greater', value: 1_000 * (1 + (i % 20)) },
    }),
    () => ({
      kind: 'pageSeen',
      scope: 'profile',
      path: { op: 'starts', value: `/${category}` },
      within,
      count: atLeast,
    }),
    () => ({ kind: 'visits', within, count: atLeast }),
    () => ({ kind: 'consent', purpose: 'marketing' }),
    () => ({ kind: 'device', field: 'class', test: { op: 'equals', value: 'phone' } }),
    () => ({ kind: 'cartValue', currency: 'EUR', amount: { op: 'atLeast', value: 2_000 } }),
    () => ({
      kind: 'affinity',
      scope: 'profile',
      property: { field: 'brand' },
      value: brand,
      test: { op: 'top', places: 3 },
    }),
    () => ({ kind: 'hour', zone: 'shop', from: '09:00', to: '18:00' }),
    () => ({
      kind: 'not',
      of: { kind: 'ordered', which: 'last', test: { op: 'last', window: within } },
    }),
    () => ({ kind: 'customer', field: 'email', test: { op: 'ends', value: '@shop.example' } }),
    () => ({ kind: 'customerAttribute', name: 'tier', test: { op: 'equals', value: 'gold' } }),
    () => ({
      kind: 'event',
      scope: 'profile',
      name: 'Quiz Answered',
      where: [{ property: 'answer', test: { op: 'equals', value: i % 5 } }],
      within,
      count: { op: 'atLeast', value: 1 },
    }),
    () => ({ kind: 'audience', audienceId: firstId() ?? '1' }),
    () => ({
      kind: 'item',
      scope: 'profile',
      did: 'bought',
      where: [{ field: 'price', currency: 'EUR', test: { op: 'greater', value: 5_000 } }],
      count: atLeast,
    }),
  ]
  const make = makers[i % makers.length]
  return make === undefined || (i === 15 && firstId() === undefined)
    ? { kind: 'visitor', is: 'returning' }
    : make()
}
