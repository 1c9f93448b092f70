import { describe, expect, it } from 'vitest'
import { compile, createCompiler, type CompiledCondition } from '#server/targeting/compile.ts'
import { gatherConditions } from '#server/targeting/gathered-conditions.ts'
import { readFacts } from '#server/targeting/reading.ts'
import { createRandom } from '../../e2e/support/random.ts'
import { factsOf } from '../../support/facts-of.ts'
import { naiveOutcome } from '../../support/naive-conditions.ts'
import { randomCondition } from '../../support/random-conditions.ts'
import { randomHistory } from '../../support/random-histories.ts'

const TREES = process.env.TEST_LONG === '1' ? 100_000 : 4_000
/** Trees asked of one history. */
const EACH = 10
const DAY_MS = 86_400_000
const SEED = Number(process.env.TEST_SEED ?? Date.now() % 2 ** 31)

/** On a change of clocks, an hour around one, and somewhere in between. */
const NOWS = [
  '2026-10-25T00:30:00Z',
  '2026-10-25T01:00:00Z',
  '2026-03-29T00:59:59.999Z',
  '2026-11-01T05:45:00Z',
  '2026-10-03T15:30:00Z',
  '2026-11-22T12:00:00Z',
].map((text) => Date.parse(text))

describe(`the engine and a naive one (seed ${SEED})`, () => {
  it(`come out alike over ${TREES} random trees`, () => {
    const random = createRandom(SEED)
    const outcomes = { true: 0, false: 0, unknown: 0 }
    const faults: string[] = []

    for (let tree = 0; tree < TREES && faults.length === 0; tree += EACH) {
      const now = NOWS[Math.floor(random() * NOWS.length)] ?? 0
      const history = randomHistory(random, now)
      const reading = readFacts(factsOf(history))
      const together = createCompiler()
      const gathered: [string, CompiledCondition][] = []
      const trueOnes: string[] = []
      for (let each = 0; each < EACH; each += 1) {
        const condition = randomCondition(random, now)
        const expected = naiveOutcome(condition, history)
        const compiled = compile(condition)
        const shared = together(condition)
        gathered.push([JSON.stringify(condition), shared])
        if (expected === 'true') trueOnes.push(JSON.stringify(condition))
        const isAlike =
          compiled.evaluate(reading) === expected &&
          compiled.explain(reading).outcome === expected &&
          shared.holds(reading) === (expected === 'true')
        if (!isAlike) faults.push(JSON.stringify({ expected, condition, history }))
        outcomes[expected] += 1
      }
      const holding = gatherConditions(gathered).holding(readFacts(factsOf(history)))
      if (holding.join('\n') !== trueOnes.join('\n')) {
        faults.push(JSON.stringify({ holding, trueOnes, history }))
      }
    }

    expect(faults).toEqual([])
    // Were nearly all alike, agreeing would mean nothing.
    expect(Math.min(...Object.values(outcomes))).toBeGreaterThan(TREES / 50)
  })

  it('come out otherwise exactly when the engine said so', () => {
    const random = createRandom(SEED + 1)
    const faults: string[] = []
    let changes = 0
    let askedAgain = 0

    for (let tree = 0; tree < TREES / 4 && faults.length === 0; tree += 1) {
      const now = NOWS[Math.floor(random() * NOWS.length)] ?? 0
      const history = randomHistory(random, now)
      const condition = randomCondition(random, now)
      const at = compile(condition).nextChangeAt(readFacts(factsOf(history)))
      const outcomeAt = (then: number) => naiveOutcome(condition, { ...history, now: then })
      const last = (at ?? now + 40 * DAY_MS) - 1
      const looks = [0.001, 0.01, 0.1, 0.5, 0.9, random(), random(), 1]
      const before = looks.map((part) => outcomeAt(Math.floor(now + (last - now) * part)))
      const isChange = at !== undefined && outcomeAt(at) !== outcomeAt(now)
      // Hours that never come together: after days without a change the engine asks to be asked again.
      const isQuestion = at !== undefined && !isChange && at - now > DAY_MS
      const isAsSaid =
        before.every((outcome) => outcome === outcomeAt(now)) &&
        (at === undefined || isChange || isQuestion)
      if (!isAsSaid) faults.push(JSON.stringify({ at, condition, history }))
      changes += isChange ? 1 : 0
      askedAgain += isQuestion ? 1 : 0
    }

    expect(faults).toEqual([])
    expect(changes).toBeGreaterThan(TREES / 100)
    expect(askedAgain).toBeLessThan(changes / 20)
  })
})
