import type { Leaf } from '#protocol/leaf.ts'
import type { Condition } from '#protocol/targeting.ts'
import { pick } from '../../e2e/support/random.ts'

/** What engines of others read: a value a name, worked out for them beforehand. */
export interface Attributes {
  readonly country: string
  readonly device: string
  readonly browser: string
  readonly language: string
  readonly path: string
  readonly source: string
  readonly marketing: boolean
  readonly isVip: boolean
  readonly visits: number
  readonly pages: number
  readonly orders: number
  readonly cartValue: number
  readonly cartQuantity: number
  readonly acmeViews: number
  readonly quizzes: number
}

export type Field = keyof Attributes

/** One question, in words that every engine has. */
export type Question =
  | { readonly field: Field; readonly op: 'is'; readonly value: string | boolean }
  | { readonly field: Field; readonly op: 'oneOf'; readonly values: readonly string[] }
  | { readonly field: Field; readonly op: 'contains'; readonly value: string }
  | { readonly field: Field; readonly op: 'atLeast'; readonly value: number }

/** For whom an experience is: all of `all`, and one of `any`. */
export interface Targeted {
  readonly all: readonly Question[]
  readonly any: readonly Question[]
}

export const CHOICES = {
  country: ['AT', 'DE', 'CH', 'IT', 'FR', 'NL'],
  device: ['phone', 'desktop', 'tablet'],
  browser: ['chrome', 'safari', 'firefox'],
  language: ['de', 'en', 'fr'],
  path: ['/', '/sale', '/shoes', '/cart'],
  source: ['google', 'news', 'direct', 'facebook'],
} as const

type Random = () => number

/** How many questions an experience asks: so many in `all`, give or take one, and so many in `any`. */
export interface Size {
  readonly all: number
  readonly any: number
}

export function someTargeted(count: number, size: Size, random: Random): readonly Targeted[] {
  const questions = (length: number) => Array.from({ length }, () => question(random))
  return Array.from({ length: count }, () => ({
    all: questions(size.all - 1 + Math.floor(random() * 3)),
    any: questions(size.any),
  }))
}

function question(random: Random): Question {
  const field = pick(random, ['country', 'device', 'browser', 'language', 'source'] as const)
  return pick<() => Question>(random, [
    () => ({ field, op: 'is', value: pick(random, CHOICES[field]) }),
    () => ({ field, op: 'oneOf', values: CHOICES[field].slice(0, 2) }),
    () => ({ field: 'path', op: 'contains', value: pick(random, CHOICES.path) }),
    () => ({ field: 'visits', op: 'atLeast', value: 1 + Math.floor(random() * 6) }),
    () => ({ field: 'pages', op: 'atLeast', value: 1 + Math.floor(random() * 8) }),
    () => ({ field: 'orders', op: 'atLeast', value: 1 + Math.floor(random() * 3) }),
    () => ({ field: 'cartValue', op: 'atLeast', value: 1 + Math.floor(random() * 20_000) }),
    () => ({ field: 'cartQuantity', op: 'atLeast', value: 1 + Math.floor(random() * 4) }),
    () => ({ field: 'acmeViews', op: 'atLeast', value: 1 + Math.floor(random() * 6) }),
    () => ({ field: 'quizzes', op: 'atLeast', value: 1 + Math.floor(random() * 3) }),
    () => ({ field: 'isVip', op: 'is', value: true }),
    () => ({ field: 'marketing', op: 'is', value: true }),
  ])()
}

/** The same in our language, where values are not worked out beforehand: counts are made from what happened. */
export function conditionOf({ all, any }: Targeted): Condition {
  const of: Condition[] = all.map(leafOf)
  return { kind: 'all', of: any.length === 0 ? of : [...of, { kind: 'any', of: any.map(leafOf) }] }
}

function leafOf(question: Question): Leaf {
  if (question.op === 'atLeast') return countOf(question.field, question.value)
  if (question.field === 'isVip') return { kind: 'audience', audienceId: 'vip' }
  if (question.field === 'marketing') return { kind: 'consent', purpose: 'marketing' }
  const test = textTestOf(question)
  const { field } = question
  if (field === 'country') return { kind: 'place', field, test }
  if (field === 'path') return { kind: 'page', field, test }
  if (field === 'source') return { kind: 'source', touch: 'session', field, test }
  if (field === 'browser' || field === 'language') return { kind: 'device', field, test }
  return { kind: 'device', field: 'class', test }
}

function textTestOf(question: Exclude<Question, { op: 'atLeast' }>) {
  switch (question.op) {
    case 'is':
      return { op: 'equals' as const, value: String(question.value) }
    case 'oneOf':
      return { op: 'oneOf' as const, values: [...question.values] }
    case 'contains':
      return { op: 'contains' as const, value: question.value }
  }
}

function countOf(field: Field, value: number): Leaf {
  const count = { op: 'atLeast' as const, value }
  const within = { last: 30, unit: 'days' as const }
  if (field === 'visits' || field === 'orders') return { kind: field, count }
  if (field === 'pages') return { kind: 'pageSeen', scope: 'session', count }
  if (field === 'cartValue') return { kind: 'cartValue', currency: 'EUR', amount: count }
  if (field === 'cartQuantity') return { kind: field, count }
  if (field === 'acmeViews') {
    const where = [{ field: 'brand' as const, test: { op: 'equals' as const, value: 'acme' } }]
    return { kind: 'item', scope: 'profile', did: 'viewed', where, within, count }
  }
  return { kind: 'event', scope: 'profile', name: 'Quiz Completed', where: [], within, count }
}
