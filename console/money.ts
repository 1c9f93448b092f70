import type { Words } from './words.ts'

interface MoneyTextOptions {
  /** For axes: `€12K`. */
  readonly isShort?: boolean
}

/** An amount in minor units with its currency, as readers of `locale` write it. */
export function moneyText(
  locale: string,
  amount: number,
  currency: string,
  { isShort = false }: MoneyTextOptions = {},
): string {
  const { maximumFractionDigits: digits = 2 } = new Intl.NumberFormat('en', {
    style: 'currency',
    currency,
  }).resolvedOptions()
  const major = amount / 10 ** digits
  const format = new Intl.NumberFormat(locale, {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
    ...(isShort && { notation: 'compact', maximumFractionDigits: 1 }),
  })
  return format.format(major)
}

/** The same of an amount with its currency, for lists: with its decimals even where they are none, so that columns align. */
export function amountText(
  { amount, currency }: { readonly amount: number; readonly currency: string },
  { locale }: Words,
): string {
  return moneyText(locale, amount, currency)
}
