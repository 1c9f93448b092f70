import type { Money } from '../profile-shape.ts'
import { exponentOf } from './currencies.ts'

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

/** The sum of prices times quantities; `undefined` where they are none, of several currencies, or beyond 2^53. */
export function sumOf(
  lines: readonly { readonly price?: Money; readonly quantity: number }[],
): Money | undefined {
  const currency = lines[0]?.price?.currency
  if (currency === undefined) return undefined
  let amount = 0
  for (const { price, quantity } of lines) {
    if (price?.currency !== currency) return undefined
    amount += Math.round(price.amount * quantity)
  }
  return Number.isSafeInteger(amount) ? { amount, currency } : undefined
}
