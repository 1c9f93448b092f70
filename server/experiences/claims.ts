import { randomBytes } from 'node:crypto'
import { and, desc, eq, gt, isNotNull, isNull, lt, lte, or, sql as text } from 'drizzle-orm'
import type { ClaimAnswer, ClaimRefusal } from '#protocol/experiences.ts'
import type { Transaction } from '../db/transaction.ts'
import type { Subject } from '../events/service.ts'
import { uuidOf } from './claim-id.ts'
import { holdExperiences } from './hold-experiences.ts'
import { isOf, isStopped, sessionPeriod, stopsOf } from './frequency-store.ts'
import { calendarPeriod } from './periods.ts'
import { ONLY_VARIANT, type KnownExperience, type Running } from './known-experience.ts'

/** How long a granted claim keeps its number while nothing has been seen. */
const LEASE_MS = 30_000
/** Leases that ran out and may still turn out to have been seen, of one experience. */
const MAX_UNSEEN = 20

/** Who asks to draw what. The transaction holds the subject, so that nobody else asks for it meanwhile. */
export interface ClaimAsked {
  readonly experienceId: string
  readonly variantId: string
  /** Random, a new one at each page view. */
  readonly pageViewId: string
  /** Null: nobody who can be told apart, for whom nothing is kept; the page alone counts. */
  readonly subject: Subject | null
  readonly sessionRow: number | null
}

/** Takes a number of the period for a subject, or says why there is none. */
export async function claim(
  transaction: Transaction,
  running: Running | undefined,
  asked: ClaimAsked,
  now: number,
): Promise<ClaimAnswer> {
  const experience = running && runningNow(running, asked, now)
  if (running === undefined || experience === undefined) return refused('not_active')
  const { subject } = asked
  const granted = { isGranted: true, leaseMs: LEASE_MS } as const
  const claimId = randomBytes(16)
  if (subject === null) return { ...granted, claimId: uuidOf(claimId) }
  const held = await holdExperiences(transaction, subject.shopId, [experience.id])
  if (held.size === 0) return refused('not_active')
  if (isStopped(experience, await stopsOf(transaction, subject))) return refused('stopped')
  const claiming = { ...asked, subject, experience, now }
  const period = periodOf(claiming, running.timeZone)
  const number = await freeNumber(transaction, claiming, period)
  if (number === undefined) return refused('frequency')
  if (await isTooSoon(transaction, running, claiming)) return refused('too_soon')
  await forgetUnseen(transaction, claiming)
  const isTaken = await take(transaction, claiming, { period, number, claimId })
  return isTaken ? { ...granted, claimId: uuidOf(claimId) } : refused('frequency')
}

function refused(reason: ClaimRefusal): ClaimAnswer {
  return { isGranted: false, reason }
}

/** Targeting is not asked again: the page was told that it holds. */
function runningNow(
  { isOn, byId }: Running,
  { experienceId, variantId }: ClaimAsked,
  now: number,
): KnownExperience | undefined {
  const experience = byId.get(experienceId)
  if (!isOn || experience === undefined || variantId !== ONLY_VARIANT) return undefined
  const { isActive, startsAt, endsAt } = experience
  const isInTime = (startsAt === null || startsAt <= now) && (endsAt === null || now < endsAt)
  return isActive && isInTime ? experience : undefined
}

interface Claiming extends Omit<ClaimAsked, 'subject'> {
  readonly subject: Subject
  readonly experience: KnownExperience
  readonly now: number
}

function periodOf(
  { experience: { frequency }, sessionRow, pageViewId, now }: Claiming,
  timeZone: string,
): string {
  const { per } = frequency
  if (per === 'session' && sessionRow !== null) return sessionPeriod(sessionRow)
  return calendarPeriod(per, { timeZone, now }) ?? `pageView ${pageViewId}`
}

/** A number whose lease has run out without an impression is free again. */
async function freeNumber(
  { sql, t }: Transaction,
  { subject, experience, now }: Claiming,
  period: string,
): Promise<number | undefined> {
  const { frequencyClaims: claims } = t
  const taken = await sql
    .select({ number: claims.number })
    .from(claims)
    .where(
      and(
        isOf(claims, subject),
        eq(claims.experienceId, experience.id),
        eq(claims.period, period),
        or(isNotNull(claims.spentAt), gt(claims.leasedUntil, now)),
      ),
    )
  if (taken.length >= experience.frequency.times) return undefined
  return leastFree(taken.map(({ number }) => number))
}

export function leastFree(taken: readonly number[]): number {
  const numbers = new Set(taken)
  let free = 0
  while (numbers.has(free)) free += 1
  return free
}

/** Page views follow one another without end, and what was claimed for them may never be seen. */
async function forgetUnseen(
  { sql, t: { frequencyClaims: claims } }: Transaction,
  { subject, experience, now }: Claiming,
): Promise<void> {
  if (experience.frequency.per === 'ever') return
  const isUnseen = and(
    isOf(claims, subject),
    eq(claims.experienceId, experience.id),
    isNull(claims.spentAt),
  )
  const [newest] = await sql
    .select({ leasedUntil: claims.leasedUntil })
    .from(claims)
    .where(and(isUnseen, lte(claims.leasedUntil, now)))
    .orderBy(desc(claims.leasedUntil))
    .limit(1)
    .offset(MAX_UNSEEN - 1)
  if (newest === undefined) return
  await sql.delete(claims).where(and(isUnseen, lt(claims.leasedUntil, newest.leasedUntil)))
}

/** Whether something else was shown, or is about to be, too short a time ago or too often in this session. */
async function isTooSoon(
  { sql, t }: Transaction,
  { gapSeconds: shopGap, perSession }: Running,
  { subject, experience, sessionRow, now }: Claiming,
): Promise<boolean> {
  const { frequencyClaims: claims } = t
  const { isInterruption, frequency } = experience
  const ownSince = now - frequency.gapSeconds * 1_000
  const shopSince = now - shopGap * 1_000
  const isFree = frequency.gapSeconds === 0
  const isUnbound = !isInterruption || (shopGap === 0 && perSession === null)
  if (isFree && isUnbound) return false
  const isLive = and(isNull(claims.spentAt), gt(claims.leasedUntil, now))
  const rows = await sql
    .select({
      experienceId: claims.experienceId,
      sessionRow: claims.sessionRow,
      isInterruption: claims.isInterruption,
      spentAt: claims.spentAt,
    })
    .from(claims)
    .where(
      and(
        isOf(claims, subject),
        or(
          isLive,
          gt(claims.spentAt, Math.min(ownSince, shopSince)),
          ...(sessionRow === null
            ? []
            : [and(eq(claims.sessionRow, sessionRow), isNotNull(claims.spentAt))]),
        ),
      ),
    )
  const isAfter = (spentAt: number | null, since: number) => spentAt === null || spentAt > since
  if (
    !isFree &&
    rows.some((row) => row.experienceId !== experience.id && isAfter(row.spentAt, ownSince))
  ) {
    return true
  }
  if (isUnbound) return false
  const interruptions = rows.filter((row) => row.isInterruption)
  if (shopGap > 0 && interruptions.some((row) => isAfter(row.spentAt, shopSince))) return true
  const inSession = interruptions.filter((row) => row.sessionRow === sessionRow)
  return perSession !== null && sessionRow !== null && inSession.length >= perSession
}

/** False where another request has taken the number: the database has the last word. */
async function take(
  { sql, t }: Transaction,
  { subject, experience, sessionRow, now }: Claiming,
  { period, number, claimId }: { period: string; number: number; claimId: Buffer },
): Promise<boolean> {
  const { frequencyClaims: claims } = t
  const { shopId, kind, id: subjectId } = subject
  const lease = {
    claimId,
    sessionRow,
    isInterruption: experience.isInterruption,
    leasedUntil: now + LEASE_MS,
  }
  const who = { shopId, kind, subjectId, experienceId: experience.id }
  const made = await sql
    .insert(claims)
    .values({ ...who, ...lease, period, number })
    .onConflictDoUpdate({
      target: [
        claims.shopId,
        claims.kind,
        claims.subjectId,
        claims.experienceId,
        claims.period,
        claims.number,
      ],
      set: lease,
      setWhere: text`${claims.spentAt} IS NULL AND ${claims.leasedUntil} <= ${now}`,
    })
    .returning({ number: claims.number })
  return made.length > 0
}
