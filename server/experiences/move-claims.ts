import { and, inArray } from 'drizzle-orm'
import { inGroups, padded } from '../db/padded.ts'
import type { Transaction } from '../db/transaction.ts'
import type { Subject } from '../events/service.ts'
import { isOf, sessionPeriod } from './frequency-store.ts'
import type { Running } from './known-experience.ts'

export interface Move {
  readonly from: Subject
  readonly into: Subject
  /** Rows of sessions of `from`, by those that they turned out to be. */
  readonly sessions?: ReadonlyMap<number, number>
}

/**
 * Somebody turned out to be somebody else: what they were shown, what they did about it and what they are just being
 * shown goes along. The transaction holds both.
 */
export async function moveSubject(
  transaction: Transaction,
  running: Running,
  move: Move,
  now: number,
): Promise<void> {
  const { from, into } = move
  if (from.kind === into.kind && from.id === into.id) return
  await moveClaims(transaction, running, move, now)
  const { sql, t } = transaction
  const { kind, id: subjectId } = into
  const stops = await sql.select().from(t.frequencyStops).where(isOf(t.frequencyStops, from))
  for (const rows of inGroups(stops.map((stop) => ({ ...stop, kind, subjectId })))) {
    await sql.insert(t.frequencyStops).values(rows).onConflictDoNothing()
  }
  if (stops.length > 0) await sql.delete(t.frequencyStops).where(isOf(t.frequencyStops, from))
  await sql.update(t.impressions).set({ kind, subjectId }).where(isOf(t.impressions, from))
}

type ClaimRow = Transaction['t']['frequencyClaims']['$inferSelect']

/**
 * Both may have taken the same number: they are numbered anew, no more than there are: of what was seen the newest, from which others
 * keep their distance, before what is only about to be.
 */
async function moveClaims(
  { sql, t }: Transaction,
  { byId }: Running,
  { from, into, sessions }: Move,
  now: number,
): Promise<void> {
  const { frequencyClaims: claims } = t
  const found = await sql.select().from(claims).where(isOf(claims, from))
  if (found.length === 0) return
  const moved = found.map((row) => inKeptSession(row, sessions))
  await sql.delete(claims).where(isOf(claims, from))
  const known = await claimsOf({ sql, t }, into, moved)
  const { kind, id: subjectId } = into
  const rows = [...groupsOf([...known, ...moved]).values()].flatMap((group) => {
    const times = byId.get(String(group[0]?.experienceId))?.frequency.times
    return group
      .filter(({ spentAt, leasedUntil }) => spentAt !== null || leasedUntil > now)
      .toSorted((a, b) => (b.spentAt ?? -Infinity) - (a.spentAt ?? -Infinity) || 0)
      .slice(0, times)
      .map((row, number) => ({ ...row, kind, subjectId, number }))
  })
  await deleteClaims({ sql, t }, into, moved)
  for (const group of inGroups(rows)) await sql.insert(claims).values(group)
}

function inKeptSession(row: ClaimRow, sessions: Move['sessions']): ClaimRow {
  const lost = row.sessionRow
  const kept = lost === null ? undefined : sessions?.get(lost)
  if (lost === null || kept === undefined) return row
  const period = row.period === sessionPeriod(lost) ? sessionPeriod(kept) : row.period
  return { ...row, sessionRow: kept, period }
}

/** Those of the experiences that `moved` is about. */
function claimsOf({ sql, t }: Pick<Transaction, 'sql' | 't'>, into: Subject, moved: ClaimRow[]) {
  const { frequencyClaims: claims } = t
  return sql
    .select()
    .from(claims)
    .where(isAbout(claims, into, moved))
}

async function deleteClaims(
  { sql, t }: Pick<Transaction, 'sql' | 't'>,
  into: Subject,
  moved: ClaimRow[],
): Promise<void> {
  await sql.delete(t.frequencyClaims).where(isAbout(t.frequencyClaims, into, moved))
}

function isAbout(
  claims: Transaction['t']['frequencyClaims'],
  into: Subject,
  moved: readonly ClaimRow[],
) {
  const ids = [...new Set(moved.map(({ experienceId }) => experienceId))]
  return and(isOf(claims, into), inArray(claims.experienceId, padded(ids)))
}

function groupsOf(rows: readonly ClaimRow[]): Map<string, ClaimRow[]> {
  const groups = new Map<string, ClaimRow[]>()
  for (const row of rows) {
    const name = `${row.experienceId} ${row.period}`
    groups.set(name, [...(groups.get(name) ?? []), row])
  }
  return groups
}
