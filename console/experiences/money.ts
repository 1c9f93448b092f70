/** Minor units as people write the amount. */
export function majorOf(amount: number, currency: string): number {
  return amount / 10 ** digitsOf(currency)
}

export function minorOf(amount: number, currency: string): number {
  return Math.round(amount * 10 ** digitsOf(currency))
}

function digitsOf(currency: string): number {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency })
  return format.resolvedOptions().maximumFractionDigits ?? 2
}
