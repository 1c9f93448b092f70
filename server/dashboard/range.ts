import type { FigureStep } from '#protocol/figures.ts'
import { Refusal } from '../core/errors.ts'
import { instantOf, wallTimeAt, weekdayOf, type WallTime } from '../targeting/service.ts'

/** Epoch ms; `end` itself is not in it. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** Some days of a shop, and as many just before. */
export interface Range {
  readonly from: string
  readonly to: string
  readonly step: FigureStep
  readonly now: Span
  readonly before: Span
  /** Of `now` and `before`, one after the other without a gap. */
  readonly points: readonly Span[]
  readonly pointsBefore: readonly Span[]
}

interface Asked {
  readonly from?: string | undefined
  readonly to?: string | undefined
  readonly step?: FigureStep | undefined
}

const DAY_MS = 86_400_000
/** On which days begin and end in every zone, and so sums do. */
const QUARTER_MS = 900_000
const USUAL_DAYS = 28
const MAX_DAYS = 732
const MAX_POINTS = 400

/** By the shop's clock, around whose changes days have 23 or 25 hours. Without dates: the last 28 days, today included. */
export function rangeOf(asked: Asked, timeZone: string, now: number): Range {
  const today = dayOf(wallTimeAt(timeZone, now) ?? now)
  const last = asked.to === undefined ? today : midnightOf('to', asked.to)
  const first =
    asked.from === undefined ? last - (USUAL_DAYS - 1) * DAY_MS : midnightOf('from', asked.from)
  if (first > last) throw new Refusal('bad_request', 'from must not be after to')
  const days = (last - first) / DAY_MS + 1
  if (days > MAX_DAYS) throw new Refusal('bad_request', `At most ${MAX_DAYS} days at once`)
  const step = asked.step ?? usualStep(days)
  const length = days * DAY_MS
  const at = (wall: WallTime) => instantOf(timeZone, wall) ?? wall
  const span = { start: at(first), end: at(last + DAY_MS) }
  const beforeSpan = { start: at(first - length), end: span.start }
  const points = pointsOf({ from: first, to: last + DAY_MS, step }, at)
  if (points.length > MAX_POINTS) {
    throw new Refusal('bad_request', `step: at most ${MAX_POINTS} points; take a longer step`)
  }
  return {
    from: dateOf(first),
    to: dateOf(last),
    step,
    now: span,
    before: { ...beforeSpan, end: comparableEnd(span, beforeSpan, now) },
    points,
    pointsBefore: pointsOf({ from: first - length, to: first, step }, at),
  }
}

/** Half of today is compared with half of yesterday. */
function comparableEnd({ start, end }: Span, before: Span, now: number): number {
  const isOver = now >= end || now <= start
  if (isOver) return before.end
  const elapsed = now - start
  return Math.min(before.end, before.start + elapsed - (elapsed % QUARTER_MS))
}

function usualStep(days: number): FigureStep {
  if (days <= 2) return 'hour'
  if (days <= 92) return 'day'
  return days <= 400 ? 'week' : 'month'
}

/** A first and a last one may be shorter: a week of which only some days were asked for. */
function pointsOf(
  { from, to, step }: { from: WallTime; to: WallTime; step: FigureStep },
  at: (wall: WallTime) => number,
): Span[] {
  const points: Span[] = []
  if (step === 'hour') {
    // Hours are no matter of the wall: at a change of clocks one is there twice, or not at all.
    const end = at(to)
    for (let start = at(from); start < end; start += 3_600_000) {
      points.push({ start, end: Math.min(end, start + 3_600_000) })
    }
    return points
  }
  for (let wall = from; wall < to;) {
    const next = Math.min(to, nextStart(wall, step))
    points.push({ start: at(wall), end: at(next) })
    wall = next
  }
  return points
}

function nextStart(wall: WallTime, step: Exclude<FigureStep, 'hour'>): WallTime {
  if (step === 'day') return wall + DAY_MS
  if (step === 'week') return wall + (7 - weekdayOf(wall)) * DAY_MS
  const date = new Date(wall)
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1)
}

function dayOf(wall: WallTime): WallTime {
  return Math.floor(wall / DAY_MS) * DAY_MS
}

function dateOf(wall: WallTime): string {
  return new Date(wall).toISOString().slice(0, 10)
}

function midnightOf(name: string, date: string): WallTime {
  const at = /^\d{4}-\d\d-\d\d$/.test(date) ? Date.parse(`${date}T00:00Z`) : Number.NaN
  if (!Number.isNaN(at) && new Date(at).toISOString().startsWith(date)) return at
  throw new Refusal('bad_request', `${name}: a date, 2026-11-27`)
}
