import { words as en } from '#widgets/chat/words/en.ts'
import { words as es } from '#widgets/chat/words/es.ts'
import { words as enForms } from '#widgets/chat/words/forms/en.ts'
import { words as esForms } from '#widgets/chat/words/forms/es.ts'
import { words as ptForms } from '#widgets/chat/words/forms/pt.ts'
import { words as viForms } from '#widgets/chat/words/forms/vi.ts'
import { words as pt } from '#widgets/chat/words/pt.ts'
import { words as vi } from '#widgets/chat/words/vi.ts'

const ALL: Readonly<Record<string, object>> = {
  en: { ...en, ...enForms },
  es: { ...es, ...esForms },
  pt: { ...pt, ...ptForms },
  vi: { ...vi, ...viForms },
}

/** What the window says in a language; in English where it has none. */
export function windowWords(language: string): object {
  return { ...(ALL[language.split('-')[0]?.toLowerCase() ?? ''] ?? ALL['en']) }
}
