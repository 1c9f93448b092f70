import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { looksPrivate, redactText, redactUrl } from '#protocol/redact.ts'

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
const chars = (alphabet: string, min: number, max: number) =>
  fc.string({ unit: fc.constantFrom(...alphabet.split('')), minLength: min, maxLength: max })
const word = chars('abcdefghijklmnopqrstuvwxyz', 3, 9)
const token = chars(LETTERS, 32, 64).filter((text) => /\d/.test(text) && /[a-z]/.test(text))
const hex = chars('0123456789abcdef', 32, 64).filter(
  (text) => /\d/.test(text) && /[a-f]/.test(text),
)
const jwt = fc
  .tuple(chars(LETTERS, 20, 40), chars(LETTERS, 20, 40))
  .map(([a, b]) => `eyJ${a}.${b}.x`)
const email = fc
  .tuple(word, word, fc.constantFrom('com', 'com.ar', 'de', 'museum'))
  .map(([name, host, end]) => `${name}.a+b@${host}.${end}`)
const card = fc
  .tuple(
    fc.constantFrom('4', '51', '37', '6011'),
    chars('0123456789', 15, 15),
    fc.constantFrom('', ' ', '-'),
  )
  .map(([start, digits, gap]) => {
    const number = withLuhn((start + digits).slice(0, start === '37' ? 14 : 15))
    return number.replace(/(.{4})(?=.)/g, `$1${gap}`)
  })
const secret = fc.oneof(token, hex, jwt, email, card)

describe('redactUrl', () => {
  it('keeps nothing of 2,000 addresses with private values, wherever they stand', () => {
    const address = fc.tuple(secret, word, fc.integer({ min: 0, max: 6 }))
    fc.assert(
      fc.property(address, ([value, name, place]) => {
        const kept = redactUrl(place === 6 ? withName(value) : withValue(value, name, place))
        expect(decodeURIComponent(decodeURIComponent(kept))).not.toContain(value)
      }),
      { numRuns: 2_000, seed: 20261122 },
    )
  })

  it.each([
    ['https://u:p@shop.example/a', 'https://shop.example/a'],
    ['https://shop.example/a?password=x&b=1', 'https://shop.example/a?b=1'],
    ['https://shop.example/a?userEmail=x', 'https://shop.example/a'],
    ['https://shop.example/a?next=%2Fb%3Ftoken%3Dx&b=1', 'https://shop.example/a?b=1'],
    ['https://shop.example/a#top', 'https://shop.example/a'],
    ['https://shop.example/#/a?token=x', 'https://shop.example/#/a'],
    ['https://shop.example/#!/a', 'https://shop.example/#!/a'],
    ['/orders/ana%40example.com/pay', '/orders/redacted/pay'],
    ['?code=abc&state=def', ''],
    ['%E0%A4%A', '%E0%A4%A'],
    ['', ''],
  ])('makes of %s: %s', (url, expected) => {
    expect(redactUrl(url)).toBe(expected)
  })

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(fc.webUrl({ withFragments: true, withQueryParameters: true }), (url) => {
        expect(redactUrl(redactUrl(url))).toBe(redactUrl(url))
      }),
    )
  })

  it.each(innocentUrls())('leaves %s', (url) => {
    expect(redactUrl(url)).toBe(url)
  })
})

describe('redactText', () => {
  it('keeps no text with a private value in it', () => {
    fc.assert(
      fc.property(secret, word, (value, before) => {
        expect(redactText(`${before} ${value}`)).toBeUndefined()
      }),
      { numRuns: 1_000, seed: 20261122 },
    )
  })

  it('redacts an address instead of dropping it', () => {
    expect(redactText('https://cdn.example/a.jpg?token=x')).toBe('https://cdn.example/a.jpg')
  })

  it.each(innocentTexts())('leaves %s', (text) => {
    expect(redactText(text)).toBe(text)
  })
})

describe('order numbers', () => {
  it('are taken for cards only where the checksum fits', () => {
    const numbers = Array.from({ length: 1_000 }, (_, i) => `${4_000_000_000_000_000 + i * 7_919}`)

    expect(numbers.filter(looksPrivate)).toHaveLength(numbers.filter(hasLuhn).length)
    expect(numbers.filter(hasLuhn).length).toBeLessThan(150)
  })
})

function withValue(value: string, name: string, place: number): string {
  const once = encodeURIComponent(value)
  const places = [
    `https://shop.example/${name}/${once}/x`,
    `https://shop.example/${name}?${name}=${once}`,
    `https://shop.example/?a=1&b=${encodeURIComponent(once)}`,
    `https://shop.example/?next=${encodeURIComponent(`https://else.example/?x=${once}`)}`,
    `https://shop.example/#${once}`,
    `https://shop.example/#/a?b=${once}`,
  ]
  return places[place] ?? ''
}

/** What the value does not betray, its name does. */
function withName(value: string): string {
  return `https://shop.example/?reset_token=${encodeURIComponent(value)}&a=1`
}

function innocentUrls(): string[] {
  const paths = [
    '/',
    '/collections/summer-2026/products/leather-sofa-3-seater-with-storage-180x200',
    '/p/nike-air-max-90-essential-white-black-537384-111',
    '/producto/zapatillas-running-hombre-talle-42-5-color-azul-marino-oferta',
    '/dp/B08N5WRWNW',
    '/item/4006381333931',
    '/order/20261122-000123/thank-you',
    '/orders/1000000000123456',
    '/sku/AB12-CD34-EF56-GH78-IJ90-KL12',
    '/p/550e8400-e29b-41d4-a716-446655440000',
    '/c/men/shoes/running',
    '/img/9e107d9d372bb6826bd81d3542a419d6.jpg',
    '/blog/2026/11/22/how-we-choose-our-coffee-beans',
    '/de/kueche/toepfe-und-pfannen/bratpfanne-28cm',
    '/category/garden_and_outdoor_furniture_sets_2026',
    '/search/red%20shoes',
    '/MLA-1234567890-heladera-no-frost-inverter-420-litros-_JM',
    '/stores/buenos-aires/av-corrientes-1234',
    '/gift-cards/50-eur',
    '/passenger-seat-covers',
  ]
  const queries = [
    '',
    '?q=red+shoes&page=2',
    '?color=blue&size=42&sort=price_asc',
    '?utm_source=newsletter&utm_medium=email&utm_campaign=black-friday-2026',
    '?gclid=Cj0KCQjwxb2XBhDBARIsAOjDZ34aBcDeFgHiJkLmNoPqRsTuVwXyZ0123456789AbCdEfGhIjKlMnOpQ',
    '?fbclid=IwAR1aBcDeFgHiJkLmNoPqRsTuVwXyZ0123456789AbCdEfGhIjKlM',
    '?variant=39897499828320&currency=EUR',
    '?price_min=10.50&price_max=99.90',
    '?from=2026-11-22&to=2026-12-24T00:00:00Z',
    '?author=jane&category=cards',
  ]
  return paths.flatMap((path) => queries.map((query) => `https://shop.example${path}${query}`))
}

function innocentTexts(): string[] {
  return [
    'Leather sofa, 3 seater, with storage (180x200 cm)',
    '4006381333931',
    '00012345600012',
    'ORD-2026-11-22-000123456789',
    '1000000000123456',
    '550e8400-e29b-41d4-a716-446655440000',
    '12345678-1234-1234-1234-123456789012',
    'AB12-CD34-EF56-GH78-IJ90-KL12',
    'summer_sale_2026_free_shipping_banner_top',
    '2026-11-22T10:15:30.123Z',
    '1795314070938',
    '19.90',
    '$ 1.234.567,89',
    '+20% @ checkout',
    'GA1.2.1234567890.1234567890',
    'https://cdn.example/9e107d9d372bb6826bd81d3542a419d6.webp?width=800',
    'Wireless Noise-Cancelling Headphones WH-1000XM5',
    'SAMSUNG-GALAXY-S24-ULTRA-512GB-TITANIUM-BLACK',
    'https://shop.example/p/nike-air-max-90-essential-white-black-537384-111',
    'ñandú – edición limitada 2026',
  ]
}

function withLuhn(digits: string): string {
  const check = '0123456789'.split('').find((digit) => hasLuhn(digits + digit))
  return digits + check
}

function hasLuhn(digits: string): boolean {
  const sum = digits
    .split('')
    .reverse()
    .reduce((total, digit, i) => {
      const weighted = Number(digit) * ((i % 2) + 1)
      return total + (weighted > 9 ? weighted - 9 : weighted)
    }, 0)
  return sum % 10 === 0
}

describe('a text made to be slow', () => {
  it.each([
    ['no address', 'a'.repeat(8_192)],
    ['many half addresses', 'a@b'.repeat(2_700)],
    ['dots without an end', `a@${'b.'.repeat(4_000)}`],
    ['many half tokens', 'eyJ'.repeat(2_700)],
    ['digits without an end', '4 '.repeat(4_000)],
    ['addresses within addresses', '?a='.repeat(2_700)],
    ['routes within routes', '#/'.repeat(4_000)],
    ['parameters', '&a=b'.repeat(2_000)],
    ['encoded encodings', '%25'.repeat(2_700)],
  ])('%s is redacted in passing', (_, text) => {
    // Counted in work done, not in time: a quadratic one would not end within the test's patience.
    for (let i = 0; i < 50; i++) redactUrl(redactText(`https://shop.example/${text}`) ?? text)
    expect(redactUrl(text).length).toBeLessThanOrEqual(text.length)
  })
})
