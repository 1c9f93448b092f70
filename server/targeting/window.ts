import type { AmountTally, Tally } from '../events/service.ts'

const DAY_MS = 86_400_000

/** Something counted in a window, and when it leaves. */
export interface Leaving {
  readonly at: number
  readonly weight: number
}

/** How many times lie after `since`. What is known by its day alone counts until the day, or a newer time, has left. */
export function countSince(tally: Tally, since: number): number {
  const { count, firstAt, lastAt, recentAt, days } = tally
  if (firstAt > since) return count
  if (lastAt <= since) return 0
  const inside = recentAt.findIndex((at) => at <= since)
  return inside >= 0 ? inside : recentAt.length + inDaysSince(days, since)
}

/** The sum of the amounts after `since`, by the same rules. */
export function sumSince({ recent, days }: AmountTally, since: number): number {
  let sum = 0
  for (const { at, amount } of recent) {
    if (at <= since) return sum
    sum += amount
  }
  return sum + inDaysSince(days, since)
}

/** What `countSince` counts in a window of `span`, each with the instant at which it no longer does. */
export function timesLeaving(tally: Tally, span: number, now: number): readonly Leaving[] {
  const recent = tally.recentAt.map((at) => ({ at: at + span, weight: 1 }))
  return [...recent, ...daysLeaving(tally.days, span, tally.recentAt.at(-1))].filter(
    ({ at }) => at > now,
  )
}

/** What `sumSince` sums in a window of `span`, each with the instant at which it no longer does. */
export function amountsLeaving(
  { recent, days }: AmountTally,
  span: number,
  now: number,
): readonly Leaving[] {
  const newest = recent.map(({ at, amount }) => ({ at: at + span, weight: amount }))
  return [...newest, ...daysLeaving(days, span, recent.at(-1)?.at)].filter(({ at }) => at > now)
}

function inDaysSince(days: Readonly<Record<string, number>>, since: number): number {
  let sum = 0
  for (const [day, weight] of Object.entries(days)) {
    if (endOf(day) > since) sum += weight
  }
  return sum
}

/** All in `days` is older than `oldestKept`. */
function daysLeaving(
  days: Readonly<Record<string, number>>,
  span: number,
  oldestKept: number | undefined = Number.POSITIVE_INFINITY,
): readonly Leaving[] {
  return Object.entries(days).map(([day, weight]) => ({
    at: Math.min(endOf(day), oldestKept) + span,
    weight,
  }))
}

function endOf(day: string): number {
  return (Number(day) + 1) * DAY_MS
}

/**
 * The first instant at which `holds` changes its mind about `total` as parts leave; undefined if it never does.
 */
export function nextFlip(
  total: number,
  leaving: readonly Leaving[],
  holds: (total: number) => boolean,
): number | undefined {
  const before = holds(total)
  const order = leaving.toSorted((a, b) => a.at - b.at)
  let left = total
  for (const [index, { at, weight }] of order.entries()) {
    left -= weight
    // Those that leave at one instant leave together.
    if (order[index + 1]?.at !== at && holds(left) !== before) return at
  }
  return undefined
}
