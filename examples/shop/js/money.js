import { language } from './language.js'

const format = new Intl.NumberFormat(language === 'es' ? 'es-CO' : 'en', {
  style: 'currency',
  currency: 'COP',
  currencyDisplay: language === 'es' ? 'narrowSymbol' : 'code',
  maximumFractionDigits: 0,
})

/** Whole pesos as people write them: `$ 89.900`, `COP 89,900`. */
export const pesos = (amount) => format.format(amount)
