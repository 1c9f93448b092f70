import { EXPERIENCE_CLICKED, EXPERIENCE_CLOSED, EXPERIENCE_SHOWN } from '#protocol/names.ts'
import type { StopReason } from '#protocol/experiences.ts'
import type { Transaction } from '../db/transaction.ts'
import type { Money, Subject } from '../events/service.ts'
import { bytesOf } from './claim-id.ts'
import { createTally, type Tally } from './day-tally.ts'
import { holdExperiences } from './hold-experiences.ts'
import { insertConversion, insertImpression, insertStop, lastImpressions } from './record-store.ts'
import type { KnownExperience, Running } from './known-experience.ts'
import { spend } from './spend.ts'

/** An event that was stored for the first time. */
export interface Happening {
  readonly shopId: number
  readonly id: Buffer
  readonly name: string
  readonly at: number
  readonly properties: Readonly<Record<string, unknown>> | null
  readonly isVerified: boolean
  /** A purchase that it tells of. */
  readonly order?: { readonly orderId: string; readonly total?: Money }
  /** Null: nobody who can be told apart. */
  readonly subject: Subject | null
  readonly sessionRow: number | null
}

/** Most events are nothing to experiences: their names tell. */
export function concerns({ byGoal }: Running, name: string): boolean {
  return OWN.has(name) || byGoal.has(name)
}

const OWN = new Set([EXPERIENCE_SHOWN, EXPERIENCE_CLICKED, EXPERIENCE_CLOSED])

/**
 * Counts, in the commit of the events, what became of experiences: impressions spend their claims, goals that were reached
 * become conversions, and what ends an experience for somebody is noted. The transaction holds the subjects.
 */
export async function record(
  transaction: Transaction,
  running: Running,
  happenings: readonly Happening[],
  now: number,
): Promise<void> {
  const [first] = happenings
  if (first === undefined) return
  const { shopId } = first
  const tally = createTally(running.timeZone)
  const named = happenings.flatMap((event) => namedBy(running, event))
  const held = await holdExperiences(transaction, shopId, idsOf(named))
  for (const { event, experience } of named) {
    if (held.has(experience.id)) {
      await recordUse({ transaction, tally, running, now }, event, experience)
    }
  }
  for (const event of happenings) {
    const goals = running.byGoal.get(event.name)
    if (goals !== undefined && event.subject !== null) {
      await recordGoal({ transaction, tally }, { ...event, subject: event.subject }, goals)
    }
  }
  await tally.write(transaction, shopId)
}

interface Named {
  readonly event: Happening
  readonly experience: KnownExperience
}

/** Whoever makes up an id, or takes another shop's, names nothing. */
function namedBy({ byId }: Running, event: Happening): Named[] {
  const id = event.properties?.['experience_id']
  const experience = OWN.has(event.name) && typeof id === 'string' ? byId.get(id) : undefined
  return experience === undefined ? [] : [{ event, experience }]
}

function idsOf(named: readonly Named[]): number[] {
  return [...new Set(named.map(({ experience }) => experience.id))]
}

interface Using {
  readonly transaction: Transaction
  readonly tally: Tally
  readonly running: Running
  readonly now: number
}

async function recordUse(
  { transaction, tally, running, now }: Using,
  event: Happening,
  experience: KnownExperience,
): Promise<void> {
  const { subject, at, properties, sessionRow } = event
  if (event.name === EXPERIENCE_CLICKED) tally.add(experience, at, 'clicks')
  if (event.name === EXPERIENCE_CLOSED && BY_VISITOR.has(properties?.['how'])) {
    tally.add(experience, at, 'closes')
    await stop(transaction, subject, experience, 'closing', at)
  }
  if (event.name !== EXPERIENCE_SHOWN) return
  tally.add(experience, at, 'impressions')
  if (subject === null) return
  await insertImpression(transaction, subject, experience.id, at)
  const claimId = bytesOf(properties?.['claim_id'])
  await spend(transaction, running, { subject, experience, claimId, sessionRow, now })
}

/** The page's own `gp.dismiss`, and what is no longer to be shown, say nothing of the visitor. */
const BY_VISITOR = new Set<unknown>(['button', 'escape', 'backdrop', 'action'])

/** A server's clock and a browser's may differ by so much before the browser's is corrected. */
const SKEW_MS = 30_000
const DAY_MS = 86_400_000

async function recordGoal(
  { transaction, tally }: Pick<Using, 'transaction' | 'tally'>,
  event: Happening & { readonly subject: Subject },
  goals: readonly KnownExperience[],
): Promise<void> {
  const { shopId, subject, at, isVerified, order } = event
  const longest = Math.max(...goals.map(({ withinDays }) => withinDays))
  const seen = await lastImpressions(transaction, subject, {
    from: at - longest * DAY_MS,
    to: isVerified ? at + SKEW_MS : at,
  })
  const reached = goals.filter(
    ({ id, withinDays }) => (seen.get(id) ?? -Infinity) >= at - withinDays * DAY_MS,
  )
  const held = await holdExperiences(
    transaction,
    shopId,
    reached.map(({ id }) => id),
  )
  const reachedKey =
    order === undefined ? `event ${event.id.toString('hex')}` : `order ${order.orderId}`
  for (const experience of reached) {
    if (!held.has(experience.id)) continue
    const { total } = order ?? {}
    const conversion = {
      reachedKey,
      at,
      amount: total?.amount ?? null,
      currency: total?.currency ?? null,
    }
    const isNew = await insertConversion(transaction, shopId, experience.id, {
      ...conversion,
      // Of an order that a browser told of first, the shop's own server knows better.
      isBetter: isVerified,
    })
    if (isNew) tally.add(experience, at, 'conversions')
    await stop(transaction, subject, experience, 'converting', at)
  }
}

async function stop(
  transaction: Transaction,
  subject: Subject | null,
  { id }: KnownExperience,
  reason: StopReason,
  at: number,
): Promise<void> {
  if (subject !== null) await insertStop(transaction, subject, { experienceId: id, reason, at })
}
