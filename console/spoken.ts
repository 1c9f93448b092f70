import type { Messages } from './messages/en.ts'
import { createWords, languageOf, type Words } from './words.ts'

/** Only the reader's own language is loaded: the other's texts would be a fifth of the console's first load. */
const MESSAGES: Readonly<Record<ReturnType<typeof languageOf>, () => Promise<Messages>>> = {
  en: async () => (await import('./messages/en.ts')).en,
  es: async () => (await import('./messages/es.ts')).es,
}

/** The words of the first of `preferred` (`es-AR`, `en` …) that is spoken here, else English. */
export async function loadWords(preferred: readonly string[]): Promise<Words> {
  return createWords(preferred, await MESSAGES[languageOf(preferred)]())
}
