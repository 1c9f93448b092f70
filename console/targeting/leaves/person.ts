import type { LeafOf } from '#protocol/leaf.ts'
import type { Purpose } from '#protocol/names.ts'
import type { MessageKey } from '../../messages/en.ts'
import { choice, claim, count, sum, type Slots, type Suggested } from '../slots.ts'

const CUSTOMER_FIELDS = {
  email: 'customer_field.email',
  firstName: 'customer_field.firstName',
  lastName: 'customer_field.lastName',
  phone: 'customer_field.phone',
  birthOn: 'customer_field.birthOn',
  language: 'customer_field.language',
  tags: 'customer_field.tags',
  userId: 'customer_field.userId',
} as const satisfies Record<LeafOf<'customer'>['field'], MessageKey>
const CUSTOMER_VALUES: Partial<Record<LeafOf<'customer'>['field'], Suggested>> = {
  language: 'languages',
  tags: 'tags',
}
const PURPOSE_TEXTS: Readonly<Record<Purpose, MessageKey>> = {
  statistics: 'purpose.statistics',
  personalisation: 'purpose.personalisation',
  marketing: 'purpose.marketing',
}
const CONSENT_CHOICES = {
  open: 'consent_choice.open',
  made: 'consent_choice.made',
} as const
const PREDICTED = { purchase: 'prediction.purchase', churn: 'prediction.churn' } as const
const LIVE_DID = {
  booked: 'live_did.booked',
  attended: 'live_did.attended',
  missed: 'live_did.missed',
  watched: 'live_did.watched',
} as const

export function eventSlots(leaf: LeafOf<'event'>): Slots {
  return {
    name: {
      type: 'name',
      value: leaf.name,
      suggested: 'events',
      write: (name) => ({ ...leaf, name }),
    },
    where: {
      type: 'properties',
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

export function eventAmountSlots(leaf: LeafOf<'eventAmount'>): Slots {
  return {
    name: {
      type: 'name',
      value: leaf.name,
      suggested: 'events',
      write: (name) => ({ ...leaf, name }),
    },
    amount: sum(leaf, (money) => ({ ...leaf, ...money })),
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

export function audienceSlots(leaf: LeafOf<'audience'>): Slots {
  return {
    audience: {
      type: 'reference',
      to: 'audiences',
      value: leaf.audienceId,
      write: (audienceId) => ({ ...leaf, audienceId }),
    },
  }
}

export function listSlots(leaf: LeafOf<'list'>): Slots {
  return {
    list: {
      type: 'reference',
      to: 'lists',
      value: leaf.listId,
      write: (listId) => ({ ...leaf, listId }),
    },
  }
}

export function customerSlots(leaf: LeafOf<'customer'>): Slots {
  return {
    field: choice(CUSTOMER_FIELDS, leaf.field, (field) => ({ ...leaf, field })),
    test: {
      type: 'value',
      value: leaf.test,
      suggested: CUSTOMER_VALUES[leaf.field],
      isText: true,
      write: (test) => ({ ...leaf, test }),
    },
  }
}

export function customerSinceSlots(leaf: LeafOf<'customerSince'>): Slots {
  return { test: { type: 'time', value: leaf.test, write: (test) => ({ ...leaf, test }) } }
}

export function customerAttributeSlots(leaf: LeafOf<'customerAttribute'>): Slots {
  return {
    name: {
      type: 'name',
      value: leaf.name,
      suggested: 'customerAttributes',
      write: (name) => ({ ...leaf, name }),
    },
    test: { type: 'value', value: leaf.test, write: (test) => ({ ...leaf, test }) },
  }
}

export function rfmSlots(leaf: LeafOf<'rfm'>): Slots {
  return {
    clusters: {
      type: 'names',
      value: leaf.clusters,
      write: (clusters) => ({ ...leaf, clusters: [...clusters] }),
    },
  }
}

export function consentSlots(leaf: LeafOf<'consent'>): Slots {
  return { purpose: choice(PURPOSE_TEXTS, leaf.purpose, (purpose) => ({ ...leaf, purpose })) }
}

export function consentChoiceSlots(leaf: LeafOf<'consentChoice'>): Slots {
  return { is: choice(CONSENT_CHOICES, leaf.is, (is) => ({ ...leaf, is })) }
}

export function predictionSlots(leaf: LeafOf<'prediction'>): Slots {
  return {
    of: choice(PREDICTED, leaf.of, (of) => ({ ...leaf, of })),
    percent: claim('percent', leaf.percent, (percent) => ({ ...leaf, percent })),
  }
}

export function liveSlots(leaf: LeafOf<'live'>): Slots {
  const { minutes } = leaf
  return {
    did: choice(LIVE_DID, leaf.did, (did) => ({ ...leaf, did })),
    ...((leaf.did === 'watched' || minutes !== undefined) && {
      minutes: {
        type: 'optional',
        lead: 'lead.minutes',
        inner: minutes && count('minutes', minutes, (test) => ({ ...leaf, minutes: test })),
        add: () => ({ ...leaf, minutes: { op: 'atLeast', value: 5 } }),
        remove: () => ({ ...leaf, minutes: undefined }),
      },
    }),
    count: count('times', leaf.count, (test) => ({ ...leaf, count: test })),
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
