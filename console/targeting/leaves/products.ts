import type { Interaction, ItemProperty, LeafOf } from '#protocol/leaf.ts'
import type { MessageKey } from '../../messages/en.ts'
import { choice, claim, count, sum, type Slots, type Suggested, type WhenSlot } from '../slots.ts'

const DID = {
  viewed: 'did.viewed',
  added: 'did.added',
  removed: 'did.removed',
  favourited: 'did.favourited',
  bought: 'did.bought',
} as const satisfies Record<Interaction, MessageKey>
const WHICH = { last: 'which.last', first: 'which.first' } as const
const PROPERTIES = {
  category: 'affinity.category',
  brand: 'affinity.brand',
  attribute: 'affinity.attribute',
} as const satisfies Record<ItemProperty['field'], MessageKey>
const PROPERTY_VALUES: Partial<Record<ItemProperty['field'], Suggested>> = {
  category: 'categories',
  brand: 'brands',
}
const AFFINITY_TESTS = { top: 'affinity.top', share: 'affinity.share' } as const
const MOST_PLACES = 20

export function itemSlots(leaf: LeafOf<'item'>): Slots {
  return {
    did: choice(DID, leaf.did, (did) => ({ ...leaf, did })),
    where: {
      type: 'items',
      value: leaf.where,
      write: (where) => ({ ...leaf, where: [...where] }),
    },
    count: count('times', leaf.count, (test) => ({ ...leaf, count: test })),
    when: {
      type: 'when',
      hasScope: true,
      hasWindow: true,
      isBounded: true,
      value: leaf,
      write: ({ scope = 'profile', within }) => ({ ...leaf, scope, within }),
    },
  }
}

export function cartValueSlots(leaf: LeafOf<'cartValue'>): Slots {
  return {
    amount: {
      type: 'money',
      isClaim: true,
      value: leaf,
      write: ({ currency, amount }) => ({ ...leaf, currency, amount }),
    },
  }
}

export function cartQuantitySlots(leaf: LeafOf<'cartQuantity'>): Slots {
  return { count: count('pieces', leaf.count, (test) => ({ ...leaf, count: test })) }
}

export function cartItemSlots(leaf: LeafOf<'cartItem'>): Slots {
  return {
    count: count('pieces', leaf.count, (test) => ({ ...leaf, count: test })),
    where: {
      type: 'items',
      value: leaf.where,
      write: (where) => ({ ...leaf, where: [...where] }),
    },
  }
}

export function ordersSlots(leaf: LeafOf<'orders'>): Slots {
  return {
    count: count('orders', leaf.count, (test) => ({ ...leaf, count: test })),
    when: whenOrdered(leaf, (within) => ({ ...leaf, within })),
  }
}

export function spentSlots(leaf: LeafOf<'spent'>): Slots {
  return {
    amount: sum(leaf, (money) => ({ ...leaf, ...money })),
    when: whenOrdered(leaf, (within) => ({ ...leaf, within })),
  }
}

export function averageOrderSlots(leaf: LeafOf<'averageOrder'>): Slots {
  return {
    when: whenOrdered(leaf, (within) => ({ ...leaf, within })),
    amount: {
      type: 'money',
      isClaim: true,
      value: leaf,
      write: ({ currency, amount }) => ({ ...leaf, currency, amount }),
    },
  }
}

export function orderedSlots(leaf: LeafOf<'ordered'>): Slots {
  return {
    which: choice(WHICH, leaf.which, (which) => ({ ...leaf, which })),
    test: { type: 'time', value: leaf.test, write: (test) => ({ ...leaf, test }) },
  }
}

export function affinitySlots(leaf: LeafOf<'affinity'>): Slots {
  const { property, test } = leaf
  return {
    property: choice(PROPERTIES, property.field, (field) => ({
      ...leaf,
      property: field === 'attribute' ? { field, name: '' } : { field },
    })),
    ...(property.field === 'attribute' && {
      name: {
        type: 'name',
        value: property.name,
        suggested: 'productAttributes',
        write: (name: string) => ({ ...leaf, property: { ...property, name } }),
      },
    }),
    value: {
      type: 'name',
      value: leaf.value,
      suggested: PROPERTY_VALUES[property.field],
      write: (value) => ({ ...leaf, value }),
    },
    test: choice(AFFINITY_TESTS, test.op, (op) => ({
      ...leaf,
      test: op === 'top' ? { op, places: 3 } : { op, percent: 20 },
    })),
    amount:
      test.op === 'top'
        ? {
            type: 'plainNumber',
            unit: 'places',
            least: 1,
            most: MOST_PLACES,
            value: test.places,
            write: (places) => ({ ...leaf, test: { ...test, places } }),
          }
        : {
            type: 'plainNumber',
            unit: 'percent',
            least: 0,
            most: 100,
            value: test.percent,
            write: (percent) => ({ ...leaf, test: { ...test, percent } }),
          },
    when: {
      type: 'when',
      hasScope: true,
      hasWindow: false,
      isBounded: true,
      value: leaf,
      write: ({ scope = 'profile' }) => ({ ...leaf, scope }),
    },
  }
}

export function screenSlots(leaf: LeafOf<'screen'>): Slots {
  const sides = { width: 'side.width', height: 'side.height' } as const
  return {
    side: choice(sides, leaf.side, (side) => ({ ...leaf, side })),
    test: claim('pixels', leaf.test, (test) => ({ ...leaf, test })),
  }
}

type OfOrders = LeafOf<'orders' | 'spent' | 'averageOrder'>

function whenOrdered(leaf: OfOrders, write: (within: OfOrders['within']) => OfOrders): WhenSlot {
  return {
    type: 'when',
    hasScope: false,
    hasWindow: true,
    isBounded: false,
    value: { within: leaf.within },
    write: ({ within }) => write(within),
  }
}
