import type { Replay } from '#protocol/webhooks.ts'

const HOUR_MS = 3_600_000
const SPANS_MS = { hour: HOUR_MS, day: 24 * HOUR_MS, week: 168 * HOUR_MS, month: 720 * HOUR_MS }

/** How far back is told again. What was told is kept for 30 days. */
export const SPAN_NAMES = ['hour', 'day', 'week', 'month'] as const
export type Span = (typeof SPAN_NAMES)[number]

export function replayOf(span: Span, now: number): Replay {
  return { from: now - SPANS_MS[span], to: now }
}
