import type { CompiledCondition } from './compile.ts'
import type { Reading } from './reading.ts'
import { leafHolds, type RememberedLeaf } from './remembered-leaf.ts'

/** Many conditions that are asked at once. */
export interface GatheredConditions<Owner> {
  /** Owners of those that hold, in the order in which they were gathered. */
  readonly holding: (reading: Reading) => Owner[]
}

/** A set of conditions, a bit each. */
type Places = Int32Array

interface NeededLeaf {
  readonly leaf: RememberedLeaf
  /** The conditions that are false without it. */
  readonly neededBy: Places
}

const WORD = 32

/**
 * Asks leaf by leaf in place of condition by condition: one that does not hold strikes out all that need it, and a leaf is
 * left alone once all that need it are struck out. Pays where they were compiled by one compiler, and so have leaves
 * in common.
 */
export function gatherConditions<Owner>(
  conditions: Iterable<readonly [Owner, CompiledCondition]>,
): GatheredConditions<Owner> {
  const all = [...conditions]
  const leaves = neededLeaves(all.map(([, condition]) => condition))
  const words = wordsFor(all.length)
  return {
    holding(reading) {
      const open = new Int32Array(words).fill(-1)
      for (const { leaf, neededBy } of leaves) {
        if (share(open, neededBy) && !leafHolds(leaf, reading)) strike(open, neededBy)
      }
      const found: Owner[] = []
      for (let word = 0; word < words; word += 1) {
        for (let bits = open[word] ?? 0; bits !== 0; bits &= bits - 1) {
          const one = all[word * WORD + lowestOf(bits)]
          if (one?.[1].holds(reading) === true) found.push(one[0])
        }
      }
      return found
    },
  }
}

/** Those that most need first: they strike out the most. */
function neededLeaves(conditions: readonly CompiledCondition[]): readonly NeededLeaf[] {
  const needed = new Map<RememberedLeaf, { neededBy: Places; times: number }>()
  for (const [place, { needs }] of conditions.entries()) {
    for (const leaf of needs) {
      const known = needed.get(leaf) ?? {
        neededBy: new Int32Array(wordsFor(conditions.length)),
        times: 0,
      }
      needed.set(leaf, known)
      known.times += 1
      const word = Math.floor(place / WORD)
      known.neededBy[word] = (known.neededBy[word] ?? 0) | (1 << (place % WORD))
    }
  }
  return [...needed]
    .toSorted(([, a], [, b]) => b.times - a.times)
    .map(([leaf, { neededBy }]) => ({ leaf, neededBy }))
}

function wordsFor(count: number): number {
  return Math.ceil(count / WORD)
}

function share(some: Places, others: Places): boolean {
  for (let word = 0; word < some.length; word += 1) {
    if (((some[word] ?? 0) & (others[word] ?? 0)) !== 0) return true
  }
  return false
}

function strike(open: Places, struck: Places): void {
  for (let word = 0; word < open.length; word += 1) {
    open[word] = (open[word] ?? 0) & ~(struck[word] ?? 0)
  }
}

/** The place of the lowest bit that is set. */
function lowestOf(bits: number): number {
  return WORD - 1 - Math.clz32(bits & -bits)
}
