import type { Outcome } from '#protocol/targeting.ts'

/**
 * True, false, or unknown where the facts come with a part that is not there yet. Ordered, so that `all` is the least
 * of its verdicts, `any` the greatest, and `not` the mirror image: Kleene's logic.
 */
export const FALSE = 0
export const UNKNOWN = 1
export const TRUE = 2
export type Verdict = typeof FALSE | typeof UNKNOWN | typeof TRUE

const OUTCOMES = ['false', 'unknown', 'true'] as const satisfies Outcome[]

export function outcomeOf(verdict: Verdict): Outcome {
  return OUTCOMES[verdict]
}

export function opposite(verdict: Verdict): Verdict {
  if (verdict === UNKNOWN) return UNKNOWN
  return verdict === TRUE ? FALSE : TRUE
}
