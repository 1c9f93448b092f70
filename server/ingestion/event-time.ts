export interface ClientTimes {
  /** The client's wall clock when it happened. */
  readonly at: number
  readonly ageMs: number
  /** The client's wall clock when it was sent. */
  readonly sentAt: number
}

export interface EventTime {
  readonly at: number
  /** It claimed to lie over a day in the future. */
  readonly isFuture: boolean
}

/** Below it a client's clock is taken at its word: networks and queues cost that much as well. */
const TOLERANCE_MS = 30_000
const DAY_MS = 86_400_000

/** Whether `clockOffset` makes a difference to a time when `least` was the least so far. */
export function mattersToTimes(clockOffset: number, least: number): boolean {
  if (clockOffset >= least) return false
  return Math.abs(clockOffset) > TOLERANCE_MS || Math.abs(least) > TOLERANCE_MS
}

/**
 * When an event happened, by the server's clock (epoch ms). `clockOffset` is the least (received − sent) seen in the
 * session. Where the wall clock was changed between event and sending, the monotonic age knows better.
 */
export function eventTime(
  { at, ageMs, sentAt }: ClientTimes,
  clockOffset: number,
  receivedAt: number,
): EventTime {
  const correction = Math.abs(clockOffset) > TOLERANCE_MS ? clockOffset : 0
  const byAge = sentAt - ageMs
  const happenedAt = Math.abs(at - byAge) > TOLERANCE_MS ? byAge : at
  const corrected = Math.max(0, happenedAt + correction)
  const isFuture = at + correction > receivedAt + DAY_MS
  return { at: isFuture ? Math.min(corrected, receivedAt) : corrected, isFuture }
}
