import type { StopReason } from '#protocol/experiences.ts'
import { inGroups } from '../db/padded.ts'
import type { Transaction } from '../db/transaction.ts'
import type { Subject } from '../events/service.ts'

/** What somebody did after which an experience may not be shown to them again. */
export interface Stop {
  /** Null: nobody for whom it could be noted. */
  readonly subject: Subject | null
  readonly experienceId: number
  readonly reason: StopReason
  readonly at: number
}

/** What somebody did stays what it was the first time. */
export async function insertStops({ sql, t }: Transaction, stops: readonly Stop[]): Promise<void> {
  const rows = new Map<string, typeof t.frequencyStops.$inferInsert>()
  for (const { subject, ...stop } of stops) {
    if (subject === null) continue
    const { shopId, kind, id: subjectId } = subject
    const name = `${kind} ${subjectId} ${stop.experienceId} ${stop.reason}`
    if (!rows.has(name)) rows.set(name, { ...stop, shopId, kind, subjectId })
  }
  for (const group of inGroups([...rows.values()])) {
    await sql.insert(t.frequencyStops).values(group).onConflictDoNothing()
  }
}
