/** The days that are looked at: so many until today, or from one to another. */
export type ShownDays =
  | { readonly kind: 'last'; readonly days: LastDays }
  | { readonly kind: 'dates'; readonly from: string; readonly to: string }

export const LAST_DAYS = [1, 7, 28, 90] as const
export type LastDays = (typeof LAST_DAYS)[number]

const DATE = /^\d{4}-\d\d-\d\d$/
const DAY_MS = 86_400_000

/** What the address says; the last 28 days where it says nothing, or nonsense. */
export function shownDays(query: URLSearchParams): ShownDays {
  const from = query.get('from') ?? ''
  const to = query.get('to') ?? ''
  if (DATE.test(from) && DATE.test(to) && from <= to) return { kind: 'dates', from, to }
  const days = LAST_DAYS.find((known) => String(known) === query.get('days'))
  return { kind: 'last', days: days ?? 28 }
}

/** The address of the page for these days. */
export function addressOf(path: string, shown: ShownDays): string {
  if (shown.kind === 'dates') return `${path}?from=${shown.from}&to=${shown.to}`
  return shown.days === 28 ? path : `${path}?days=${shown.days}`
}

/** The first and the last of them, by the clock of the shop. */
export function datesOf(
  shown: ShownDays,
  { timeZone, now }: { readonly timeZone: string; readonly now: number },
): { readonly from: string; readonly to: string } {
  if (shown.kind === 'dates') return shown
  const to = todayIn(timeZone, now)
  const first = Date.parse(`${to}T00:00Z`) - (shown.days - 1) * DAY_MS
  return { from: new Date(first).toISOString().slice(0, 10), to }
}

/** `2026-11-22`. */
export function todayIn(timeZone: string, now: number): string {
  // Sweden writes dates as ISO does.
  return new Intl.DateTimeFormat('sv', { timeZone, dateStyle: 'short' }).format(now)
}

/** Since when the shop has its sessions; undefined: it keeps them all. As the server reckons by night. */
export function keptSince(months: number | null, now: number): number | undefined {
  if (months === null) return undefined
  const at = new Date(now)
  at.setUTCMonth(at.getUTCMonth() - months)
  return at.getTime()
}
