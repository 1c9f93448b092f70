import type { Figures, FiguresAnswer } from '#protocol/figures.ts'
import type { MessageKey } from '../messages/en.ts'
import { moneyText } from '../money.ts'
import type { Words } from '../words.ts'

export const SHOWN_FIGURES = [
  'visitors',
  'sessions',
  'orders',
  'revenue',
  'conversion',
  'average',
  'carts_left',
] as const
export type ShownFigure = (typeof SHOWN_FIGURES)[number]

export interface FigureLook {
  readonly label: MessageKey
  /** Null: nothing can be said, as of the average of no order. */
  readonly valueOf: (figures: Figures, currency: string) => number | null
  readonly unit: 'count' | 'money' | 'share'
  /** Less of it is better. */
  readonly isBad?: boolean
  /** The page with the rows behind it. */
  readonly rows?: 'visitors' | 'orders'
}

export const FIGURE_LOOKS: Readonly<Record<ShownFigure, FigureLook>> = {
  visitors: {
    label: 'dashboard.visitors',
    unit: 'count',
    valueOf: ({ visitors }) => visitors,
    rows: 'visitors',
  },
  sessions: { label: 'dashboard.sessions', unit: 'count', valueOf: ({ sessions }) => sessions },
  orders: {
    label: 'dashboard.orders',
    unit: 'count',
    valueOf: ({ orders }) => orders,
    rows: 'orders',
  },
  revenue: {
    label: 'dashboard.revenue',
    unit: 'money',
    valueOf: ({ revenue }, currency) => revenue[currency] ?? 0,
    rows: 'orders',
  },
  conversion: {
    label: 'dashboard.conversion',
    unit: 'share',
    valueOf: ({ ordered, sessions }) => (sessions === 0 ? null : ordered / sessions),
  },
  average: {
    label: 'dashboard.average',
    unit: 'money',
    // Of orders in another currency there is no average in this one.
    valueOf: ({ revenue, orders }, currency) =>
      orders === 0 || Object.keys(revenue).some((other) => other !== currency)
        ? null
        : (revenue[currency] ?? 0) / orders,
  },
  carts_left: {
    label: 'dashboard.carts_left',
    unit: 'count',
    valueOf: ({ cartsLeft }) => cartsLeft,
    isBad: true,
  },
}

/** How a figure is written: in full, and as short as can be. */
export function amountTexts(
  { unit }: Pick<FigureLook, 'unit'>,
  { locale, number }: Pick<Words, 'locale' | 'number'>,
  currency: string,
): { readonly exactly: (value: number) => string; readonly axis: (value: number) => string } {
  if (unit === 'money') {
    return {
      exactly: (value) => moneyText(locale, value, currency),
      axis: (value) => moneyText(locale, value, currency, { isShort: true }),
    }
  }
  if (unit === 'share') {
    const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 2 })
    return { exactly: (value) => percent.format(value), axis: (value) => percent.format(value) }
  }
  const short = new Intl.NumberFormat(locale, { notation: 'compact', maximumFractionDigits: 1 })
  return { exactly: number, axis: (value) => short.format(value) }
}

/** By how much it is more or less than before, of what was; undefined: there was nothing to compare with. */
export function changeOf(now: number | null, before: number | null): number | undefined {
  if (now === null || before === null || before === 0) return undefined
  return (now - before) / before
}

/** The shop's own, unless it takes another alone. */
export function shownCurrency(
  { now, before }: Pick<FiguresAnswer, 'now' | 'before'>,
  own: string,
): string {
  const taken = { ...before.totals.revenue, ...now.totals.revenue }
  if (own in taken) return own
  const [most] = Object.entries(taken).toSorted(([, a], [, b]) => b - a)
  return most?.[0] ?? own
}

/** Revenue in other currencies than the shop's, which is never added to it. */
export function otherRevenue(
  { revenue }: Pick<Figures, 'revenue'>,
  currency: string,
): readonly (readonly [string, number])[] {
  return Object.entries(revenue).filter(([other, amount]) => other !== currency && amount !== 0)
}
