import { describe, expect, it } from 'vitest'
import type { Condition } from '#protocol/targeting.ts'
import { compile, createCompiler } from '#server/targeting/compile.ts'
import { gatherConditions } from '#server/targeting/gathered-conditions.ts'
import { indexConditions } from '#server/targeting/condition-index.ts'
import { readFacts } from '#server/targeting/reading.ts'
import { factsOf } from '../../support/facts-of.ts'
import { HistorySchema } from '../../support/history.ts'

const DAY_MS = 86_400_000
const NOW = Date.parse('2026-11-22T12:00:00Z')

function readingOf(history: object, now = NOW) {
  return readFacts(factsOf(HistorySchema.parse({ now, ...history })))
}

const viewedThrice: Condition = {
  kind: 'item',
  scope: 'profile',
  did: 'viewed',
  where: [{ field: 'category', test: { op: 'equals', value: 'shoes' } }],
  within: { last: 7, unit: 'days' },
  count: { op: 'atLeast', value: 3 },
}
const viewed = (...daysAgo: number[]) => ({
  products: { 'P-1': { categories: ['shoes'] } },
  items: daysAgo.map((days) => ({ product: 'P-1', did: 'viewed', at: NOW - days * DAY_MS })),
})

describe('explaining', () => {
  it('tells leaf by leaf how it came out, with the value seen', () => {
    const condition: Condition = {
      kind: 'all',
      of: [
        viewedThrice,
        {
          kind: 'not',
          of: { kind: 'place', field: 'country', test: { op: 'equals', value: 'AT' } },
        },
        {
          kind: 'any',
          of: [{ kind: 'prediction', of: 'churn', percent: { op: 'atLeast', value: 50 } }],
        },
      ],
    }

    expect(compile(condition).explain(readingOf(viewed(1, 2)))).toEqual({
      kind: 'all',
      outcome: 'false',
      of: [
        { kind: 'leaf', outcome: 'false', condition: viewedThrice, seen: 2 },
        {
          kind: 'not',
          outcome: 'true',
          of: {
            kind: 'leaf',
            outcome: 'false',
            condition: expect.objectContaining({ kind: 'place' }),
          },
        },
        {
          kind: 'any',
          outcome: 'unknown',
          of: [
            {
              kind: 'leaf',
              outcome: 'unknown',
              condition: { kind: 'prediction', of: 'churn', percent: { op: 'atLeast', value: 50 } },
            },
          ],
        },
      ],
    })
  })
})

describe('time alone', () => {
  it('ends what is true of a window to the millisecond', () => {
    const { holds, nextChangeAt } = compile(viewedThrice)
    const reading = readingOf(viewed(1, 2, 6, 8))
    const end = NOW + DAY_MS

    expect(nextChangeAt(reading)).toBe(end)
    expect(holds(reading.at(end - 1))).toBe(true)
    expect(holds(reading.at(end))).toBe(false)
  })

  it('does so however many times came before', () => {
    const { nextChangeAt } = compile(viewedThrice)
    const often = viewed(...Array.from({ length: 60 }, (_, index) => 1 + index / 10))

    expect(nextChangeAt(readingOf(often))).toBe(NOW + 5.8 * DAY_MS)
  })

  it('never changes what does not read it', () => {
    const { nextChangeAt } = compile({ kind: 'visits', count: { op: 'atLeast', value: 1 } })

    expect(nextChangeAt(readingOf({ visits: [NOW] }))).toBeUndefined()
  })

  it('is not waited for where something else decides', () => {
    const hour: Condition = { kind: 'hour', zone: 'shop', from: '09:00', to: '17:00' }
    const member: Condition = { kind: 'audience', audienceId: 'A' }
    const { nextChangeAt } = compile({ kind: 'all', of: [hour, member] })

    expect(nextChangeAt(readingOf({}))).toBeUndefined()
    expect(nextChangeAt(readingOf({ audienceIds: ['A'] }))).toBe(Date.parse('2026-11-22T16:00Z'))
  })
})

describe('conditions compiled together', () => {
  it('come out for each reading by itself', () => {
    const compileShared = createCompiler()
    const [first, second] = [compileShared(viewedThrice), compileShared(viewedThrice)]
    const [often, seldom] = [readingOf(viewed(1, 2, 3)), readingOf(viewed(1))]

    expect([first.holds(often), second.holds(seldom)]).toEqual([true, false])
    expect([first.holds(seldom), second.holds(often)]).toEqual([false, true])
  })
})

describe('conditions asked at once', () => {
  it('come out as each by itself, in order, of more than a word has bits', () => {
    const compileShared = createCompiler()
    const page: Condition = { kind: 'audience', audienceId: 'A' }
    const kinds: Condition[] = [
      viewedThrice,
      { kind: 'all', of: [viewedThrice, page] },
      { kind: 'any', of: [viewedThrice, page] },
      { kind: 'not', of: page },
      { kind: 'all', of: [] },
    ]
    const conditions = Array.from({ length: 70 }, (_, i) =>
      compileShared(kinds[i % kinds.length] ?? page),
    )
    const { holding } = gatherConditions(conditions.map((one, i) => [i, one] as const))

    for (const reading of [readingOf(viewed(1, 2, 3)), readingOf({ audienceIds: ['A'] })]) {
      const apart = conditions.flatMap((one, i) => (one.holds(reading) ? [i] : []))
      expect(holding(reading)).toEqual(apart)
      expect(apart.length).toBeGreaterThan(14)
    }
  })
})

describe('what changed', () => {
  it('leads to the conditions that read it, and to no others', () => {
    const quiz: Condition = {
      kind: 'event',
      scope: 'profile',
      name: 'Quiz Completed',
      where: [],
      count: { op: 'atLeast', value: 1 },
    }
    const member: Condition = { kind: 'not', of: { kind: 'audience', audienceId: 'A' } }
    const index = indexConditions([
      ['views', compile(viewedThrice)],
      ['quiz', compile(quiz)],
      ['both', compile({ kind: 'any', of: [quiz, { kind: 'all', of: [member, viewedThrice] }] })],
    ])

    expect([...index.readersOf(['event:Quiz Completed'])]).toEqual(['quiz', 'both'])
    expect([...index.readersOf(['item:viewed', 'audience:A'])]).toEqual(['views', 'both'])
    expect([...index.readersOf(['event:Other', 'cart', 'audience:B'])]).toEqual([])
  })
})
