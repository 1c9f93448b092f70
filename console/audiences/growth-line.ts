import type { AudienceGrowth } from '#protocol/audiences.ts'

type Days = AudienceGrowth['days']

export interface Point {
  readonly x: number
  readonly y: number
}

/**
 * Points of a line in a box of that size, by the days between; from 0 at the bottom, so that a small change looks
 * small. One day alone is a level line.
 */
export function growthLine(days: Days, width: number, height: number): readonly Point[] {
  const [first] = days
  const last = days.at(-1)
  if (first === undefined || last === undefined) return []
  const most = Math.max(1, ...days.map(({ members }) => members))
  const span = dayOf(last.on) - dayOf(first.on)
  const yOf = (members: number) => round(height - (members / most) * height)
  if (span === 0) return [0, width].map((x) => ({ x, y: yOf(last.members) }))
  return days.map(({ on, members }) => ({
    x: round(((dayOf(on) - dayOf(first.on)) / span) * width),
    y: yOf(members),
  }))
}

/** By how many it grew (or shrank) from the first day to the last; undefined where there is but one. */
export function grownBy(days: Days): number | undefined {
  const [first] = days
  const last = days.at(-1)
  if (first === undefined || last === undefined || days.length < 2) return undefined
  return last.members - first.members
}

const DAY_MS = 86_400_000

function dayOf(on: string): number {
  return Date.parse(on) / DAY_MS
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
