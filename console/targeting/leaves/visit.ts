import type { LeafOf } from '#protocol/leaf.ts'
import type { PageType } from '#protocol/names.ts'
import type { MessageKey } from '../../messages/en.ts'
import { choice, count, many, type Slots, type Suggested } from '../slots.ts'

export const PAGE_TYPE_TEXTS: Readonly<Record<PageType, MessageKey>> = {
  home: 'page.home',
  category: 'page.category',
  product: 'page.product',
  search: 'page.search',
  cart: 'page.cart',
  checkout: 'page.checkout',
  'thank-you': 'page.thank-you',
  other: 'page.other',
}
const PAGE_FIELDS = {
  path: 'page_field.path',
  url: 'page_field.url',
  host: 'page_field.host',
  referrer: 'page_field.referrer',
  title: 'page_field.title',
  type: 'page_field.type',
} as const satisfies Record<LeafOf<'page'>['field'], MessageKey>
const TOUCHES = {
  session: 'touch.session',
  first: 'touch.first',
  last: 'touch.last',
} as const satisfies Record<LeafOf<'source'>['touch'], MessageKey>
const SOURCE_FIELDS = {
  source: 'source.source',
  medium: 'source.medium',
  campaign: 'source.campaign',
  term: 'source.term',
  content: 'source.content',
  clickId: 'source.clickId',
  referrer: 'source.referrer',
  landing: 'source.landing',
} as const satisfies Record<LeafOf<'source'>['field'], MessageKey>
const SOURCES_SUGGESTED: Partial<Record<LeafOf<'source'>['field'], Suggested>> = {
  source: 'sources',
  medium: 'mediums',
  campaign: 'campaigns',
  landing: 'paths',
}
const PAGES_SUGGESTED: Partial<Record<LeafOf<'page'>['field'], Suggested>> = {
  path: 'paths',
  type: 'pageTypes',
}
const NEW_OR_NOT = { new: 'is.new', returning: 'is.returning' } as const

export function pageSeenSlots(leaf: LeafOf<'pageSeen'>): Slots {
  const { path, types } = leaf
  return {
    types: {
      type: 'optional',
      lead: 'lead.types',
      inner: types && many(PAGE_TYPE_TEXTS, types, (chosen) => ({ ...leaf, types: chosen })),
      add: () => ({ ...leaf, types: ['product'] }),
      remove: () => ({ ...leaf, types: undefined }),
    },
    path: {
      type: 'optional',
      lead: 'lead.path',
      inner: path && {
        type: 'text',
        value: path,
        suggested: 'paths',
        write: (test) => ({ ...leaf, path: test }),
      },
      add: () => ({ ...leaf, path: { op: 'contains', value: '' } }),
      remove: () => ({ ...leaf, path: undefined }),
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

export function pageSlots(leaf: LeafOf<'page'>): Slots {
  return {
    field: choice(PAGE_FIELDS, leaf.field, (field) => ({ ...leaf, field })),
    test: {
      type: 'text',
      value: leaf.test,
      suggested: PAGES_SUGGESTED[leaf.field],
      write: (test) => ({ ...leaf, test }),
    },
  }
}

export function sourceSlots(leaf: LeafOf<'source'>): Slots {
  return {
    touch: choice(TOUCHES, leaf.touch, (touch) => ({ ...leaf, touch })),
    field: choice(SOURCE_FIELDS, leaf.field, (field) => ({ ...leaf, field })),
    test: {
      type: 'text',
      value: leaf.test,
      suggested: SOURCES_SUGGESTED[leaf.field],
      write: (test) => ({ ...leaf, test }),
    },
  }
}

export function visitsSlots(leaf: LeafOf<'visits'>): Slots {
  return {
    count: count('visits', leaf.count, (test) => ({ ...leaf, count: test })),
    when: {
      type: 'when',
      hasScope: false,
      hasWindow: true,
      isBounded: true,
      value: leaf,
      write: ({ within }) => ({ ...leaf, within }),
    },
  }
}

export function visitorSlots(leaf: LeafOf<'visitor'>): Slots {
  return { is: choice(NEW_OR_NOT, leaf.is, (is) => ({ ...leaf, is })) }
}

export function timeOnSiteSlots(leaf: LeafOf<'timeOnSite'>): Slots {
  return {
    seconds: count('seconds', leaf.seconds, (seconds) => ({ ...leaf, seconds })),
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
