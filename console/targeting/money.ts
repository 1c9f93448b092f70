import type { Words } from '../words.ts'

/** So many minor units make one: 100 for euros, 1 for yen. */
export function minorUnitsOf(currency: string): number {
  return 10 ** digitsOf(currency)
}

/** Decimals of an amount in a currency; two for one that the browser does not know. */
function digitsOf(currency: string): number {
  try {
    const format = new Intl.NumberFormat('en', { style: 'currency', currency })
    return format.resolvedOptions().maximumFractionDigits ?? 2
  } catch {
    return 2
  }
}

/** Minor units as one would write them: €49.90, without decimals where there are none. */
export function formatAmount(
  { amount, currency }: { readonly amount: number; readonly currency: string },
  { locale }: Words,
): string {
  const value = amount / minorUnitsOf(currency)
  try {
    return new Intl.NumberFormat(locale, {
      style: 'currency',
      currency,
      ...(Number.isInteger(value) && { maximumFractionDigits: 0 }),
    }).format(value)
  } catch {
    // Not yet three letters, while they are typed.
    return `${value} ${currency}`
  }
}
