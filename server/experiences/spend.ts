import { randomBytes } from 'node:crypto'
import { and, gt, inArray, isNotNull, isNull, like, lt, or, sql as text } from 'drizzle-orm'
import { inGroups, padded } from '../db/padded.ts'
import type { Transaction } from '../db/transaction.ts'
import type { Subject } from '../events/service.ts'
import { leastFree } from './claims.ts'
import { isOf, sessionPeriod } from './frequency-store.ts'
import { calendarPeriod } from './periods.ts'
import type { KnownExperience, Running } from './known-experience.ts'

/** An experience was seen by somebody. */
export interface Seen {
  readonly experience: KnownExperience
  /** Undefined: the page named none, or nothing that could be one. */
  readonly claimId: Buffer | undefined
  readonly sessionRow: number | null
  readonly at: number
}

interface Spending {
  readonly subject: Subject
  readonly seen: readonly Seen[]
  readonly now: number
}

/**
 * An impression spends the claim that it was granted for, however late it arrives: such are returned, each once. Where
 * another has taken the number meanwhile, it may have been seen all the same: it spends the next one, if there is any left.
 */
export async function spend(
  transaction: Transaction,
  running: Running,
  spending: Spending,
): Promise<readonly Seen[]> {
  const known = await claimsNamed(transaction, spending)
  const spent = new Map<string, Seen>()
  const unknown: Seen[] = []
  for (const one of spending.seen) {
    const id = one.claimId?.toString('hex') ?? ''
    const claimed = known.get(id)
    if (claimed?.experienceId !== one.experience.id) unknown.push(one)
    else if (claimed.spentAt === null && !spent.has(id)) spent.set(id, one)
  }
  const counted = [...spent.values()]
  await spendNamed(transaction, spending, counted)
  await spendOthers(transaction, running, { ...spending, seen: unknown })
  return counted
}

/** By their ids. */
async function claimsNamed(
  { sql, t: { frequencyClaims: claims } }: Transaction,
  { subject, seen }: Spending,
) {
  const ids = seen.flatMap(({ claimId }) => claimId ?? [])
  if (ids.length === 0) return new Map<string, never>()
  const { claimId, experienceId, spentAt } = claims
  const rows = await sql
    .select({ claimId, experienceId, spentAt })
    .from(claims)
    .where(and(isOf(claims, subject), inArray(claimId, padded(ids))))
  return new Map(rows.map((row) => [row.claimId.toString('hex'), row] as const))
}

const DAY_MS = 86_400_000

async function spendNamed(
  { sql, t: { frequencyClaims: claims } }: Transaction,
  { subject, now }: Spending,
  seen: readonly Seen[],
): Promise<void> {
  if (seen.length === 0) return
  const ids = seen.flatMap(({ claimId }) => claimId ?? [])
  await sql
    .update(claims)
    .set({ spentAt: now })
    .where(and(isOf(claims, subject), inArray(claims.claimId, padded(ids))))
  const passing = seen.filter(({ experience: { frequency } }) => PASSING.has(frequency.per))
  if (passing.length === 0) return
  // Page views and sessions that are over ask for nothing any more, and would pile up.
  await sql
    .delete(claims)
    .where(
      and(
        isOf(claims, subject),
        inArray(claims.experienceId, padded(idsOf(passing))),
        or(like(claims.period, 'pageView %'), like(claims.period, 'session %')),
        lt(claims.spentAt, now - DAY_MS),
      ),
    )
}

const PASSING = new Set(['pageView', 'session'])

function idsOf(seen: readonly Seen[]): number[] {
  return [...new Set(seen.map(({ experience }) => experience.id))]
}

type NewClaim = Transaction['t']['frequencyClaims']['$inferInsert']

async function spendOthers(
  transaction: Transaction,
  { timeZone }: Running,
  { subject, seen, now }: Spending,
): Promise<void> {
  const asked = seen.flatMap((one) => {
    const period = periodOf(one, { timeZone, now })
    return period === undefined ? [] : [{ ...one, period }]
  })
  if (asked.length === 0) return
  const periods = [...new Set(asked.map(({ period }) => period))]
  const taken = await numbersTaken(transaction, { subject, seen: asked, now }, periods)
  const { shopId, kind, id: subjectId } = subject
  const rows: NewClaim[] = []
  for (const { experience, period, sessionRow } of asked) {
    const { id: experienceId, frequency, isInterruption } = experience
    const name = `${experienceId} ${period}`
    const numbers = taken.get(name) ?? []
    if (numbers.length >= frequency.times) continue
    const number = leastFree(numbers)
    taken.set(name, [...numbers, number])
    const claim = { claimId: randomBytes(16), sessionRow, isInterruption, leasedUntil: now }
    const who = { shopId, kind, subjectId, experienceId, period, number }
    rows.push({ ...who, ...claim, spentAt: now })
  }
  for (const group of inGroups(rows)) await putSpent(transaction, group)
}

/** Undefined: which page view it was, nobody knows any more. */
function periodOf(
  { experience: { frequency }, sessionRow }: Seen,
  time: { readonly timeZone: string; readonly now: number },
): string | undefined {
  const { per } = frequency
  return per === 'session' && sessionRow !== null
    ? sessionPeriod(sessionRow)
    : calendarPeriod(per, time)
}

/** By experience and period. */
async function numbersTaken(
  { sql, t: { frequencyClaims: claims } }: Transaction,
  { subject, seen, now }: Spending,
  periods: readonly string[],
): Promise<Map<string, readonly number[]>> {
  const { experienceId, period, number } = claims
  const rows = await sql
    .select({ experienceId, period, number })
    .from(claims)
    .where(
      and(
        isOf(claims, subject),
        inArray(experienceId, padded(idsOf(seen))),
        inArray(period, padded(periods)),
        or(isNotNull(claims.spentAt), gt(claims.leasedUntil, now)),
      ),
    )
  const taken = new Map<string, readonly number[]>()
  for (const row of rows) {
    const name = `${row.experienceId} ${row.period}`
    taken.set(name, [...(taken.get(name) ?? []), row.number])
  }
  return taken
}

/** A lease there that has run out makes room. */
async function putSpent(
  { sql, t: { frequencyClaims: claims } }: Transaction,
  rows: NewClaim[],
): Promise<void> {
  const { shopId, kind, subjectId, experienceId, period, number } = claims
  await sql
    .insert(claims)
    .values(rows)
    .onConflictDoUpdate({
      target: [shopId, kind, subjectId, experienceId, period, number],
      set: {
        claimId: text`excluded.claim_id`,
        sessionRow: text`excluded.session_row`,
        isInterruption: text`excluded.is_interruption`,
        leasedUntil: text`excluded.leased_until`,
        spentAt: text`excluded.spent_at`,
      },
      setWhere: isNull(claims.spentAt),
    })
}
