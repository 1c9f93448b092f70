import type { Window } from '#protocol/comparison.ts'
import type { FactKey } from '../../events/service.ts'
import type { Test } from '../compare/test.ts'
import { spanOf } from '../compare/times.ts'
import type { Reading } from '../reading.ts'
import { nextFlip, type Leaving } from '../window.ts'
import type { CompiledLeaf } from './compiled-leaf.ts'

export interface Counting {
  /** Names what is counted: leaves that compare the same count with different numbers share it. */
  readonly key: string
  readonly reads: readonly FactKey[]
  readonly within: Window | undefined
  readonly test: Test<number>
  /** What counts: all of it, or what lies after `since`. */
  readonly total: (reading: Reading, since: number) => number
  /** The same, part by part, with the instants at which each leaves a window of `span`. */
  readonly leaving: (reading: Reading, span: number) => readonly Leaving[]
}

/** A leaf that judges a count or sum, within a window or over all time. */
export function counting(what: Counting): CompiledLeaf {
  const { key, reads, within, test, total, leaving } = what
  const span = within === undefined ? Number.POSITIVE_INFINITY : spanOf(within)
  const seen = (reading: Reading) => {
    const known = reading.counted.get(key)
    if (known !== undefined) return known
    const made = total(reading, reading.now - span)
    reading.counted.set(key, made)
    return made
  }
  const leaf = {
    reads,
    seen,
    holds: (reading: Reading) => test.holds(seen(reading), reading.now),
  }
  if (within === undefined) return leaf
  return {
    ...leaf,
    nextChangeAt: (reading) =>
      nextFlip(seen(reading), leaving(reading, span), (left) => test.holds(left, reading.now)),
  }
}

/** The key of a leaf: all of it but what its count is compared with. */
export function keyOf<Compared extends string>(
  leaf: Partial<Record<Compared, unknown>>,
  compared: Compared,
): string {
  return JSON.stringify({ ...leaf, [compared]: undefined })
}
