import type { FactKey } from '../events/service.ts'
import type { CompiledCondition } from './compile.ts'

/** Finds what must be evaluated again. */
export interface ConditionIndex<Owner> {
  /** Owners of the conditions that read one of `keys`, each once. */
  readersOf(keys: Iterable<FactKey>): ReadonlySet<Owner>
}

/** `Owner` is whatever a condition belongs to: an audience, an experience. */
export function indexConditions<Owner>(
  conditions: Iterable<readonly [Owner, CompiledCondition]>,
): ConditionIndex<Owner> {
  const readers = new Map<FactKey, Owner[]>()
  for (const [owner, { reads }] of conditions) {
    for (const key of reads) {
      const known = readers.get(key)
      if (known === undefined) readers.set(key, [owner])
      else known.push(owner)
    }
  }
  return {
    readersOf(keys) {
      const found = new Set<Owner>()
      for (const key of keys) for (const owner of readers.get(key) ?? []) found.add(owner)
      return found
    },
  }
}
