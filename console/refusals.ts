import type { Refused } from './api.ts'
import type { Words } from './words.ts'

/** What to say of a refusal, whatever was asked: what it means, and what to do. */
export function refusalText(refused: Refused, { t }: Words): string {
  const { refusal, waitSeconds } = refused
  if (refusal === 'offline') return t('fault.offline')
  if (refusal === 'forbidden') return t('refusal.forbidden')
  if (refusal === 'not_found') return t('refusal.not_found')
  if (isFull(refused)) return t('refusal.full')
  if (refusal === 'conflict') return t('refusal.conflict')
  if (refusal === 'too_large') return t('refusal.too_large')
  if (refusal === 'bad_request') return t('refusal.bad_request')
  if (refusal === 'sign_in_again') return t('refusal.sign_in_again')
  if (refusal !== 'too_many_requests') return t('fault.server')
  if (waitSeconds < 60) return t('fault.wait_seconds', { n: Math.max(1, waitSeconds) })
  return t('fault.wait_minutes', { n: Math.ceil(waitSeconds / 60) })
}

/** Whether there are as many of something as there may be: the server names how many. */
export function isFull({ refusal, detail }: Refused): boolean {
  return refusal === 'conflict' && /\bat most \d/i.test(detail)
}
