import type { ValueComparison } from '#protocol/comparison.ts'
import { limitHolds, numberTest } from './numbers.ts'
import { isNotSet, isSet, type Test } from './test.ts'
import { oneOfHolds, patternHolds } from './texts.ts'
import { timeTest } from './times.ts'

/** A calendar date, or date and time with its zone. */
const ISO_TIME = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d))?$/

/** Compiles a comparison of a value whose type the shop chose; nothing is ever turned into another type. */
export function valueTest(comparison: ValueComparison): Test<unknown> {
  switch (comparison.op) {
    case 'isSet':
      return { holds: isSet }
    case 'isNotSet':
      return { holds: isNotSet }
    case 'equals': {
      const { value } = comparison
      return { holds: (it) => it === value }
    }
    case 'oneOf':
      return { holds: oneOfHolds(comparison.values) }
    case 'includes': {
      const { value } = comparison
      return { holds: (it) => Array.isArray(it) && it.includes(value) }
    }
    case 'between': {
      const { holds } = numberTest(comparison)
      return { holds: (it, now) => typeof it === 'number' && holds(it, now) }
    }
    case 'before':
    case 'after':
    case 'last': {
      const { holds, endsAt } = timeTest(comparison)
      return {
        holds: (it, now) => holds(instantIn(it), now),
        ...(endsAt !== undefined && { endsAt: (it: unknown) => endsAt(instantIn(it)) }),
      }
    }
    case 'contains':
    case 'starts':
    case 'ends':
    case 'glob':
    case 'regex':
      return { holds: patternHolds(comparison) }
    case 'greater':
    case 'atLeast':
    case 'less':
    case 'atMost':
      return { holds: limitHolds(comparison) }
  }
}

function instantIn(value: unknown): number | undefined {
  if (typeof value !== 'string' || !ISO_TIME.test(value)) return undefined
  const at = Date.parse(value)
  return Number.isNaN(at) ? undefined : at
}
