import type { LeafOf } from '#protocol/leaf.ts'
import { textTest } from '../compare/texts.ts'
import { timeTest } from '../compare/times.ts'
import { valueTest } from '../compare/values.ts'
import { ownEntry } from '../own-entry.ts'
import type { Reading } from '../reading.ts'
import { judging, type CompiledLeaf } from './compiled-leaf.ts'

export function compileAudience({ audienceId }: LeafOf<'audience'>): CompiledLeaf {
  const seen = ({ facts }: Reading) => facts.audienceIds.has(audienceId)
  return { reads: [`audience:${audienceId}`], seen, holds: seen }
}

export function compileList({ listId }: LeafOf<'list'>): CompiledLeaf {
  const seen = ({ facts }: Reading) => facts.customer?.listIds.includes(listId) ?? false
  // Lists hold addresses: whoever gets another address may be in others.
  return { reads: ['customer'], seen, holds: seen }
}

export function compileCustomer({ field, test }: LeafOf<'customer'>): CompiledLeaf {
  return judging(['customer'], ({ facts }) => present(facts.customer?.[field]), valueTest(test))
}

/** A customer without tags has none: an empty list is missing. */
function present<T>(value: T): T | undefined {
  return Array.isArray(value) && value.length === 0 ? undefined : value
}

export function compileCustomerAttribute(leaf: LeafOf<'customerAttribute'>): CompiledLeaf {
  const { name, test } = leaf
  return judging(
    ['customer'],
    ({ facts }) => present(ownEntry(facts.customer?.attributes, name)),
    valueTest(test),
  )
}

export function compileCustomerSince({ test }: LeafOf<'customerSince'>): CompiledLeaf {
  return judging(['customer'], ({ facts }) => facts.customer?.createdAt, timeTest(test))
}

export function compileRfm({ clusters }: LeafOf<'rfm'>): CompiledLeaf {
  return judging(
    ['customer'],
    ({ facts }) => facts.customer?.rfmCluster,
    textTest({ op: 'oneOf', values: clusters }),
  )
}

/** Who has not chosen has not consented. */
export function compileConsent({ purpose }: LeafOf<'consent'>): CompiledLeaf {
  const seen = ({ facts }: Reading) => facts.consent?.[purpose]
  return { reads: ['consent'], seen, holds: (reading) => seen(reading) === true }
}

export function compileConsentChoice({ is }: LeafOf<'consentChoice'>): CompiledLeaf {
  const seen = ({ facts }: Reading) => (facts.consent === null ? 'open' : 'made')
  return { reads: ['consent'], seen, holds: (reading) => seen(reading) === is }
}
