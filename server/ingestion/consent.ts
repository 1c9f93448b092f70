import type { Consent } from '#protocol/events.ts'
import type { ConsentMode } from '#protocol/names.ts'

/** What may be kept of a batch: all of it, events that lead to nobody, or nothing. */
export type Keeping = 'all' | 'anonymous' | 'nothing'

/**
 * The stricter of what the shop allows before a choice and what the visitor chose. A secret key is the shop's own
 * server, which answers for the consent to what it sends unless it says otherwise.
 */
export function keepingOf(
  mode: ConsentMode,
  consent: Consent | null,
  isVerified: boolean,
): Keeping {
  const hasStatistics = consent === null ? mode === 'full' || isVerified : consent.statistics
  if (hasStatistics) return 'all'
  return mode === 'off' ? 'nothing' : 'anonymous'
}
