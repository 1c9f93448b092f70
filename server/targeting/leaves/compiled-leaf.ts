import type { FactKey } from '../../events/service.ts'
import type { Test } from '../compare/test.ts'
import type { Reading } from '../reading.ts'

/** One leaf, ready to be asked. */
export interface CompiledLeaf {
  /** Undefined: unknown, for the facts come with a slice that is not there yet. */
  readonly holds: ((reading: Reading) => boolean) | undefined
  /** The value it judges, to be shown; undefined where it is missing. */
  readonly seen: (reading: Reading) => unknown
  readonly reads: readonly FactKey[]
  /** When time alone may change what holds, at the earliest and after now; a leaf without it does not depend on time. */
  readonly nextChangeAt?: (reading: Reading) => number | undefined
}

/** A leaf that judges one value. */
export function judging<Value>(
  reads: readonly FactKey[],
  seen: (reading: Reading) => Value | undefined,
  test: Test<Value>,
): CompiledLeaf {
  const { holds, endsAt } = test
  const leaf = {
    reads,
    seen,
    holds: (reading: Reading) => holds(seen(reading), reading.now),
  }
  if (endsAt === undefined) return leaf
  return {
    ...leaf,
    nextChangeAt(reading) {
      const at = endsAt(seen(reading))
      return at !== undefined && at > reading.now ? at : undefined
    },
  }
}
