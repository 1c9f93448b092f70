const MINUTE_MS = 60_000
const formats = new Map<string, Intl.DateTimeFormat>()
const instants = new Map<string, number>()

/** What the clock on the wall shows, `2026-11-27T09:30`, as the platform writes it. */
export function wallTextAt(timeZone: string, at: number): string {
  let format = formats.get(timeZone)
  if (format === undefined) {
    format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' })
    formats.set(timeZone, format)
  }
  return format.format(at).replace(' ', 'T')
}

/** Found by looking at the clock every minute for two days. */
export function firstInstantShowing(timeZone: string, wall: string): number {
  const key = `${timeZone} ${wall}`
  let at = instants.get(key)
  if (at === undefined) {
    at = Date.parse(`${wall}Z`) - 24 * 60 * MINUTE_MS
    while (wallTextAt(timeZone, at) < wall) at += MINUTE_MS
    instants.set(key, at)
  }
  return at
}
