import type { CustomerPart } from '../events/service.ts'
import type { CompiledAudience, DefinitionCache, Definitions, Handle } from './definitions.ts'
import { askedOf, judge, type Judged, type Judgement } from './judge.ts'
import { writeMembership } from './membership.ts'
import type { CustomerParts } from './rejudge.ts'
import { tellMembership, type TellFacts } from './tell-membership.ts'

/** A profile as a commit hands it over; what is known of the customer is looked up here, if it is asked for. */
export type ChangedProfile = Omit<Judged, 'customer'>

/** Works out and writes who joins and leaves audiences; one answer a profile, in order. */
export type JudgeProfiles = (
  handle: Handle,
  profiles: readonly ChangedProfile[],
) => Promise<readonly Pick<Judgement, 'audiences' | 'reconsiderAt'>[]>

interface JudgingDeps {
  readonly definitions: DefinitionCache
  readonly customerParts: CustomerParts
  readonly now: () => number
  readonly tell: TellFacts
}

export function createJudging({
  definitions,
  customerParts,
  now,
  tell,
}: JudgingDeps): JudgeProfiles {
  return async (handle, profiles) => {
    const shopId = shopOf(profiles)
    if (shopId === undefined) return []
    const found = await definitions.of(handle, shopId)
    if (found === undefined) throw new Error(`There is no shop ${shopId}`)
    const at = now()
    const asking = profiles.map((profile) => ({ profile, asked: askedOf(profile, found, at) }))
    const customerIds = customersAsked(asking, found)
    const parts: ReadonlyMap<number, CustomerPart> =
      customerIds.length === 0 ? new Map() : await customerParts(handle, shopId, customerIds)
    const changes = asking.map(({ profile, asked }) => {
      const { subject } = profile
      const customer = subject.kind === 'customer' ? parts.get(subject.id) : undefined
      const judged = customer === undefined ? profile : { ...profile, customer }
      return { subject, judgement: judge(judged, found, asked, at) }
    })
    await writeMembership(handle, changes, at)
    await tellMembership(handle, found, { moved: changes, at, tell })
    return changes.map(({ judgement }) => judgement)
  }
}

/** Whose profiles these are: a commit judges them shop by shop. */
function shopOf([first, ...others]: readonly ChangedProfile[]): number | undefined {
  const shopId = first?.subject.shopId
  if (others.some(({ subject }) => subject.shopId !== shopId)) {
    throw new Error('Profiles of several shops are judged shop by shop')
  }
  return shopId
}

interface Asking {
  readonly profile: ChangedProfile
  readonly asked: ReadonlySet<CompiledAudience>
}

/** Of whom something must be known that the profile does not say. */
function customersAsked(
  asking: readonly Asking[],
  { readsCustomer }: Definitions,
): readonly number[] {
  if (readsCustomer.size === 0) return []
  return asking.flatMap(({ profile: { subject }, asked }) =>
    subject.kind === 'customer' && [...asked].some((it) => readsCustomer.has(it))
      ? [subject.id]
      : [],
  )
}
