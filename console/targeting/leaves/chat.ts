import type { LeafOf } from '#protocol/leaf.ts'
import { choice, claim, many, type Slots } from '../slots.ts'

const CHAT_DID = { talked: 'chat_did.talked', waiting: 'chat_did.waiting' } as const
const LEAD_STATES = {
  open: 'lead.open',
  qualified: 'lead.qualified',
  unqualified: 'lead.unqualified',
  won: 'lead.won',
  lost: 'lead.lost',
} as const
const POTENTIALS = {
  low: 'potential.low',
  medium: 'potential.medium',
  high: 'potential.high',
} as const

export function chatSlots(leaf: LeafOf<'chat'>): Slots {
  return {
    did: choice(CHAT_DID, leaf.did, (did) => ({ ...leaf, did })),
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

export function chatRatingSlots(leaf: LeafOf<'chatRating'>): Slots {
  return { stars: claim('stars', leaf.stars, (stars) => ({ ...leaf, stars })) }
}

export function leadStateSlots(leaf: LeafOf<'leadState'>): Slots {
  return { values: many(LEAD_STATES, leaf.values, (values) => ({ ...leaf, values })) }
}

export function potentialSlots(leaf: LeafOf<'potential'>): Slots {
  return { values: many(POTENTIALS, leaf.values, (values) => ({ ...leaf, values })) }
}
