import type { FrequencyPeriod } from '#protocol/experiences.ts'
import { instantOf, wallTimeAt, weekdayOf } from '../targeting/service.ts'

const DAY_MS = 86_400_000

/** The shop's clock. */
export interface ShopTime {
  readonly timeZone: string
  readonly now: number
}

/** Calendar date in the shop's time zone: `2026-11-27`. */
export function dayOn({ timeZone, now }: ShopTime): string {
  return dateOf(wallTimeAt(timeZone, now) ?? now)
}

/** What a period of the calendar, or the one that never ends, is called; undefined for those of a session or page view. */
export function calendarPeriod(per: FrequencyPeriod, time: ShopTime): string | undefined {
  if (per === 'ever') return 'ever'
  const span = spanOf(per, time)
  if (span === undefined) return undefined
  const date = dateOf(span.from)
  return `${per} ${per === 'month' ? date.slice(0, 7) : date}`
}

/** When the next period begins, epoch ms; undefined where the calendar does not tell. */
export function periodEndsAt(per: FrequencyPeriod, time: ShopTime): number | undefined {
  const span = spanOf(per, time)
  return span && (instantOf(time.timeZone, span.to) ?? span.to)
}

/** By the clock on the shop's wall, so that a day of 23 or 25 hours is one day. */
function spanOf(per: FrequencyPeriod, { timeZone, now }: ShopTime) {
  const wall = wallTimeAt(timeZone, now) ?? now
  const midnight = Math.floor(wall / DAY_MS) * DAY_MS
  if (per === 'day') return { from: midnight, to: midnight + DAY_MS }
  if (per === 'week') {
    const monday = midnight - weekdayOf(wall) * DAY_MS
    return { from: monday, to: monday + 7 * DAY_MS }
  }
  if (per !== 'month') return undefined
  const date = new Date(wall)
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()]
  return { from: Date.UTC(year, month, 1), to: Date.UTC(year, month + 1, 1) }
}

function dateOf(wall: number): string {
  return new Date(wall).toISOString().slice(0, 10)
}
