import { en } from '#console/messages/en.ts'
import { es } from '#console/messages/es.ts'
import { createWords, languageOf, type Words } from '#console/words.ts'

/** The console's words, without waiting for them as its pages do. */
export function wordsIn(preferred: readonly string[]): Words {
  return createWords(preferred, { en, es }[languageOf(preferred)])
}
