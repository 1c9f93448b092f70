import { WEEKDAYS, type LeafOf } from '#protocol/leaf.ts'
import type { FactKey } from '../../events/service.ts'
import type { Reading, Whose } from '../reading.ts'
import { instantOf, nextTimeOfDay, timeOfDay, weekdayOf, type WallTime } from '../wall-clock.ts'
import type { CompiledLeaf } from './compiled-leaf.ts'

const MINUTE_MS = 60_000
/** Visitors name their zones. */
const MAX_ZONES = 500

interface Span {
  readonly from: number
  readonly to: number
}

/** Judged by instants, so that a clock put back does not open or close it a second time. */
export function compileDate(leaf: LeafOf<'date'>): CompiledLeaf {
  const { zone } = leaf
  const spans = new Map<string, Span | undefined>()
  const spanIn = (name: string) => {
    if (spans.has(name)) return spans.get(name)
    if (spans.size >= MAX_ZONES) spans.clear()
    const span = spanOf(name, leaf)
    spans.set(name, span)
    return span
  }
  const spanFor = (reading: Reading) => {
    const name = reading.zone(zone)
    return name === undefined ? undefined : spanIn(name)
  }
  return {
    reads: readsOf(zone),
    seen: (reading) => shown(reading, zone),
    holds(reading) {
      const span = spanFor(reading)
      return span !== undefined && reading.now >= span.from && reading.now < span.to
    },
    nextChangeAt(reading) {
      const span = spanFor(reading)
      return span && [span.from, span.to].find((at) => at > reading.now && Number.isFinite(at))
    },
  }
}

function spanOf(zone: string, { from, to }: Pick<LeafOf<'date'>, 'from' | 'to'>): Span | undefined {
  const start = from === undefined ? Number.NEGATIVE_INFINITY : instantOf(zone, wallTimeIn(from))
  const end = to === undefined ? Number.POSITIVE_INFINITY : instantOf(zone, wallTimeIn(to))
  return start === undefined || end === undefined ? undefined : { from: start, to: end }
}

function wallTimeIn(text: string): WallTime {
  return Date.parse(`${text}Z`)
}

export function compileWeekday({ zone, days }: LeafOf<'weekday'>): CompiledLeaf {
  const wanted = new Set(days.map((day) => WEEKDAYS.indexOf(day)))
  return {
    reads: readsOf(zone),
    seen: (reading) => shown(reading, zone),
    holds(reading) {
      const wall = reading.wallTime(zone)
      return wall !== undefined && wanted.has(weekdayOf(wall))
    },
    nextChangeAt: (reading) => nextOf(reading, zone, [0]),
  }
}

export function compileHour({ zone, from, to }: LeafOf<'hour'>): CompiledLeaf {
  const [start, end] = [sinceMidnight(from), sinceMidnight(to)]
  const isInside = (time: number) =>
    start < end ? time >= start && time < end : time >= start || time < end
  return {
    reads: readsOf(zone),
    seen: (reading) => shown(reading, zone),
    holds(reading) {
      const wall = reading.wallTime(zone)
      return wall !== undefined && isInside(timeOfDay(wall))
    },
    nextChangeAt: (reading) => nextOf(reading, zone, [start, end]),
  }
}

function readsOf(whose: Whose): readonly FactKey[] {
  return whose === 'visitor' ? ['device'] : []
}

function nextOf(reading: Reading, whose: Whose, times: readonly number[]): number | undefined {
  const zone = reading.zone(whose)
  return zone === undefined ? undefined : nextTimeOfDay(zone, reading.now, times)
}

/** What the clock on the wall shows, without a zone: `2026-11-27T09:30`. */
function shown(reading: Reading, whose: Whose): string | undefined {
  const wall = reading.wallTime(whose)
  return wall === undefined ? undefined : new Date(wall).toISOString().slice(0, 16)
}

function sinceMidnight(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  return (hours * 60 + minutes) * MINUTE_MS
}
