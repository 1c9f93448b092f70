import type { TargetingSuggestions } from '#protocol/audiences.ts'
import { TARGETING_SUGGESTIONS_PATH } from '#protocol/names.ts'
import { useReading } from '../queries.ts'
import { useSession } from '../session.ts'
import { useWords, type Words } from '../words.ts'
import { REGION_CODES } from './region-codes.ts'
import type { Suggested } from './slots.ts'
import { nameOf } from './value-words.ts'

/** A value that may be meant, and what it is called. */
export interface Suggestion {
  readonly value: string
  readonly label: string
}

export interface Suggestions {
  /** `of`: whose, where they are somebody's: the properties of an event. */
  readonly of: (suggested: Suggested | undefined, of?: string) => readonly Suggestion[]
}

/** Codes of which all are known: one chooses, and need not know how they are written. */
const CLOSED = ['countries', 'deviceClasses', 'pageTypes', 'languages'] as const

export function isClosed(suggested: Suggested | undefined): boolean {
  return CLOSED.some((it) => it === suggested)
}

const KNOWN = {
  deviceClasses: ['phone', 'tablet', 'desktop'],
  pageTypes: ['home', 'category', 'product', 'search', 'cart', 'checkout', 'thank-you', 'other'],
  countries: REGION_CODES,
} as const satisfies Partial<Record<Suggested, readonly string[]>>

/** What the shop has seen of late, for whoever writes a value. Without an answer there is nothing to choose from but what is always known. */
export function useSuggestions(): Suggestions {
  const { may } = useSession()
  const words = useWords()
  const { value } = useReading<TargetingSuggestions>(
    may('audiences', 'read') ? TARGETING_SUGGESTIONS_PATH : undefined,
  )
  return suggestionsOf(value, words)
}

function suggestionsOf(seen: Partial<TargetingSuggestions> | undefined, words: Words): Suggestions {
  return {
    of(suggested, of) {
      if (suggested === undefined) return []
      const values = valuesOf(seen, suggested, of)
      const named = values.map((value) => ({
        value,
        label: nameOf(value, words, suggested) ?? value,
      }))
      if (suggested !== 'countries' && suggested !== 'languages') return named
      return named.toSorted((one, other) => one.label.localeCompare(other.label, words.language))
    },
  }
}

function valuesOf(
  seen: Partial<TargetingSuggestions> | undefined,
  suggested: Suggested,
  of: string | undefined,
): readonly string[] {
  if (suggested === 'deviceClasses' || suggested === 'pageTypes' || suggested === 'countries') {
    return KNOWN[suggested]
  }
  if (suggested === 'languages') return [...new Set([...(seen?.languages ?? []), ...LANGUAGES])]
  if (suggested === 'events') return seen?.events?.map(({ name }) => name) ?? []
  if (suggested === 'properties') {
    return seen?.events?.find(({ name }) => name === of)?.properties ?? []
  }
  return seen?.[suggested] ?? []
}

const LANGUAGES = ['ar', 'ca', 'de', 'en', 'es', 'fr', 'it', 'ja', 'nl', 'pl', 'pt', 'ru', 'zh']
