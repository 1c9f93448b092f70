import { HOURS_DAYS, type BusinessHours } from '#protocol/chat-channels.ts'

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000
/** Who opens less often has no hours worth telling. */
const LOOKED_AHEAD_DAYS = 15

/** Whether somebody should be there, by the clock of the hours' zone. No hours: always. */
export function isOpenAt(hours: BusinessHours | null, at: number): boolean {
  if (hours === null) return true
  const { spans, time } = wallOf(hours, at)
  return spans.some(({ from, to }) => from <= time && time < to)
}

/** The next minute (epoch ms) from which it is open; null: it is, or is not within two weeks. */
export function opensAt(hours: BusinessHours | null, at: number): number | null {
  if (hours === null || isOpenAt(hours, at)) return null
  const minute = Math.ceil(at / MINUTE_MS) * MINUTE_MS
  for (let day = 0; day <= LOOKED_AHEAD_DAYS; day += 1) {
    const found = opensOn(hours, minute + day * DAY_MS, minute)
    if (found !== undefined) return found
  }
  return null
}

/** By quarters of the day rather than by arithmetic on wall times, which do not exist or exist twice on some days. */
function opensOn(hours: BusinessHours, within: number, from: number): number | undefined {
  const { spans, time } = wallOf(hours, within)
  const midnight = within - minutesOf(time) * MINUTE_MS
  const starts = spans.map((span) => midnight + minutesOf(span.from) * MINUTE_MS)
  // Two hours to either side, where the clock was changed that day.
  const shifts = [0, -60, 60, -30, 30].map((minutes) => minutes * MINUTE_MS)
  const candidates = starts.flatMap((start) => shifts.map((shift) => start + shift))
  return candidates
    .filter((at) => at >= from && isOpenAt(hours, at) && !isOpenAt(hours, at - MINUTE_MS))
    .toSorted((one, other) => one - other)[0]
}

function wallOf({ timeZone, week, exceptions }: BusinessHours, at: number) {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    weekday: 'short',
  }).formatToParts(at)
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? ''
  const on = `${part('year')}-${part('month')}-${part('day')}`
  const weekday = part('weekday').toLowerCase().slice(0, 3)
  const day = HOURS_DAYS.find((one) => one === weekday) ?? 'mon'
  const exception = exceptions.find((one) => one.on === on)
  return { spans: exception?.spans ?? week[day], time: `${part('hour')}:${part('minute')}` }
}

function minutesOf(time: string): number {
  const [hours = '0', minutes = '0'] = time.split(':')
  return Number(hours) * 60 + Number(minutes)
}
