import { evalCondition } from '@growthbook/growthbook'
import jsonLogic, { type RulesLogic } from 'json-logic-js'
import { Engine, type ConditionProperties } from 'json-rules-engine'
import { compile, createCompiler } from '#server/targeting/compile.ts'
import { gatherConditions } from '#server/targeting/gathered-conditions.ts'
import { readFacts } from '#server/targeting/reading.ts'
import type { Visitor } from './bench-visitors.ts'
import {
  conditionOf,
  type Attributes,
  type Question,
  type Targeted,
} from './experience-catalogue.ts'

/** Which experiences are for a visitor, by their place in the list. */
export interface ConditionEngine {
  readonly name: string
  readonly decide: (visitor: Visitor) => number[] | Promise<number[]>
}

/** Ours reads what happened, and is given it anew each time; the others read attributes that were worked out before. */
export function ours(experiences: readonly Targeted[]): ConditionEngine {
  const compiled = experiences.map(conditionOf).map(createCompiler())
  const { holding } = gatherConditions(compiled.map((it, index) => [index, it] as const))
  return { name: 'ours', decide: ({ facts }) => holding(readFacts(facts)) }
}

/** As if no experience asked what another asks as well. */
export function oursUnshared(experiences: readonly Targeted[]): ConditionEngine {
  const compiled = experiences.map(conditionOf).map(compile)
  return {
    name: 'ours, each condition by itself',
    decide({ facts }) {
      const reading = readFacts(facts)
      return indexesOf(compiled, ({ holds }) => holds(reading))
    },
  }
}

export function growthBook(experiences: readonly Targeted[]): ConditionEngine {
  const conditions = experiences.map(({ all, any }) => ({
    $and: [...all.map(mongoOf), ...(any.length === 0 ? [] : [{ $or: any.map(mongoOf) }])],
  }))
  return {
    name: '@growthbook/growthbook evalCondition',
    decide: ({ attributes }) => indexesOf(conditions, (it) => evalCondition({ ...attributes }, it)),
  }
}

function mongoOf(question: Question) {
  const { field } = question
  switch (question.op) {
    case 'is':
      return { [field]: question.value }
    case 'oneOf':
      return { [field]: { $in: [...question.values] } }
    case 'contains':
      return { [field]: { $regex: question.value } }
    case 'atLeast':
      return { [field]: { $gte: question.value } }
  }
}

export function jsonLogicEngine(experiences: readonly Targeted[]): ConditionEngine {
  const rules = experiences.map(({ all, any }): RulesLogic => {
    const either: RulesLogic[] = any.length === 0 ? [] : [{ or: any.map(logicOf) }]
    return { and: [...all.map(logicOf), ...either] }
  })
  return {
    name: 'json-logic-js',
    decide: ({ attributes }) => indexesOf(rules, (it) => jsonLogic.apply(it, attributes) === true),
  }
}

function logicOf(question: Question): RulesLogic {
  const value = { var: question.field }
  switch (question.op) {
    case 'is':
      return { '===': [value, question.value] }
    case 'oneOf':
      return { in: [value, [...question.values]] }
    case 'contains':
      return { in: [question.value, value] }
    case 'atLeast':
      return { '>=': [value, question.value] }
  }
}

export function jsonRulesEngine(experiences: readonly Targeted[]): ConditionEngine {
  const engine = new Engine()
  engine.addOperator('textContains', (text: string, piece: string) => text.includes(piece))
  for (const [index, { all, any }] of experiences.entries()) {
    engine.addRule({
      conditions: {
        all: [...all.map(ruleOf), ...(any.length === 0 ? [] : [{ any: any.map(ruleOf) }])],
      },
      event: { type: String(index) },
    })
  }
  return {
    name: 'json-rules-engine',
    async decide({ attributes }) {
      const { events } = await engine.run({ ...attributes })
      return events.map(({ type }) => Number(type)).toSorted((a, b) => a - b)
    },
  }
}

function ruleOf(question: Question): ConditionProperties {
  const fact = question.field
  switch (question.op) {
    case 'is':
      return { fact, operator: 'equal', value: question.value }
    case 'oneOf':
      return { fact, operator: 'in', value: [...question.values] }
    case 'contains':
      return { fact, operator: 'textContains', value: question.value }
    case 'atLeast':
      return { fact, operator: 'greaterThanInclusive', value: question.value }
  }
}

/** The limit: closures over attributes, as somebody would write them by hand. */
export function closures(experiences: readonly Targeted[]): ConditionEngine {
  const tests = experiences.map(({ all, any }) => {
    const [each, either] = [all.map(closureOf), any.map(closureOf)]
    return (attributes: Attributes) =>
      each.every((test) => test(attributes)) &&
      (either.length === 0 || either.some((test) => test(attributes)))
  })
  return {
    name: 'closures over attributes',
    decide: ({ attributes }) => indexesOf(tests, (test) => test(attributes)),
  }
}

function closureOf(question: Question): (attributes: Attributes) => boolean {
  const { field } = question
  switch (question.op) {
    case 'is':
      return (it) => it[field] === question.value
    case 'oneOf':
      return (it) => question.values.includes(String(it[field]))
    case 'contains':
      return (it) => String(it[field]).includes(question.value)
    case 'atLeast':
      return (it) => Number(it[field]) >= question.value
  }
}

function indexesOf<T>(conditions: readonly T[], holds: (condition: T) => boolean): number[] {
  const found: number[] = []
  let index = 0
  for (const condition of conditions) {
    if (holds(condition)) found.push(index)
    index += 1
  }
  return found
}
