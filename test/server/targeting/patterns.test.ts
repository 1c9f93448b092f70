import { describe, expect, it } from 'vitest'
import { compileGlob } from '#server/targeting/compare/glob.ts'
import { compileRegex } from '#server/targeting/compare/regex.ts'
import { textTest } from '#server/targeting/compare/texts.ts'
import { createRandom } from '../../e2e/support/random.ts'

/** What processors spend at the best of three: other tests run meanwhile, and an engine without bounds never ends. */
function cpuMs(act: () => unknown): number {
  const runs = [1, 2, 3].map(() => {
    const before = process.cpuUsage()
    act()
    const { user, system } = process.cpuUsage(before)
    return (user + system) / 1_000
  })
  return Math.min(...runs)
}

describe('a glob', () => {
  it.each([
    ['*', '', true],
    ['', '', true],
    ['', 'a', false],
    ['a', 'a', true],
    ['a*', 'a', true],
    ['*a', 'ba', true],
    ['a*a', 'a', false],
    ['a*b*c', 'a-b-c', true],
    ['a*b*c', 'a-c-b', false],
    ['?', '', false],
    ['?', 'x', true],
    ['a?c*', 'abcdef', true],
    ['**', 'anything', true],
    ['*.(a|b)$', 'x.(a|b)$', true],
    ['*ab', 'aab', true],
    ['*a?b*', 'aaab', true],
  ])('%s of “%s”: %s', (pattern, text, expected) => {
    expect(compileGlob(pattern)(text)).toBe(expected)
  })

  it('comes out as a slow one that tries everything', () => {
    const random = createRandom(Number(process.env.TEST_SEED ?? Date.now() % 2 ** 31))
    const word = (letters: string, most: number) =>
      Array.from({ length: Math.floor(random() * most) }, () =>
        letters.charAt(Math.floor(random() * letters.length)),
      ).join('')

    for (let round = 0; round < 20_000; round += 1) {
      const [pattern, text] = [word('ab?**', 8), word('ab', 8)]
      expect([pattern, text, compileGlob(pattern)(text)]).toEqual([
        pattern,
        text,
        triesAll(pattern, text),
      ])
    }
  })
})

function triesAll(pattern: string, text: string): boolean {
  if (pattern === '') return text === ''
  const rest = pattern.slice(1)
  if (pattern.startsWith('*')) {
    return triesAll(rest, text) || (text !== '' && triesAll(pattern, text.slice(1)))
  }
  const fits = text !== '' && (pattern.startsWith('?') || pattern[0] === text[0])
  return fits && triesAll(rest, text.slice(1))
}

describe('a regular expression', () => {
  it.each([
    ['^/sale', '/sale/red', true],
    ['sale', '/SALE', false],
    ['(?i)sale', '/SALE', true],
    ['^/p/\\d+$', '/p/12', true],
    ['ü+', 'grüüße', true],
    ['^.$', '😀', true],
  ])('%s in “%s”: %s', (pattern, text, expected) => {
    expect(compileRegex(pattern)(text)).toBe(expected)
  })

  it.each([
    ['a group that never ends', '(a'],
    ['a back-reference', '(a)\\1'],
    ['a look-ahead', '(?=a)'],
    ['a look-behind', '(?<=a)b'],
    ['a pattern of 201 characters', 'a'.repeat(201)],
    ['a repetition of repetitions', '((a{10}){10}){10}'],
    ['many optional steps', '(?:a?){100}a{100}'],
    ['many long repetitions', 'a{1000}'.repeat(28)],
    ['a repetition without end', 'a{201,}'],
  ])('refuses %s', (_what, pattern) => {
    expect(() => compileRegex(pattern)).toThrow(expect.objectContaining({ code: 'bad_request' }))
  })

  it('answers the same however much it has seen', () => {
    const holds = compileRegex('[ab]*a[ab]{12}c')
    const random = createRandom(7)
    const text = () => Array.from({ length: 300 }, () => (random() < 0.5 ? 'a' : 'b')).join('')

    for (let round = 0; round < 200; round += 1) {
      expect(holds(`${text()}a${'b'.repeat(12)}c`)).toBe(true)
      expect(holds(`${text()}b${'b'.repeat(12)}c`)).toBe(false)
    }
  })
})

describe('a hostile pattern costs under 50 ms', () => {
  const HUGE = 100_000
  it.each([
    ['(a+)+$'],
    ['(a|aa)+$'],
    ['(.*a){12}$'],
    ['[ab]*a[ab]{80}c'],
    ['([ab]*a[ab]{20}){6}[^ab]'],
    ['(?:a?){60}a{60}$'],
    [String.raw`(\pL|\d){1,20}9`],
    ['(a*)*b'],
  ])('%s over long texts', (pattern) => {
    const { holds } = textTest({ op: 'regex', pattern })
    const random = createRandom(1)
    const noise = Array.from({ length: 2_047 }, () => (random() < 0.5 ? 'a' : 'b')).join('')
    for (const text of [`${'a'.repeat(2_047)}!`, `${noise}c`, 'a'.repeat(HUGE)]) {
      expect(cpuMs(() => holds(text, 0))).toBeLessThan(50)
    }
  })

  it.each([
    ['glob', '*a'.repeat(250)],
    ['glob', `*${'a'.repeat(498)}b`],
    ['glob', `*${'?a'.repeat(249)}b`],
    ['contains', `${'a'.repeat(250)}b${'a'.repeat(249)}`],
  ] as const)('%s %s over long texts', (op, piece) => {
    const { holds } = textTest(op === 'glob' ? { op, pattern: piece } : { op, value: piece })
    for (const text of ['a'.repeat(2_048), 'a'.repeat(HUGE)]) {
      expect(cpuMs(() => holds(text, 0))).toBeLessThan(50)
    }
  })

  it.each([
    ['('.repeat(HUGE)],
    ['a?'.repeat(HUGE / 2)],
    ['a|'.repeat(HUGE / 2)],
    ['*'.repeat(HUGE)],
  ])('refused before it is read: %.6s… of 100,000 characters', (pattern) => {
    expect(cpuMs(() => expect(() => compileRegex(pattern)).toThrow())).toBeLessThan(50)
  })
})

it('a text longer than any address matches no pattern, and equals itself still', () => {
  const text = 'a'.repeat(2_049)

  expect(textTest({ op: 'contains', value: 'a' }).holds(text, 0)).toBe(false)
  expect(textTest({ op: 'regex', pattern: 'a' }).holds(text, 0)).toBe(false)
  expect(textTest({ op: 'glob', pattern: '*' }).holds(text, 0)).toBe(false)
  expect(textTest({ op: 'equals', value: text }).holds(text, 0)).toBe(true)
})
