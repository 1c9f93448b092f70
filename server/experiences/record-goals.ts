import type { Subject } from '../events/service.ts'
import { bySubject, isOfSubject } from './by-subject.ts'
import { insertConversions, orderKey, type Conversion } from './conversion-store.ts'
import { holdExperiences } from './hold-experiences.ts'
import { timesSeen } from './impression-store.ts'
import type { KnownExperience } from './known-experience.ts'
import type { Happening, Recording } from './happening.ts'

/** A server's clock and a browser's may differ by so much before the browser's is corrected. */
const SKEW_MS = 30_000
const DAY_MS = 86_400_000
/** Of one subject and commit: a whole batch of goals for ten experiences. More is no visitor's doing. */
const MAX_CONVERSIONS = 1_000
/** Minor units. Whoever can send events can make up an order; a greater one says nothing but that. */
const MAX_BELIEVED = 1e12

interface Goal {
  readonly event: Happening
  readonly subject: Subject
  readonly experiences: readonly KnownExperience[]
}

/** A goal that was reached by one who had seen the experience is a conversion, once. */
export async function recordGoals(
  recording: Recording,
  happenings: readonly Happening[],
): Promise<void> {
  const { transaction, running, shopId, tally, stops } = recording
  const goals = happenings.filter(isOfSubject).flatMap((event): Goal[] => {
    const experiences = running.byGoal.get(event.name)
    return experiences === undefined ? [] : [{ event, subject: event.subject, experiences }]
  })
  const reached = []
  for (const { subject, of } of bySubject(goals)) {
    reached.push({ subject, conversions: await reachedBy(recording, subject, of) })
  }
  const ids = new Set(reached.flatMap((one) => one.conversions.map(idOf)))
  const held = await holdExperiences(transaction, shopId, [...ids])
  const counting: Conversion[] = []
  for (const { subject, conversions } of reached) {
    // One that was removed meanwhile takes nothing.
    const own = conversions.filter(({ experienceId }) => held.has(experienceId))
    counting.push(...own.slice(0, MAX_CONVERSIONS))
    for (const { experienceId, at } of own) {
      stops.push({ subject, experienceId, reason: 'converting', at })
    }
  }
  for (const { experienceId, at } of await insertConversions(transaction, shopId, counting)) {
    tally.add({ id: experienceId }, at, 'conversions')
  }
}

function idOf({ experienceId }: Conversion): number {
  return experienceId
}

async function reachedBy(
  { transaction }: Recording,
  subject: Subject,
  goals: readonly Goal[],
): Promise<Conversion[]> {
  const longest = Math.max(
    ...goals.flatMap(({ experiences }) => experiences.map(({ withinDays }) => withinDays)),
  )
  const times = goals.map(({ event }) => event.at)
  const seen = await timesSeen(transaction, subject, {
    from: Math.min(...times) - longest * DAY_MS,
    to: Math.max(...times) + SKEW_MS,
  })
  return goals.flatMap(({ event, experiences }) => {
    const { at, isVerified } = event
    const latest = isVerified ? at + SKEW_MS : at
    return experiences.flatMap(({ id: experienceId, withinDays }) => {
      const earliest = at - withinDays * DAY_MS
      const isReached = seen.get(experienceId)?.some((time) => time >= earliest && time <= latest)
      return isReached === true ? [{ ...conversionOf(event), experienceId }] : []
    })
  })
}

function conversionOf({ id, at, order, isVerified }: Happening): Omit<Conversion, 'experienceId'> {
  if (order === undefined) {
    return { reachedKey: `event ${id.toString('hex')}`, at, amount: null, currency: null }
  }
  const { orderId, total } = order
  const isBelieved = total !== undefined && (isVerified || total.amount <= MAX_BELIEVED)
  return {
    reachedKey: orderKey(orderId),
    at,
    amount: isBelieved ? total.amount : null,
    currency: isBelieved ? total.currency : null,
  }
}
