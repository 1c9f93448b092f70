import { randomBytes } from 'node:crypto'
import { and, eq, gt, isNotNull, isNull, like, lt, ne, or } from 'drizzle-orm'
import type { Transaction } from '../db/transaction.ts'
import type { Subject } from '../events/service.ts'
import { leastFree } from './claims.ts'
import { isOf, sessionPeriod } from './frequency-store.ts'
import { calendarPeriod } from './periods.ts'
import type { KnownExperience, Running } from './known-experience.ts'

interface Seen {
  readonly subject: Subject
  readonly experience: KnownExperience
  /** Undefined: the page named none, or nothing that could be one. */
  readonly claimId: Buffer | undefined
  readonly sessionRow: number | null
  readonly now: number
}

/**
 * An impression spends the claim that it was granted for, however late it arrives. Where another has taken the number
 * meanwhile, it was seen all the same: it spends the next one, if there is any left.
 */
export async function spend(transaction: Transaction, running: Running, seen: Seen): Promise<void> {
  const { sql, t } = transaction
  const { frequencyClaims: claims } = t
  const { subject, experience, claimId, now } = seen
  if (claimId !== undefined) {
    const isIt = and(
      isOf(claims, subject),
      eq(claims.experienceId, experience.id),
      eq(claims.claimId, claimId),
    )
    const spent = await sql
      .update(claims)
      .set({ spentAt: now })
      .where(and(isIt, isNull(claims.spentAt)))
      .returning({ period: claims.period })
    for (const { period } of spent) await forgetEarlier(transaction, seen, period)
    if (spent.length > 0) return
    const known = await sql.select({ number: claims.number }).from(claims).where(isIt)
    if (known.length > 0) return
  }
  await spendAnother(transaction, running, seen)
}

const DAY_MS = 86_400_000

/**
 * Page views and sessions that are over ask for nothing any more, and would pile up; what was seen last stays, for others
 * keep their distance from it.
 */
async function forgetEarlier(
  { sql, t: { frequencyClaims: claims } }: Transaction,
  { subject, experience, now }: Seen,
  period: string,
): Promise<void> {
  const { per } = experience.frequency
  if (per !== 'pageView' && per !== 'session') return
  await sql
    .delete(claims)
    .where(
      and(
        isOf(claims, subject),
        eq(claims.experienceId, experience.id),
        ne(claims.period, period),
        or(like(claims.period, 'pageView %'), like(claims.period, 'session %')),
        lt(claims.spentAt, now - DAY_MS),
      ),
    )
}

async function spendAnother(
  { sql, t }: Transaction,
  { timeZone }: Running,
  { subject, experience, sessionRow, now }: Seen,
): Promise<void> {
  const { frequencyClaims: claims } = t
  const { per, times } = experience.frequency
  const period =
    per === 'session' && sessionRow !== null
      ? sessionPeriod(sessionRow)
      : calendarPeriod(per, { timeZone, now })
  // Which page view it was, nobody knows any more.
  if (period === undefined) return
  const isInPeriod = and(
    isOf(claims, subject),
    eq(claims.experienceId, experience.id),
    eq(claims.period, period),
  )
  const taken = await sql
    .select({ number: claims.number })
    .from(claims)
    .where(and(isInPeriod, or(isNotNull(claims.spentAt), gt(claims.leasedUntil, now))))
  if (taken.length >= times) return
  const number = leastFree(taken.map((row) => row.number))
  // A lease there that has run out makes room.
  await sql.delete(claims).where(and(isInPeriod, eq(claims.number, number)))
  const { shopId, kind, id: subjectId } = subject
  await sql.insert(claims).values({
    shopId,
    kind,
    subjectId,
    experienceId: experience.id,
    period,
    number,
    claimId: randomBytes(16),
    sessionRow,
    isInterruption: experience.isInterruption,
    leasedUntil: now,
    spentAt: now,
  })
}
