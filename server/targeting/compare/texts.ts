import { COMPARISON_LIMITS, type TextComparison } from '#protocol/comparison.ts'
import { compileGlob } from './glob.ts'
import { compileRegex } from './regex.ts'
import { isNotSet, isSet, type Test } from './test.ts'

type PatternComparison = Extract<
  TextComparison,
  { op: 'contains' | 'starts' | 'ends' | 'glob' | 'regex' }
>

/** Compiles a comparison of texts. Refuses a regular expression that is none, or too large. */
export function textTest(comparison: TextComparison): Test<string> {
  return { holds: textHolds(comparison) }
}

function textHolds(comparison: TextComparison): (value: string | undefined) => boolean {
  switch (comparison.op) {
    case 'isSet':
      return isSet
    case 'isNotSet':
      return isNotSet
    case 'equals': {
      const { value } = comparison
      return (it) => it === value
    }
    case 'oneOf':
      return oneOfHolds(comparison.values)
    case 'contains':
    case 'starts':
    case 'ends':
    case 'glob':
    case 'regex':
      return patternHolds(comparison)
  }
}

/** By value and type, whatever the type. */
export function oneOfHolds(values: readonly unknown[]): (it: unknown) => boolean {
  const among = new Set(values)
  return (it) => it !== undefined && among.has(it)
}

/** Also for values of any type, of which it is false unless they are texts. */
export function patternHolds(comparison: PatternComparison): (it: unknown) => boolean {
  const matches = matcherOf(comparison)
  return (it) => typeof it === 'string' && it.length <= COMPARISON_LIMITS.textChars && matches(it)
}

function matcherOf(comparison: PatternComparison): (text: string) => boolean {
  switch (comparison.op) {
    case 'contains':
      return (text) => text.includes(comparison.value)
    case 'starts':
      return (text) => text.startsWith(comparison.value)
    case 'ends':
      return (text) => text.endsWith(comparison.value)
    case 'glob':
      return compileGlob(comparison.pattern)
    case 'regex':
      return compileRegex(comparison.pattern)
  }
}
