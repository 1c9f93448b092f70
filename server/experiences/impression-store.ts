import { and, between, inArray, max, min, sql as text } from 'drizzle-orm'
import { inGroups, padded } from '../db/padded.ts'
import type { Transaction } from '../db/transaction.ts'
import type { Subject } from '../events/service.ts'
import { isOf } from './frequency-store.ts'
import { ONLY_VARIANT } from './known-experience.ts'

interface Impression {
  readonly experienceId: number
  readonly at: number
}

interface Kept extends Impression {
  /** Undefined: it is new. */
  readonly id?: number
}

const DAY_MS = 86_400_000

/**
 * Keeps the first and the last of each day, by an experience: goals are reached within whole days, so that no goal can
 * ask for one between them, and nobody's rows pile up. The transaction holds the subject.
 */
export async function insertImpressions(
  transaction: Transaction,
  subject: Subject,
  seen: readonly Impression[],
): Promise<void> {
  if (seen.length === 0) return
  const { sql, t } = transaction
  const { impressions } = t
  const days = new Map<string, Kept[]>()
  for (const one of [...(await listAround(transaction, subject, seen)), ...seen]) {
    const name = `${one.experienceId} ${dayOf(one.at)}`
    days.set(name, [...(days.get(name) ?? []), one])
  }
  const { shopId, kind, id: subjectId } = subject
  const gone: number[] = []
  const rows: (typeof impressions.$inferInsert)[] = []
  for (const ofDay of days.values()) {
    const ends = endsOf(ofDay)
    for (const one of ofDay) {
      if (one.id !== undefined && !ends.includes(one)) gone.push(one.id)
    }
    for (const { id, experienceId, at } of ends) {
      if (id !== undefined) continue
      rows.push({ shopId, kind, subjectId, experienceId, variantId: ONLY_VARIANT, at })
    }
  }
  if (gone.length > 0) {
    await sql
      .delete(impressions)
      .where(and(isOf(impressions, subject), inArray(impressions.id, padded(gone))))
  }
  for (const group of inGroups(rows)) await sql.insert(impressions).values(group)
}

function dayOf(at: number): number {
  return Math.floor(at / DAY_MS)
}

/** Of those at one moment, the one that is kept already, which comes first. */
function endsOf(ofDay: readonly Kept[]): readonly Kept[] {
  const sorted = ofDay.toSorted((a, b) => a.at - b.at)
  const [first] = sorted
  const last = sorted.find(({ at }) => at === sorted.at(-1)?.at)
  if (first === undefined || last === undefined) return []
  return first === last ? [first] : [first, last]
}

async function listAround(
  { sql, t: { impressions } }: Transaction,
  subject: Subject,
  seen: readonly Impression[],
): Promise<Kept[]> {
  const days = seen.map(({ at }) => dayOf(at))
  const ids = [...new Set(seen.map(({ experienceId }) => experienceId))]
  const { id, experienceId, at } = impressions
  return sql
    .select({ id, experienceId, at })
    .from(impressions)
    .where(
      and(
        isOf(impressions, subject),
        between(at, Math.min(...days) * DAY_MS, (Math.max(...days) + 1) * DAY_MS - 1),
        inArray(experienceId, padded(ids)),
      ),
    )
}

/** When somebody saw each experience within a span: the first and the last time of each day, by its row. */
export async function timesSeen(
  { sql, t: { impressions } }: Transaction,
  subject: Subject,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<ReadonlyMap<number, readonly number[]>> {
  const { experienceId, at } = impressions
  const rows = await sql
    .select({ experienceId, first: min(at), last: max(at) })
    .from(impressions)
    .where(and(isOf(impressions, subject), between(at, from, to)))
    .groupBy(experienceId, text`${at} / ${text.raw(String(DAY_MS))}`)
  const times = new Map<number, number[]>()
  for (const { first, last, ...row } of rows) {
    const known = times.get(row.experienceId) ?? []
    times.set(row.experienceId, known)
    if (first !== null) known.push(first)
    if (last !== null) known.push(last)
  }
  return times
}
