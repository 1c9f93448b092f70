/** The calendar day of an instant by the clock of a time zone: `2026-11-23`. */
export function shopDay(at: number, timeZone: string): string {
  // Sweden writes dates as ISO 8601 does.
  return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(at)
}
