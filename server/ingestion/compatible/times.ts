/** When things happened and were sent, as a client says it: in any form and by its own clock. */
export interface SaidTimes {
  readonly happened: unknown
  readonly sent: unknown
}

const ISO = /^\d{4}-\d\d-\d\dT?[\d:., ]*(?:Z|[+-]\d\d:?\d\d)?$/i
const HAS_TIME = /\d\d:\d\d/
const HAS_ZONE = /(?:Z|[+-]\d\d:?\d\d)$/i
const DIGITS = /^\d{9,16}$/
/** Below it a number counts seconds: as milliseconds it would lie before 1974. */
const LEAST_MILLIS = 100_000_000_000
const MAX_MILLIS = 8_640_000_000_000_000

/**
 * When an event happened, by the server's clock: received − (sent − happened), as Segment defines it, so that a wrong
 * clock of the client's cancels out. Without a time of sending the client's clock is believed, without any time it is now.
 */
export function happenedAt({ happened, sent }: SaidTimes, receivedAt: number): number {
  const happenedMs = millisOf(happened)
  if (happenedMs === undefined) return receivedAt
  const sentMs = millisOf(sent)
  const at = sentMs === undefined ? happenedMs : receivedAt - (sentMs - happenedMs)
  return Math.min(MAX_MILLIS, Math.max(0, Math.round(at)))
}

/** Epoch milliseconds of an ISO text (UTC where it names no zone) or of a number; undefined for what is no time. */
export function millisOf(value: unknown): number | undefined {
  if (typeof value === 'number') return plausible(value < LEAST_MILLIS ? value * 1000 : value)
  if (typeof value !== 'string' || value.length > 40) return undefined
  const text = value.trim()
  if (DIGITS.test(text)) return millisOf(Number(text))
  if (!ISO.test(text)) return undefined
  const isZoneless = HAS_TIME.test(text) && !HAS_ZONE.test(text)
  return plausible(Date.parse(isZoneless ? `${text}Z` : text))
}

function plausible(millis: number): number | undefined {
  return millis >= 0 && millis <= MAX_MILLIS ? millis : undefined
}
