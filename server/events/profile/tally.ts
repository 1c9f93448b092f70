import { PROFILE_LIMITS, type AmountTally, type Tally } from '../profile-shape.ts'
import type { Draft } from './draft.ts'

export type TallyDraft = Draft<Tally>
export type AmountDraft = Draft<AmountTally>
type Days = Record<string, number>

const DAY_MS = 86_400_000

export function dayNumber(at: number): number {
  return Math.floor(at / DAY_MS)
}

export function newTally(): TallyDraft {
  return { count: 0, firstAt: 0, lastAt: 0, recentAt: [], days: {} }
}

export function newAmounts(): AmountDraft {
  return { sum: 0, recent: [], days: {} }
}

/** `newestDay`: of the whole profile; a time that has left the window of days is counted, and not kept. */
export function addTime(tally: TallyDraft, at: number, newestDay: number): void {
  tally.firstAt = tally.count === 0 ? at : Math.min(tally.firstAt, at)
  tally.lastAt = Math.max(tally.lastAt, at)
  tally.count += 1
  keepTime(tally, at, newestDay)
}

function keepTime({ recentAt, days }: TallyDraft, at: number, newestDay: number): void {
  let place = 0
  while (place < recentAt.length && (recentAt[place] ?? 0) > at) place += 1
  recentAt.splice(place, 0, at)
  if (recentAt.length <= PROFILE_LIMITS.recentTimes) return
  const oldest = recentAt.pop()
  if (oldest !== undefined) addToDay(days, dayNumber(oldest), 1, newestDay)
}

export function addAmount(
  tally: AmountDraft,
  { at, amount }: { at: number; amount: number },
  newestDay: number,
): void {
  tally.sum += amount
  keepAmount(tally, { at, amount }, newestDay)
}

function keepAmount(
  { recent, days }: AmountDraft,
  entry: { at: number; amount: number },
  newestDay: number,
): void {
  const { at, amount } = entry
  let place = 0
  for (const other of recent) {
    if (other.at < at || (other.at === at && other.amount <= amount)) break
    place += 1
  }
  recent.splice(place, 0, entry)
  if (recent.length <= PROFILE_LIMITS.recentTimes) return
  const oldest = recent.pop()
  if (oldest !== undefined) addToDay(days, dayNumber(oldest.at), oldest.amount, newestDay)
}

/** What both counted, as if one had counted all. */
export function mergeTally(into: TallyDraft, other: Tally, newestDay: number): void {
  if (other.count === 0) return
  into.firstAt = into.count === 0 ? other.firstAt : Math.min(into.firstAt, other.firstAt)
  into.lastAt = Math.max(into.lastAt, other.lastAt)
  into.count += other.count
  mergeDays(into.days, other.days, newestDay)
  for (const at of other.recentAt) keepTime(into, at, newestDay)
}

export function mergeAmounts(into: AmountDraft, other: AmountTally, newestDay: number): void {
  into.sum += other.sum
  mergeDays(into.days, other.days, newestDay)
  for (const entry of other.recent) keepAmount(into, { ...entry }, newestDay)
}

/** Drops the days that the profile's newest event has left behind. */
export function dropOldDays(days: Days, newestDay: number): void {
  for (const day of Object.keys(days)) {
    if (Number(day) < newestDay - PROFILE_LIMITS.days) delete days[day]
  }
}

function mergeDays(into: Days, other: Readonly<Days>, newestDay: number): void {
  for (const [day, count] of Object.entries(other)) addToDay(into, Number(day), count, newestDay)
}

function addToDay(days: Days, day: number, more: number, newestDay: number): void {
  if (day < newestDay - PROFILE_LIMITS.days) return
  days[day] = (days[day] ?? 0) + more
}
