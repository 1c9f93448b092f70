import type { AudienceEstimate } from '#protocol/audiences.ts'
import type { Words } from '../words.ts'

/** “About 1,200 of 48,000 match now”: what comes of a sample is not told more exactly than it is known. */
export function estimateWords(estimate: AudienceEstimate, { t, number }: Words): string {
  const { matching, of, isExact } = estimate
  if (isExact) return t('target.count', { n: matching, of: number(of) })
  if (matching === 0) return t('target.count.rare', { of: number(rounded(of)) })
  return t('target.count.about', { n: rounded(matching), of: number(rounded(of)) })
}

/** Between which figures a sample leaves it; undefined where it is exact. */
export function marginWords(estimate: AudienceEstimate, { t, number }: Words): string | undefined {
  const { isExact, atLeast, atMost, lookedAt } = estimate
  if (isExact) return undefined
  const ends = { from: number(rounded(atLeast)), to: number(rounded(atMost)) }
  return t('target.count.margin', { ...ends, looked: number(lookedAt) })
}

/** To three places. */
function rounded(value: number): number {
  if (value < 1_000) return value
  const step = 10 ** (Math.floor(Math.log10(value)) - 2)
  return Math.round(value / step) * step
}
