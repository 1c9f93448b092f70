import { UNIT_MS, type TimeComparison, type Window } from '#protocol/comparison.ts'
import { isNotSet, isSet, type Test } from './test.ts'

/** Compiles a comparison of instants, epoch ms. */
export function timeTest(comparison: TimeComparison): Test<number> {
  switch (comparison.op) {
    case 'isSet':
      return { holds: isSet }
    case 'isNotSet':
      return { holds: isNotSet }
    case 'before': {
      const { at } = comparison
      return { holds: (it) => it !== undefined && it < at }
    }
    case 'after': {
      const { at } = comparison
      return { holds: (it) => it !== undefined && it > at }
    }
    case 'last': {
      const span = spanOf(comparison.window)
      return {
        holds: (it, now) => it !== undefined && it + span > now,
        endsAt: (it) => (it === undefined ? undefined : it + span),
      }
    }
  }
}

/** Milliseconds. */
export function spanOf({ last, unit }: Window): number {
  return last * UNIT_MS[unit]
}
