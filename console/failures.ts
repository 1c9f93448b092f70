import { failureOf } from '#protocol/failures.ts'
import type { Words } from './words.ts'

/** Why something in the background failed, in the reader's language where it is one of ours. */
export function failureWords(text: string, { t }: Words): string {
  const failure = failureOf(text)
  return failure === undefined ? text : t(`failure.${failure.code}`, failure.places)
}
