import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { EmailSchema } from '#protocol/account.ts'
import {
  hear,
  placeAfter,
  saidIn,
  turnFrom,
  type BotAnswers,
  type Takeover,
} from '#protocol/bot-script.ts'
import { ChatbotStepSchema, type ChatbotStep } from '#protocol/chatbots.ts'
import { faultsOf } from '#protocol/script-faults.ts'
import { root } from '../../scripts/root.mjs'

const CasesSchema = z.object({
  scripts: z.record(z.string(), z.array(ChatbotStepSchema)),
  walks: z.array(
    z.object({
      what: z.string(),
      script: z.string(),
      takeover: z.enum(['taken', 'nobody', 'later']),
      answers: z.array(z.string()),
      said: z.array(z.string()),
      ends: z.enum(['asks', 'handover', 'over']),
      problems: z.array(z.string()).default([]),
      missed: z.boolean().default(false),
    }),
  ),
  faults: z.array(
    z.object({
      what: z.string(),
      steps: z.array(ChatbotStepSchema),
      faults: z.array(z.string()),
    }),
  ),
})
const cases = CasesSchema.parse(
  JSON.parse(readFileSync(join(root, 'test/cases/bot-script.json'), 'utf8')),
)

/** Says all these one after the other. A button's id is what its text would be. */
function walk(steps: readonly ChatbotStep[], given: readonly string[], takeover: Takeover) {
  let answers: BotAnswers = {}
  let turn = turnFrom(steps, answers, 0, takeover)
  let { missed } = turn
  const said = [...turn.said]
  const problems: string[] = []
  for (const text of given) {
    const { step } = turn
    if (turn.ends !== 'asks' || step === undefined) break
    const isButton = step.kind === 'question' && step.answers.some(({ id }) => id === text)
    const heard = hear(step, text, isButton ? text : undefined)
    if (!heard.isGood) {
      problems.push(heard.problem)
      continue
    }
    answers = { ...answers, [step.id]: heard.value }
    turn = turnFrom(steps, answers, placeAfter(steps, step.id), takeover)
    missed ||= turn.missed
    said.push(...turn.said)
  }
  return { said: said.map(({ id }) => id), ends: turn.ends, problems, missed, answers }
}

describe('a script', () => {
  it.each(cases.walks)('$what', ({ script, takeover, answers, said, ends, problems, missed }) => {
    const walked = walk(cases.scripts[script] ?? [], answers, takeover)

    expect(walked).toMatchObject({ said, ends, problems, missed })
  })

  it('keeps an address in lower case, a number as digits, one line as one', () => {
    const step = (kind: 'email' | 'phone' | 'line' | 'lines') =>
      ChatbotStepSchema.parse({ kind, id: 'a', text: { en: 'A' } })

    expect(hear(step('email'), ' Ana@Example.COM ')).toEqual({
      isGood: true,
      value: 'ana@example.com',
    })
    expect(hear(step('phone'), '0057 300 1234567')).toEqual({
      isGood: true,
      value: '+573001234567',
    })
    expect(hear(step('line'), 'one\n two')).toEqual({ isGood: true, value: 'one two' })
    expect(hear(step('lines'), 'one\n two')).toEqual({ isGood: true, value: 'one\n two' })
  })

  it.each([
    'ana@example.com',
    'a.b+c@sub.example.co',
    'ana@',
    '@x.y',
    'a..b@x.yz',
    'a@b',
    'a b@c.de',
  ])('takes %j for an address where everything else does', (typed) => {
    const step = ChatbotStepSchema.parse({ kind: 'email', id: 'a', text: { en: 'A' } })

    expect(hear(step, typed).isGood).toBe(EmailSchema.safeParse(typed).success)
  })

  it.each([
    { wanted: ['es-CO'], said: 'Hola' },
    { wanted: ['fr', 'es'], said: 'Hola' },
    { wanted: ['pt'], said: 'Olá' },
    { wanted: ['fr'], said: 'Hello' },
  ])('is said in the best language of $wanted', ({ wanted, said }) => {
    expect(saidIn({ en: 'Hello', es: 'Hola', 'pt-BR': 'Olá' }, wanted)).toBe(said)
  })

  it.each(cases.faults)('that has $what says which step', ({ steps, faults }) => {
    expect(faultsOf(steps).map(({ place, code }) => `${place} ${code}`)).toEqual(faults)
  })
})

/** The same, as simply as it can be thought: a step after the other, from the start each time. */
function naiveWalk(steps: readonly ChatbotStep[], given: readonly string[], isThere: boolean) {
  const chosen = new Map<string, string>()
  const said: string[] = []
  const rest = [...given]
  for (const step of steps) {
    let isWanted = true
    for (const [question, wanted] of Object.entries(step.when)) {
      if (!wanted.some((one) => chosen.get(question) === one)) isWanted = false
    }
    if (!isWanted) continue
    if (step.kind === 'handover' && !isThere) continue
    said.push(step.id)
    if (step.kind === 'handover') return { said, ends: 'handover' }
    if (step.kind !== 'question') continue
    const answer = rest.shift()
    if (answer === undefined) return { said, ends: 'asks' }
    chosen.set(step.id, answer)
  }
  return { said, ends: 'over' }
}

const ANSWERS = ['a', 'b', 'c'] as const
const shape = fc.record({
  kind: fc.constantFrom('text' as const, 'question' as const, 'handover' as const),
  when: fc.uniqueArray(
    fc.record({
      back: fc.integer({ min: 1, max: 6 }),
      wanted: fc.uniqueArray(fc.constantFrom(...ANSWERS), { minLength: 1 }),
    }),
    { maxLength: 3, selector: ({ back }) => back },
  ),
})

function scriptOf(shapes: readonly (typeof shape extends fc.Arbitrary<infer T> ? T : never)[]) {
  return shapes.map(({ kind, when }, at) => {
    const named = when.flatMap(({ back, wanted }) =>
      shapes[at - back]?.kind === 'question' ? [[`s${at - back}`, wanted]] : [],
    )
    const answers = ANSWERS.map((id) => ({ id, text: { en: id } }))
    return ChatbotStepSchema.parse({
      kind,
      id: `s${at}`,
      text: { en: 'Said' },
      when: Object.fromEntries(named),
      ...(kind === 'question' && { answers }),
    })
  })
}

describe('any script', () => {
  it('leads where walking it by hand leads', () => {
    fc.assert(
      fc.property(
        fc.array(shape, { maxLength: 12 }),
        fc.array(fc.constantFrom(...ANSWERS), { maxLength: 12 }),
        fc.boolean(),
        (shapes, given, isThere) => {
          const steps = scriptOf(shapes)
          expect(faultsOf(steps).filter(({ code }) => code !== 'no_steps')).toEqual([])
          const { said, ends } = walk(steps, given, isThere ? 'taken' : 'nobody')
          expect({ said, ends }).toEqual(naiveWalk(steps, given, isThere))
        },
      ),
      { numRuns: 1_000 },
    )
  })
})
