import type { Words } from '../words.ts'
import { PAGE_TYPE_TEXTS } from './leaves/visit.ts'
import type { Suggested } from './slots.ts'

const DEVICE_TEXTS = {
  phone: 'device.phone',
  tablet: 'device.tablet',
  desktop: 'device.desktop',
} as const

/** A value as a sentence says it: what is known by a name in the reader's language so, any other text in quotes. */
export function valueWords(
  value: string | number | boolean,
  words: Words,
  suggested?: Suggested,
): string {
  const { t } = words
  if (typeof value === 'boolean') return t(value ? 'value.true' : 'value.false')
  if (typeof value === 'number') return words.number(value)
  if (value === '') return t('target.missing')
  return nameOf(value, words, suggested) ?? t('target.quoted', { text: value })
}

/** What a coded value is called in the reader's language; undefined for what is no code. */
export function nameOf(value: string, words: Words, suggested?: Suggested): string | undefined {
  const { t, language } = words
  if (suggested === 'countries') return displayName(language, 'region', value, /^[A-Z]{2}$/)
  if (suggested === 'languages') return displayName(language, 'language', value, /^[a-z]{2,3}$/)
  if (suggested === 'deviceClasses') {
    const known = Object.entries(DEVICE_TEXTS).find(([name]) => name === value)
    return known && t(known[1])
  }
  if (suggested === 'pageTypes') {
    const known = Object.entries(PAGE_TYPE_TEXTS).find(([name]) => name === value)
    return known && t(known[1])
  }
  return undefined
}

function displayName(
  language: string,
  type: 'region' | 'language',
  code: string,
  shape: RegExp,
): string | undefined {
  if (!shape.test(code)) return undefined
  return new Intl.DisplayNames(language, { type, fallback: 'none' }).of(code)
}
