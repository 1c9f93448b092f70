import { minorUnitsOf } from '../targeting/money.ts'

/** What is written for an amount in minor units; empty where it is none. */
export function amountWritten(minor: string, currency: string): string {
  const amount = Number(minor)
  return minor === '' || !Number.isFinite(amount) ? '' : String(amount / minorUnitsOf(currency))
}

/** Minor units of what somebody wrote: with a point or a comma, and nothing of what is no amount. */
export function amountMeant(text: string, currency: string): string {
  const plain = text.trim().replace(',', '.')
  if (!/^\d{1,12}(\.\d{0,4})?$/.test(plain)) return ''
  return String(Math.round(Number(plain) * minorUnitsOf(currency)))
}

interface AmountFilter {
  readonly least: string
  readonly most: string
}

/** What the server is asked: amounts are of one currency. */
export function askedAmounts({ least, most }: AmountFilter, currency: string) {
  return { least, most, currency: least === '' && most === '' ? '' : currency }
}
