import { exponentOf } from './currencies.ts'

/** Minor units by the currency's exponent, and its ISO code. */
export interface Money {
  readonly amount: number
  readonly currency: string
}

/** Sign, whole part, fraction. */
const DECIMAL = /^([+-]?)(\d+)(?:\.(\d+))?$/
/** What `String` writes below 0.000001: nothing that any currency could show. */
const TINY = /e-/

/**
 * `amountMajor`, in units of the currency (19.99), as minor units (1999), halves away from zero. Exact: the number is
 * taken as the shortest decimal that stands for it, which is what the shop wrote. Refused (`undefined`): an unknown
 * currency, no finite number, more than 2^53 minor units.
 */
export function money(amountMajor: number, currency: string): Money | undefined {
  const exponent = exponentOf(currency)
  if (exponent === undefined || !Number.isFinite(amountMajor)) return undefined
  const text = String(amountMajor)
  if (TINY.test(text)) return { amount: 0, currency }
  const [, sign, whole = '', fraction = ''] = DECIMAL.exec(text) ?? []
  if (sign === undefined) return undefined
  const digits = fraction.padEnd(exponent + 1, '0')
  const kept = Number(whole + digits.slice(0, exponent))
  const minor = kept + (Number(digits[exponent]) >= 5 ? 1 : 0)
  if (!Number.isSafeInteger(minor)) return undefined
  // Not -0, which JSON and equality take for something else.
  return { amount: sign === '-' && minor !== 0 ? -minor : minor, currency }
}

/** Minor units as the decimal that a shop would write: 1999 of EUR is `19.99`. Undefined: an unknown currency. */
export function majorOf({ amount, currency }: Money): string | undefined {
  const exponent = exponentOf(currency)
  if (exponent === undefined) return undefined
  if (exponent === 0) return String(amount)
  const digits = String(amount).padStart(exponent + 1, '0')
  return `${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`
}
