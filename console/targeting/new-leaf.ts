import type { Leaf, LeafKind } from '#protocol/leaf.ts'
import type { MessageKey } from '../messages/en.ts'

/** What can be added, by what it is about, the commonest first. Those of later slices are shown where they are. */
export const KIND_GROUPS: readonly {
  readonly name: MessageKey
  readonly kinds: readonly LeafKind[]
}[] = [
  { name: 'kinds.products', kinds: ['item', 'cartValue', 'cartItem', 'cartQuantity', 'affinity'] },
  { name: 'kinds.orders', kinds: ['orders', 'spent', 'ordered', 'averageOrder'] },
  { name: 'kinds.visit', kinds: ['pageSeen', 'page', 'visits', 'visitor', 'timeOnSite', 'source'] },
  { name: 'kinds.events', kinds: ['event', 'eventAmount'] },
  {
    name: 'kinds.person',
    kinds: [
      'audience',
      'list',
      'customer',
      'customerAttribute',
      'customerSince',
      'consent',
      'consentChoice',
      'rfm',
    ],
  },
  { name: 'kinds.chat', kinds: ['chat', 'chatRating', 'leadState', 'potential'] },
  { name: 'kinds.surroundings', kinds: ['place', 'device', 'screen', 'date', 'weekday', 'hour'] },
]

const ONCE = { op: 'atLeast', value: 1 } as const
const IS = { op: 'equals', value: '' } as const

interface NewLeafFacts {
  /** The shop's. */
  readonly currency: string
  /** Whole minor units that make one. */
  readonly minorUnits: number
}

/** A leaf of that kind to begin with: sound where a value can be guessed, else with an empty one to fill. */
export function newLeaf(kind: LeafKind, { currency, minorUnits }: NewLeafFacts): Leaf {
  const scope = 'profile'
  const much = { op: 'atLeast', value: 50 * minorUnits } as const
  switch (kind) {
    case 'pageSeen':
      return { kind, scope, path: { op: 'contains', value: '' }, count: ONCE }
    case 'page':
      return { kind, field: 'path', test: { op: 'contains', value: '' } }
    case 'source':
      return { kind, touch: 'last', field: 'source', test: IS }
    case 'visits':
      return { kind, count: { op: 'atLeast', value: 3 } }
    case 'visitor':
      return { kind, is: 'returning' }
    case 'timeOnSite':
      return { kind, scope, seconds: { op: 'atLeast', value: 60 } }
    case 'orders':
      return { kind, count: ONCE }
    case 'spent':
      return { kind, currency, amount: much }
    case 'averageOrder':
    case 'cartValue':
      return { kind, currency, amount: much }
    case 'ordered':
      return { kind, which: 'last', test: { op: 'last', window: { last: 30, unit: 'days' } } }
    case 'cartQuantity':
      return { kind, count: ONCE }
    case 'cartItem':
      return { kind, where: [{ field: 'category', test: IS }], count: ONCE }
    case 'item':
      return {
        kind,
        scope,
        did: 'viewed',
        where: [],
        within: { last: 7, unit: 'days' },
        count: ONCE,
      }
    case 'event':
      return { kind, scope, name: '', where: [], count: ONCE }
    case 'eventAmount':
      return { kind, scope, name: '', currency, amount: much }
    case 'affinity':
      return {
        kind,
        scope,
        property: { field: 'category' },
        value: '',
        test: { op: 'top', places: 3 },
      }
    case 'audience':
      return { kind, audienceId: '' }
    case 'list':
      return { kind, listId: '' }
    case 'customer':
      return { kind, field: 'email', test: { op: 'isSet' } }
    case 'customerSince':
      return { kind, test: { op: 'last', window: { last: 30, unit: 'days' } } }
    case 'customerAttribute':
      return { kind, name: '', test: IS }
    case 'rfm':
      return { kind, clusters: [] }
    case 'consent':
      return { kind, purpose: 'marketing' }
    case 'consentChoice':
      return { kind, is: 'open' }
    case 'place':
      return { kind, field: 'country', test: IS }
    case 'device':
      return { kind, field: 'class', test: { op: 'equals', value: 'phone' } }
    case 'screen':
      return { kind, side: 'width', test: { op: 'atMost', value: 800 } }
    case 'date':
      return { kind, zone: 'shop', from: '' }
    case 'weekday':
      return { kind, zone: 'shop', days: ['sat', 'sun'] }
    case 'hour':
      return { kind, zone: 'shop', from: '09:00', to: '18:00' }
    case 'prediction':
      return { kind, of: 'purchase', percent: { op: 'atLeast', value: 50 } }
    case 'weather':
      return { kind, field: 'sky', test: IS }
    case 'live':
      return { kind, did: 'booked', count: ONCE }
    case 'chat':
      return { kind, did: 'talked' }
    case 'chatRating':
      return { kind, stars: { op: 'atLeast', value: 4 } }
    case 'leadState':
      return { kind, values: ['qualified'] }
    case 'potential':
      return { kind, values: ['high'] }
  }
}

/** What is true of one visit only: nothing for audiences, which are of those who come back as well. */
export function isOfOneVisit(kind: LeafKind): boolean {
  return kind === 'page'
}
