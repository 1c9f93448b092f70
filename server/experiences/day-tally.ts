import { sql as text } from 'drizzle-orm'
import { inGroups } from '../db/padded.ts'
import type { Transaction } from '../db/transaction.ts'
import { dayOn } from './periods.ts'
import { ONLY_VARIANT, type KnownExperience } from './known-experience.ts'

export type Figure = 'impressions' | 'clicks' | 'closes' | 'submissions' | 'conversions'

/** Adds up figures of a commit by the shop's days. */
export interface Tally {
  readonly add: (experience: Pick<KnownExperience, 'id'>, at: number, figure: Figure) => void
  readonly write: (transaction: Transaction, shopId: number) => Promise<void>
}

interface DayFigures extends Record<Figure, number> {
  readonly experienceId: number
  readonly dayOn: string
}

export function createTally(timeZone: string): Tally {
  const days = new Map<string, DayFigures>()
  return {
    add({ id }, at, figure) {
      const day = dayOn({ timeZone, now: at })
      const name = `${id} ${day}`
      const figures = days.get(name) ?? { ...NONE, experienceId: id, dayOn: day }
      days.set(name, figures)
      figures[figure] += 1
    },
    async write(transaction, shopId) {
      // In one order on every node, so that two of them seldom wait for one another.
      const rows = [...days.values()].toSorted(
        (a, b) => a.experienceId - b.experienceId || (a.dayOn < b.dayOn ? -1 : 1),
      )
      for (const group of inGroups(rows)) await addDays(transaction, shopId, group)
    },
  }
}

const NONE = { impressions: 0, clicks: 0, closes: 0, submissions: 0, conversions: 0 }

async function addDays(
  { sql, t: { experienceDays: days } }: Transaction,
  shopId: number,
  figures: readonly DayFigures[],
): Promise<void> {
  await sql
    .insert(days)
    .values(figures.map((row) => ({ ...row, shopId, variantId: ONLY_VARIANT })))
    .onConflictDoUpdate({
      target: [days.shopId, days.experienceId, days.variantId, days.dayOn],
      set: {
        impressions: text`${days.impressions} + excluded.impressions`,
        clicks: text`${days.clicks} + excluded.clicks`,
        closes: text`${days.closes} + excluded.closes`,
        submissions: text`${days.submissions} + excluded.submissions`,
        conversions: text`${days.conversions} + excluded.conversions`,
      },
    })
}
