import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { exponentOf } from '#server/core/currencies.ts'
import { money } from '#server/core/money.ts'
import { sumOf } from '#server/events/commerce/sum-of.ts'

const amount = (major: number, currency = 'EUR') => money(major, currency)?.amount

describe('money', () => {
  it.each([
    [19.99, 1999],
    [0.1 + 0.2, 30],
    [1.005, 101],
    [1.004999, 100],
    [8.575, 858],
    [0.005, 1],
    [0.0049, 0],
    [1e-7, 0],
    [-1e-7, 0],
    [-0, 0],
    [-19.995, -2000],
    [1234567.89, 123456789],
    [90071992547409.9, 9007199254740990],
  ])('takes %d euro for %d cents', (major, minor) => {
    expect(amount(major)).toBe(minor)
  })

  it.each([NaN, Infinity, -Infinity, 90071992547409.95, 1e21, Number.MAX_VALUE])(
    'refuses %d',
    (major) => {
      expect(amount(major)).toBeUndefined()
    },
  )

  it.each([
    ['JPY', 12.5, 13],
    ['CLP', 1990, 1990],
    ['PYG', 1500.4, 1500],
    ['KRW', 9900, 9900],
    ['VND', 25000, 25000],
    ['UYI', 3, 3],
    ['UYU', 12.34, 1234],
    ['HUF', 1990, 199000],
    ['TWD', 99.5, 9950],
    ['COP', 45000, 4500000],
    ['IDR', 15000, 1500000],
    ['ISK', 15000, 15000],
    ['IQD', 1.5, 1500],
    ['KWD', 1.2345, 1235],
    ['BHD', 0.001, 1],
    ['TND', 9.9, 9900],
    ['CLF', 1.23456, 12346],
    ['UYW', 1, 10000],
    ['MGA', 1.2, 120],
    ['XOF', 655.957, 656],
  ])('counts %s by ISO 4217’s exponent', (currency, major, minor) => {
    expect(money(major, currency)).toEqual({ amount: minor, currency })
  })

  it.each(['', 'eur', 'EURO', '€', 'BTC', 'XAU', 'XXX', 'XTS', 'constructor', '__proto__'])(
    'refuses the currency “%s”',
    (currency) => {
      expect(money(1, currency)).toBeUndefined()
    },
  )

  it('knows every currency in use that Intl knows', () => {
    // Those with years in their names are withdrawn; the others here are no money of shops.
    const inUse = Intl.supportedValuesOf('currency').filter((code) => {
      const name = new Intl.DisplayNames('en', { type: 'currency' }).of(code) ?? ''
      return !/\d{4}|Gold|Silver|Platinum|Palladium|Drawing|Sucre|Testing|Unknown/.test(name)
    })

    expect(inUse.length).toBeGreaterThan(150)
    expect(inUse.filter((code) => exponentOf(code) === undefined)).toEqual([])
  })

  it('is exact for any two decimals', () => {
    fc.assert(
      fc.property(fc.integer({ min: -(10 ** 12), max: 10 ** 12 }), (cents) => {
        expect(amount(Number(`${cents < 0 ? '-' : ''}${decimal(Math.abs(cents))}`))).toBe(cents)
      }),
    )
  })
})

function decimal(cents: number): string {
  return `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`
}

describe('a sum of prices', () => {
  const euro = (cents: number) => ({ amount: cents, currency: 'EUR' })

  it('multiplies by quantity', () => {
    const lines = [
      { price: euro(1999), quantity: 3 },
      { price: euro(50), quantity: 0.5 },
    ]

    expect(sumOf(lines)).toEqual(euro(6022))
  })

  it.each([
    { what: 'of nothing', lines: [] },
    { what: 'with a price missing', lines: [{ price: euro(1), quantity: 1 }, { quantity: 1 }] },
    {
      what: 'over two currencies',
      lines: [
        { price: euro(1), quantity: 1 },
        { price: { amount: 1, currency: 'USD' }, quantity: 1 },
      ],
    },
    { what: 'beyond 2^53', lines: [{ price: euro(2 ** 53 - 1), quantity: 2 }] },
  ])('$what is unknown', ({ lines }) => {
    expect(sumOf(lines)).toBeUndefined()
  })
})
