import type { Consent } from '#protocol/events.ts'
import {
  profilePart,
  sessionPart,
  type ChatPart,
  type CustomerPart,
  type FactKey,
  type PagePart,
  type ProfileDocument,
  type Subject,
} from '../events/service.ts'
import type { CompiledAudience, Definitions } from './definitions.ts'
import type { Facts } from './facts.ts'
import { readFacts } from './reading.ts'

/** A profile to be judged. */
export interface Judged {
  readonly subject: Subject
  readonly document: ProfileDocument
  readonly consent: Consent | null
  readonly page?: PagePart
  readonly customer?: CustomerPart
  readonly chat?: ChatPart
  /** What may have changed. */
  readonly changed: ReadonlySet<FactKey>
  /** None of its memberships has been worked out yet. */
  readonly isNew: boolean
  /** Audience ids with the time of joining. */
  readonly audiences: Readonly<Record<string, number>>
  readonly reconsiderAt: number | null
}

/** What became of a profile's memberships. */
export interface Judgement {
  readonly audiences: Readonly<Record<string, number>>
  readonly joined: readonly number[]
  readonly left: readonly number[]
  /** When time alone may change one of them. */
  readonly reconsiderAt: number | null
}

/** Those audiences of a profile that what changed, or time, may have changed. */
export function askedOf(
  { isNew, changed, reconsiderAt }: Pick<Judged, 'isNew' | 'changed' | 'reconsiderAt'>,
  { audiences, index }: Pick<Definitions, 'audiences' | 'index'>,
  now: number,
): Set<CompiledAudience> {
  const isDue = reconsiderAt !== null && reconsiderAt <= now
  return new Set(isNew || isDue ? audiences : index.readersOf(changed))
}

/** Works out a profile's membership in `asked`, to which those are added that ask for one that turned. */
export function judge(
  judged: Judged,
  { audiences, index, timeZone }: Pick<Definitions, 'audiences' | 'index' | 'timeZone'>,
  asked: Set<CompiledAudience>,
  now: number,
): Judgement {
  const isWhole = asked.size === audiences.length
  if (asked.size === 0 && !isWhole) {
    const { audiences: same, reconsiderAt } = judged
    return { audiences: same, reconsiderAt, joined: [], left: [] }
  }
  const known = new Set(audiences.map(({ id }) => String(id)))
  const members = new Map(Object.entries(judged.audiences).filter(([id]) => known.has(id)))
  // Changes while it is read: those asked for come before those that ask for them.
  const memberIds = new Set(members.keys())
  const reading = readFacts(factsOf(judged, { timeZone, now, memberIds }))
  const joined: number[] = []
  const left: number[] = []
  // When one of the others may turn still holds, even if that time has come and nobody has looked yet.
  const changes = judged.reconsiderAt === null || isWhole ? [] : [judged.reconsiderAt]
  for (const audience of audiences) {
    if (!asked.has(audience)) continue
    const { id, condition } = audience
    const name = String(id)
    const isIn = condition.holds(reading)
    if (isIn !== memberIds.has(name)) {
      if (isIn) {
        members.set(name, now)
        memberIds.add(name)
        joined.push(id)
      } else {
        members.delete(name)
        memberIds.delete(name)
        left.push(id)
      }
      for (const reader of index.readersOf([`audience:${name}`])) asked.add(reader)
    }
    const changesAt = condition.nextChangeAt(reading)
    if (changesAt !== undefined) changes.push(Math.max(changesAt, now + 1))
  }
  return {
    audiences: Object.fromEntries(members),
    joined,
    left,
    reconsiderAt: changes.length === 0 ? null : Math.min(...changes),
  }
}

interface Surroundings {
  readonly timeZone: string
  readonly now: number
  readonly memberIds: ReadonlySet<string>
}

/** What conditions read of a profile. */
export function factsOf(
  known: Pick<Judged, 'document' | 'consent' | 'page' | 'customer' | 'chat'>,
  { timeZone, now, memberIds }: Surroundings,
): Facts {
  const { document, consent, page, customer, chat } = known
  const profile = profilePart(document, consent)
  const session = sessionPart(document)
  const { device, place } = profile
  return {
    now,
    shopTimeZone: timeZone,
    profile,
    device,
    consent,
    audienceIds: memberIds,
    ...(session !== undefined && { session }),
    ...(place !== undefined && { place }),
    ...(page !== undefined && { page }),
    ...(customer !== undefined && { customer }),
    ...(chat !== undefined && { chat }),
  }
}
