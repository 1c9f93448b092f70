import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { MessageKey, Messages } from './messages/en.ts'

type Places = Readonly<Record<string, string | number>>

/** Texts, numbers and times in the reader's language. */
export interface Words {
  readonly language: string
  /** With the region where the reader has one, for how numbers and dates are written: `es-AR`. */
  readonly locale: string
  readonly t: (key: MessageKey, places?: Places) => string
  readonly number: (value: number) => string
  /** “a, b and c”. */
  readonly list: (items: readonly string[]) => string
  /** “a, b or c”. */
  readonly anyOf: (items: readonly string[]) => string
  /** “3 min ago”; “now” below ten seconds. */
  readonly ago: (at: number, now: number) => string
  /** “in 3 min”; “now” below ten seconds, and for what is past. */
  readonly ahead: (at: number, now: number) => string
  /** The whole instant, in the reader's zone. */
  readonly exactly: (at: number) => string
  /** Its day alone. */
  readonly day: (at: number) => string
}

/** As they call themselves. */
export const LANGUAGE_NAMES = { en: 'English', es: 'Español' } as const
const KEPT = 'gp.console.language'
const STEPS = [
  { unit: 'day', seconds: 86_400 },
  { unit: 'hour', seconds: 3_600 },
  { unit: 'minute', seconds: 60 },
  { unit: 'second', seconds: 1 },
] as const

type Language = keyof typeof LANGUAGE_NAMES

/** The first of `preferred` (`es-AR`, `en` …) that is spoken here, else English. */
export function languageOf(preferred: readonly string[]): Language {
  return preferred.map(baseOf).find(isSpoken) ?? 'en'
}

/** `messages` are those of `languageOf(preferred)`. */
export function createWords(preferred: readonly string[], messages: Messages): Words {
  const locale = preferred.find((tag) => isSpoken(baseOf(tag))) ?? 'en'
  const plurals = new Intl.PluralRules(locale)
  const numbers = new Intl.NumberFormat(locale)
  const relative = new Intl.RelativeTimeFormat(locale, { style: 'narrow' })
  const joined = new Intl.ListFormat(locale)
  const alternatives = new Intl.ListFormat(locale, { type: 'disjunction' })
  const exact = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium' })
  const days = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' })

  function t(key: MessageKey, places: Places = {}): string {
    const message = messages[key]
    const text = typeof message === 'string' ? message : formOf(message, places.n)
    return text.replace(/\{(\w+)\}/g, (place, name: string) => {
      const value = places[name] ?? place
      return typeof value === 'number' ? numbers.format(value) : value
    })
  }

  function formOf([one, other]: readonly [string, string], n: string | number | undefined): string {
    return plurals.select(Number(n)) === 'one' ? one : other
  }

  function apart(ms: number, direction: 1 | -1): string {
    const seconds = Math.max(0, Math.round(ms / 1000))
    const step = STEPS.find((candidate) => seconds >= candidate.seconds)
    if (step === undefined || seconds < 10) return t('event.now')
    return relative.format(direction * Math.floor(seconds / step.seconds), step.unit)
  }

  return {
    language: baseOf(locale),
    locale,
    t,
    number: (value) => numbers.format(value),
    list: (items) => joined.format(items),
    anyOf: (items) => alternatives.format(items),
    ago: (at, now) => apart(now - at, -1),
    ahead: (at, now) => apart(at - now, 1),
    exactly: (at) => exact.format(at),
    day: (at) => days.format(at),
  }
}

/** What was chosen at the account menu, before what the browser asks for. */
export function preferredLanguages(
  memory: Pick<Storage, 'getItem'>,
  asked: readonly string[],
): readonly string[] {
  const kept = memory.getItem(KEPT)
  if (kept === null) return asked
  // `es-AR` before `es`: numbers and dates as the browser's own region writes them.
  return [...asked.filter((tag) => baseOf(tag) === kept), kept]
}

export function keepLanguage(language: string, memory: Pick<Storage, 'setItem'>): void {
  memory.setItem(KEPT, language)
}

export const WordsContext = createContext<Words | undefined>(undefined)

export function useWords(): Words {
  const words = useContext(WordsContext)
  if (words === undefined) throw new Error('Nobody has given the words')
  return words
}

function baseOf(tag: string): string {
  return tag.split('-')[0]?.toLowerCase() ?? ''
}

function isSpoken(language: string): language is Language {
  return language in LANGUAGE_NAMES
}
