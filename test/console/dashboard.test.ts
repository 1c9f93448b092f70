import { describe, expect, it } from 'vitest'
import type { Figures } from '#protocol/figures.ts'
import { groupName } from '#console/dashboard/group-names.ts'
import { addressOf, datesOf, shownDays } from '#console/dashboard/period.ts'
import {
  amountTexts,
  changeOf,
  FIGURE_LOOKS,
  otherRevenue,
  shownCurrency,
} from '#console/dashboard/shown-figures.ts'
import { wordsIn } from '../support/console-words.ts'

const words = wordsIn(['en-GB'])
const NONE: Figures = {
  visitors: 0,
  sessions: 0,
  ordered: 0,
  orders: 0,
  revenue: {},
  cartsLeft: 0,
}
const periodWith = (revenue: Record<string, number>) => ({
  start: 0,
  end: 1,
  totals: { ...NONE, revenue },
  funnel: { sessions: 0, product: 0, cart: 0, checkout: 0, order: 0 },
  points: [],
})

describe('the days shown', () => {
  it.each([
    ['days=7', { kind: 'last', days: 7 }],
    ['days=3', { kind: 'last', days: 28 }],
    ['', { kind: 'last', days: 28 }],
    ['from=2026-01-01&to=2026-01-31', { kind: 'dates', from: '2026-01-01', to: '2026-01-31' }],
    ['from=2026-02-01&to=2026-01-31', { kind: 'last', days: 28 }],
    ['from=javascript:1&to=x', { kind: 'last', days: 28 }],
  ] as const)('of “%s” are %j', (query, shown) => {
    expect(shownDays(new URLSearchParams(query))).toEqual(shown)
  })

  it('end today by the clock of the shop, also where it is tomorrow already', () => {
    const now = Date.UTC(2026, 10, 22, 20)
    const shown = { kind: 'last', days: 7 } as const

    expect(datesOf(shown, { timeZone: 'Asia/Kathmandu', now })).toEqual({
      from: '2026-11-17',
      to: '2026-11-23',
    })
    expect(addressOf('/console', shown)).toBe('/console?days=7')
  })
})

describe('a figure', () => {
  it('has a change only where there was something before', () => {
    expect(changeOf(150, 100)).toBe(0.5)
    expect(changeOf(5, 0)).toBeUndefined()
    expect(changeOf(null, 3)).toBeUndefined()
  })

  it('is never a sum of two currencies', () => {
    const figures = { ...NONE, orders: 3, revenue: { EUR: 9_000, USD: 500 } }

    expect(FIGURE_LOOKS.revenue.valueOf(figures, 'EUR')).toBe(9_000)
    expect(FIGURE_LOOKS.average.valueOf(figures, 'EUR')).toBeNull()
    expect(otherRevenue(figures, 'EUR')).toEqual([['USD', 500]])
  })

  it('is in the money that the shop takes, if it takes none of its own', () => {
    const shown = (now: Record<string, number>, before: Record<string, number>) =>
      shownCurrency({ now: periodWith(now), before: periodWith(before) }, 'USD')

    expect(shown({ EUR: 5, USD: 1 }, {})).toBe('USD')
    expect(shown({ EUR: 5, GBP: 9 }, {})).toBe('GBP')
    expect(shown({}, {})).toBe('USD')
  })

  it('is written with its unit, by the currency’s own minor ones', () => {
    const money = (currency: string) => amountTexts({ unit: 'money' }, words, currency)

    expect(money('EUR').exactly(12_345)).toBe('€123.45')
    expect(money('JPY').exactly(12_345)).toBe('¥12,345')
    expect(money('EUR').axis(1_234_500)).toMatch(/^€12.3k$/i)
    expect(amountTexts({ unit: 'share' }, words, 'EUR').exactly(0.0562)).toBe('5.62%')
  })
})

describe('a group of sessions', () => {
  it.each([
    ['country', 'ES', 'Spain'],
    ['country', '<b>', '<b>'],
    ['device', 'desktop', 'Computer'],
    ['source', 'direct / none', 'Direct'],
    ['source', 'google / cpc', 'google / cpc'],
    ['campaign', '', 'No campaign'],
    ['country', '', 'Unknown'],
  ] as const)('by %s “%s” is called %s', (dimension, name, called) => {
    expect(groupName(dimension, name, words)).toBe(called)
  })
})
