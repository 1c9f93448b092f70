/** How far back a list of orders goes; empty: to the first. */
export const SPANS = ['', 'day', 'week', 'month', 'quarter'] as const
export type Span = (typeof SPANS)[number]

const DAYS: Readonly<Record<Exclude<Span, ''>, number>> = {
  day: 1,
  week: 7,
  month: 30,
  quarter: 90,
}
const DAY_MS = 86_400_000

export function spanIn(text: string): Span {
  return SPANS.find((span) => span === text) ?? ''
}

/** What to ask the server for. */
export function spanOf(span: Span, now: number): { readonly from: string } {
  return { from: span === '' ? '' : String(now - DAYS[span] * DAY_MS) }
}
