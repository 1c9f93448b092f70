import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { LEAVES } from '#protocol/leaf.ts'
import { ConditionSchema } from '#protocol/targeting.ts'
import { compile } from '#server/targeting/compile.ts'
import { readFacts } from '#server/targeting/reading.ts'
import { root } from '../../../scripts/root.mjs'
import { factsOf } from '../../support/facts-of.ts'
import { HistorySchema, type History } from '../../support/history.ts'
import { naiveOutcome } from '../../support/naive-conditions.ts'

const Told = z.record(z.string(), z.unknown())
const TableSchema = z.strictObject({
  about: z.string(),
  histories: z.record(z.string(), Told),
  cases: z.array(
    z.strictObject({
      name: z.string(),
      condition: ConditionSchema,
      /** The name of a history, one `like` it with something else, or its own. */
      history: z.union([z.string(), Told]).default({}),
      expected: z.enum(['true', 'false', 'unknown']),
      note: z.string().optional(),
    }),
  ),
})

const text = readFileSync(join(root, 'test/cases/conditions.json'), 'utf8')
const { histories, cases: rows } = TableSchema.parse(JSON.parse(text))
const cases = rows.map((row) => ({ ...row, history: historyOf(row.history) }))

function historyOf(told: string | Record<string, unknown>): History {
  const { like, ...own } = typeof told === 'string' ? { like: told } : told
  const known = typeof like === 'string' ? histories[like] : {}
  if (known === undefined) throw new Error(`A history like none: ${JSON.stringify(told)}`)
  return HistorySchema.parse({ ...known, ...own })
}

/** Every comparison there is. */
const OPERATORS =
  `equals greater atLeast less atMost between oneOf includes contains starts ends glob regex
  before after last isSet isNotSet top share`.split(/\s+/)

describe('the condition language', () => {
  it.each(cases)('$name: $expected', ({ condition, history, expected }) => {
    const compiled = compile(condition)
    const reading = readFacts(factsOf(history))

    expect(compiled.evaluate(reading)).toBe(expected)
    expect(compiled.holds(reading)).toBe(expected === 'true')
  })

  it('is read alike by the naive engine', () => {
    // It uses the platform's regular expressions, which have no flag inside.
    const readable = cases.filter(({ condition }) => !JSON.stringify(condition).includes('(?i)'))

    expect(
      readable.map(({ name, condition, history }) => [name, naiveOutcome(condition, history)]),
    ).toEqual(readable.map(({ name, expected }) => [name, expected]))
  })

  it('has an example of every leaf and every comparison', () => {
    const told = JSON.stringify(rows)
    const kinds = LEAVES.map((leaf) => leaf.shape.kind.value)

    expect(kinds.filter((kind) => !told.includes(`"kind":"${kind}"`))).toEqual([])
    expect(OPERATORS.filter((op) => !told.includes(`"op":"${op}"`))).toEqual([])
  })
})
