/** ISO 4217's exceptions from two decimals, in which the server counts. */
const WHOLE = /^(BIF|CLP|DJF|GNF|ISK|JPY|KMF|KRW|PYG|RWF|UGX|UYI|VND|VUV|X[AOP]F)$/
const THOUSANDTHS = /^(BHD|IQD|JOD|KWD|LYD|OMR|TND)$/

/** `amount` in minor units. */
export function moneyIn(
  language: string,
  { amount, currency }: { readonly amount: number; readonly currency: string },
): string {
  const digits = WHOLE.test(currency) ? 0 : THOUSANDTHS.test(currency) ? 3 : 2
  const value = amount / 10 ** digits
  const decimals = value % 1 ? digits : 0
  return new Intl.NumberFormat(language, {
    style: 'currency',
    currency,
    minimumFractionDigits: decimals,
    maximumFractionDigits: digits,
  }).format(value)
}
