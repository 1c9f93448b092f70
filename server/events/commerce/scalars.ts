import { wellFormed } from '../../core/well-formed.ts'

/** What a page sent: any JSON, whose own keys may be spelled like `__proto__`. */
export type Properties = Readonly<Record<string, unknown>>

const MAX_URL_CHARS = 2_048
/** As templates write it: plain, with a dot. `12,50` and `1.234,50` could be read in two ways, so they are not read. */
const DECIMAL = /^\s*[+-]?\d{1,15}(\.\d{1,10})?\s*$/
const WEB_ADDRESS = /^(https?:\/)?\//i
/** What a template prints when it had nothing to print; to count by it would make one product, or one order, of many. */
const NOTHING = new Set(['', 'null', 'undefined', 'nan', '[object object]', '(not set)'])

/** An object with keys: no array, not null. */
export function isRecord(value: unknown): value is Properties {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Whether a key might as well not be there: `undefined`, `null` or empty text. */
export function isMissing(value: unknown): boolean {
  return value === undefined || value === null || value === ''
}

/** A finite number, also one sent as text. */
export function numberOf(value: unknown): number | undefined {
  if (typeof value === 'string') return DECIMAL.test(value) ? Number(value) : undefined
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined
}

/** An amount or a quantity: never below zero. */
export function amountOf(value: unknown): number | undefined {
  const amount = numberOf(value)
  return amount !== undefined && amount >= 0 ? amount : undefined
}

/** Text for people, trimmed and cut. */
export function textOf(value: unknown, maxChars: number): string | undefined {
  const text = typeof value === 'number' && Number.isFinite(value) ? String(value) : value
  if (typeof text !== 'string') return undefined
  const trimmed = text.trim()
  // A cut may part a surrogate pair.
  return (trimmed.length > maxChars ? wellFormed(trimmed.slice(0, maxChars)) : trimmed) || undefined
}

/** A name to count by: never cut, for two could become one. */
export function idOf(value: unknown, maxChars: number): string | undefined {
  const text = textOf(value, maxChars + 1)
  if (text === undefined || text.length > maxChars || NOTHING.has(text.toLowerCase())) {
    return undefined
  }
  return text
}

/** An address of the web, whole or relative to the shop's. */
export function urlOf(value: unknown): string | undefined {
  const url = idOf(value, MAX_URL_CHARS)
  return url !== undefined && WEB_ADDRESS.test(url) ? url : undefined
}
