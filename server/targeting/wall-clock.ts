/** What the clock on the wall shows in a zone: ms since 1970-01-01T00:00 on that wall. */
export type WallTime = number

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000
/** Every zone changes its offset on a quarter of an hour. */
const SLOT_MS = 15 * MINUTE_MS
/** Visitors name their zone; a formatter holds some kilobytes. */
const MAX_ZONES = 200

interface Zone {
  readonly format: Intl.DateTimeFormat | undefined
  slot: number
  offset: number
}

const zones = new Map<string, Zone>()

/** Undefined for a zone that is none. */
export function wallTimeAt(zone: string, at: number): WallTime | undefined {
  const offset = offsetAt(zone, at)
  return offset === undefined ? undefined : at + offset
}

/** 0 is Monday. */
export function weekdayOf(wall: WallTime): number {
  const days = Math.floor(wall / DAY_MS)
  return (((days + 3) % 7) + 7) % 7
}

/** Since midnight. */
export function timeOfDay(wall: WallTime): number {
  return ((wall % DAY_MS) + DAY_MS) % DAY_MS
}

/**
 * The first instant at which the clock in `zone` shows `wall`; where it jumps over that time, the instant of the jump;
 * where it shows it twice, the first.
 */
export function instantOf(zone: string, wall: WallTime): number | undefined {
  const before = offsetAt(zone, wall - DAY_MS)
  const after = offsetAt(zone, wall + DAY_MS)
  if (before === undefined || after === undefined) return undefined
  const [early, late] = [wall - Math.max(before, after), wall - Math.min(before, after)]
  if (wallTimeAt(zone, early) === wall) return early
  return wallTimeAt(zone, late) === wall ? late : jumpBetween(zone, early, late)
}

/**
 * When the clock in `zone` next shows one of `times` (ms since midnight) or is put forward or back, whichever is first.
 * Undefined for a zone that is none.
 */
export function nextTimeOfDay(
  zone: string,
  now: number,
  times: readonly number[],
): number | undefined {
  const wall = wallTimeAt(zone, now)
  if (wall === undefined) return undefined
  const waits = times.map((time) => timeOfDay(time - timeOfDay(wall)) || DAY_MS)
  const then = now + Math.min(...waits)
  return offsetAt(zone, then) === wall - now ? then : jumpBetween(zone, now, then)
}

/** The instant after `from`, at most `to`, at which the offset is no longer that of `from`. */
function jumpBetween(zone: string, from: number, to: number): number {
  const offset = offsetAt(zone, from)
  let [same, other] = [from, to]
  while (other - same > 1) {
    const middle = Math.floor((same + other) / 2)
    if (offsetAt(zone, middle) === offset) same = middle
    else other = middle
  }
  return other
}

function offsetAt(zone: string, at: number): number | undefined {
  const known = zones.get(zone) ?? openZone(zone)
  if (known.format === undefined) return undefined
  const slot = Math.floor(at / SLOT_MS)
  if (slot !== known.slot) {
    known.offset = measuredOffset(known.format, slot * SLOT_MS)
    known.slot = slot
  }
  return known.offset
}

function openZone(name: string): Zone {
  if (zones.size >= MAX_ZONES)
    for (const oldest of [...zones.keys()].slice(0, 1)) zones.delete(oldest)
  const zone = { format: formatOf(name), slot: Number.NaN, offset: 0 }
  zones.set(name, zone)
  return zone
}

function formatOf(timeZone: string): Intl.DateTimeFormat | undefined {
  try {
    return new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      calendar: 'gregory',
      era: 'short',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
  } catch {
    // Intl tells by throwing that a zone is unknown to it; the visitor then has none.
    return undefined
  }
}

function measuredOffset(format: Intl.DateTimeFormat, at: number): number {
  const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]))
  const part = (name: Intl.DateTimeFormatPartTypes) => parts.get(name) ?? 0
  const wall = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  )
  return wall - at
}
