import type { Money } from '../../core/money.ts'

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
