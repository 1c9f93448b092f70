import type { SubjectKind } from '#protocol/audiences.ts'
import type { ChatPart, CustomerPart } from '../events/service.ts'
import type { CompiledAudience, DefinitionCache, Definitions, Handle } from './definitions.ts'
import { askedOf, judge, type Judged, type Judgement } from './judge.ts'
import { writeMembership } from './membership.ts'
import type { Parts } from './rejudge.ts'
import { tellMembership, type TellFacts } from './tell-membership.ts'

/** A profile as a commit hands it over; what customers and the chat tell is looked up here, if it is asked for. */
export type ChangedProfile = Omit<Judged, 'customer' | 'chat'>

/** Works out and writes who joins and leaves audiences; one answer a profile, in order. */
export type JudgeProfiles = (
  handle: Handle,
  profiles: readonly ChangedProfile[],
) => Promise<readonly Pick<Judgement, 'audiences' | 'reconsiderAt'>[]>

interface JudgingDeps extends Parts {
  readonly definitions: DefinitionCache
  readonly now: () => number
  readonly tell: TellFacts
}

export function createJudging({
  definitions,
  customerParts,
  chatParts,
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
    const customerIds = askedAbout('customer', asking, found.readsCustomer)
    const parts: ReadonlyMap<number, CustomerPart> =
      customerIds.length === 0 ? new Map() : await customerParts(handle, shopId, customerIds)
    const chats = await chatsOf(handle, shopId, asking, found)
    const changes = asking.map(({ profile, asked }) => {
      const { subject } = profile
      const customer = subject.kind === 'customer' ? parts.get(subject.id) : undefined
      const chat = chats?.[subject.kind].get(subject.id)
      const judged = {
        ...profile,
        ...(customer !== undefined && { customer }),
        ...(chat !== undefined && { chat }),
      }
      return { subject, judgement: judge(judged, found, asked, at) }
    })
    await writeMembership(handle, changes, at)
    await tellMembership(handle, found, { moved: changes, at, tell })
    return changes.map(({ judgement }) => judgement)
  }

  async function chatsOf(
    handle: Handle,
    shopId: number,
    asking: readonly Asking[],
    { readsChat }: Definitions,
  ): Promise<Readonly<Record<SubjectKind, ReadonlyMap<number, ChatPart>>> | undefined> {
    if (readsChat.size === 0) return undefined
    const of = (kind: SubjectKind) =>
      chatParts(handle, shopId, kind, askedAbout(kind, asking, readsChat))
    return { visitor: await of('visitor'), customer: await of('customer') }
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
function askedAbout(
  kind: SubjectKind,
  asking: readonly Asking[],
  readers: ReadonlySet<CompiledAudience>,
): readonly number[] {
  if (readers.size === 0) return []
  return asking.flatMap(({ profile: { subject }, asked }) =>
    subject.kind === kind && [...asked].some((it) => readers.has(it)) ? [subject.id] : [],
  )
}
