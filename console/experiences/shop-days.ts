const DAY_MS = 86_400_000

/** The calendar date of an instant in the shop's zone. */
function dayOn(at: number, timeZone: string): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone }).format(at)
}

/** The same so many days before. */
export function daysAgoOn(now: number, days: number, timeZone: string): string {
  const today = Date.parse(`${dayOn(now, timeZone)}T00:00Z`)
  return new Date(today - days * DAY_MS).toISOString().slice(0, 10)
}

/** As a field for date and time shows an instant: on the shop's clock. */
export function wallTimeOf(at: number, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(at)
  const of = (type: string) => parts.find((part) => part.type === type)?.value ?? ''
  return `${of('year')}-${of('month')}-${of('day')}T${of('hour')}:${of('minute')}`
}

/** The instant at which the shop's clock shows `wall`; of two, the first. Undefined: it is no date and time. */
export function instantOf(wall: string, timeZone: string): number | undefined {
  const asIfUtc = Date.parse(`${wall}Z`)
  if (Number.isNaN(asIfUtc)) return undefined
  // Whatever the zone's distance is there, it is that of one of the days around.
  const candidates = [-DAY_MS, 0, DAY_MS].map((shift) => {
    const near = asIfUtc + shift
    return asIfUtc - (Date.parse(`${wallTimeOf(near, timeZone)}Z`) - near)
  })
  const exact = candidates.filter((at) => wallTimeOf(at, timeZone) === wall)
  // In the hour that spring leaves out there is none: the clock then shows an hour more.
  return exact.length > 0 ? Math.min(...exact) : candidates[1]
}
