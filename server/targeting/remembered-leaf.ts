import type { Reading } from './reading.ts'

/** A leaf that several conditions have: only the first of them has it judged. */
export interface RememberedLeaf {
  readonly judge: (reading: Reading) => boolean
  /** The number of the reading that `held` is of. */
  judged: number
  held: boolean
}

export function leafHolds(leaf: RememberedLeaf, reading: Reading): boolean {
  if (leaf.judged !== reading.number) {
    leaf.held = leaf.judge(reading)
    leaf.judged = reading.number
  }
  return leaf.held
}
