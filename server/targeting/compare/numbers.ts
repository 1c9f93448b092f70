import type { CountComparison, NumberComparison } from '#protocol/comparison.ts'
import { isNotSet, isSet, type Test } from './test.ts'

/** Compiles a comparison of numbers. */
export function numberTest(comparison: NumberComparison): Test<number> {
  return { holds: numberHolds(comparison) }
}

function numberHolds(comparison: NumberComparison): (value: number | undefined) => boolean {
  switch (comparison.op) {
    case 'isSet':
      return isSet
    case 'isNotSet':
      return isNotSet
    case 'equals': {
      const { value } = comparison
      return (it) => it === value
    }
    case 'between': {
      const { from, to } = comparison
      return (it) => it !== undefined && it >= from && it <= to
    }
    case 'greater':
    case 'atLeast':
    case 'less':
    case 'atMost':
      return limitHolds(comparison)
  }
}

/** One end of a range; also for values of any type, of which it is false unless they are numbers. */
export function limitHolds({
  op,
  value,
}: Extract<CountComparison, { op: 'greater' | 'atLeast' | 'less' | 'atMost' }>): (
  it: unknown,
) => boolean {
  switch (op) {
    case 'greater':
      return (it) => typeof it === 'number' && it > value
    case 'atLeast':
      return (it) => typeof it === 'number' && it >= value
    case 'less':
      return (it) => typeof it === 'number' && it < value
    case 'atMost':
      return (it) => typeof it === 'number' && it <= value
  }
}

/** The whole numbers at which a growing count may change what holds. */
export function turningPoints(comparison: CountComparison): readonly number[] {
  switch (comparison.op) {
    case 'equals':
      return [Math.ceil(comparison.value), Math.floor(comparison.value) + 1]
    case 'between':
      return [Math.ceil(comparison.from), Math.floor(comparison.to) + 1]
    case 'atLeast':
    case 'less':
      return [Math.ceil(comparison.value)]
    case 'greater':
    case 'atMost':
      return [Math.floor(comparison.value) + 1]
  }
}
