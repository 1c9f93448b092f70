import type { AmountTally, Tally } from '../profile-shape.ts'
import type { AmountDraft, TallyDraft } from './tally.ts'

/** Count, first and last time, number of recent times, those, days with their counts. */
export type PackedTally = readonly number[]

/** Currency, sum, number of recent amounts, those with their times, days with their sums. */
export type PackedAmounts = readonly [currency: string, ...numbers: number[]]

/** What times and days of a document are counted back from: few digits are left of them. */
export interface Since {
  readonly lastAt: number
  readonly newestDay: number
}

export function packTally(tally: Tally, { lastAt, newestDay }: Since): PackedTally {
  const { recentAt, days } = tally
  const packed = [tally.count, lastAt - tally.firstAt, lastAt - tally.lastAt, recentAt.length]
  let before = lastAt
  for (const at of recentAt) {
    packed.push(before - at)
    before = at
  }
  packDays(packed, days, newestDay)
  return packed
}

export function unpackTally(packed: PackedTally, { lastAt, newestDay }: Since): TallyDraft {
  const [count = 0, first = 0, last = 0, recent = 0] = packed
  const recentAt: number[] = []
  let at = lastAt
  for (let i = 4; i < 4 + recent; i += 1) {
    at -= packed[i] ?? 0
    recentAt.push(at)
  }
  const days = unpackDays(packed, 4 + recent, newestDay)
  return { count, firstAt: lastAt - first, lastAt: lastAt - last, recentAt, days }
}

export function packAmounts(
  currency: string,
  { sum, recent, days }: AmountTally,
  { lastAt, newestDay }: Since,
): PackedAmounts {
  const numbers = [sum, recent.length]
  let before = lastAt
  for (const { at, amount } of recent) {
    numbers.push(before - at, amount)
    before = at
  }
  packDays(numbers, days, newestDay)
  return [currency, ...numbers]
}

export function unpackAmounts(
  [, sum = 0, length = 0, ...numbers]: PackedAmounts,
  { lastAt, newestDay }: Since,
): AmountDraft {
  const recent: AmountDraft['recent'] = []
  let at = lastAt
  for (let i = 0; i < 2 * length; i += 2) {
    at -= numbers[i] ?? 0
    recent.push({ at, amount: numbers[i + 1] ?? 0 })
  }
  return { sum, recent, days: unpackDays(numbers, 2 * length, newestDay) }
}

function packDays(packed: number[], days: Tally['days'], newestDay: number): void {
  for (const [day, count] of Object.entries(days)) packed.push(newestDay - Number(day), count)
}

function unpackDays(packed: readonly number[], from: number, newestDay: number) {
  const days: Record<string, number> = {}
  for (let i = from; i + 1 < packed.length; i += 2) {
    days[newestDay - (packed[i] ?? 0)] = packed[i + 1] ?? 0
  }
  return days
}
