import { createHash } from 'node:crypto'

type Fields = Readonly<Record<string, unknown>>

/** What changed of an object, before and after; `null`: it was not there. */
export interface Changes {
  readonly before: Fields | null
  readonly after: Fields | null
}

const MAX_CHARS = 500

/**
 * The fields that differ. Those of `told` are kept as they are while they are short; of all others only a digest, by which
 * one can see that they changed and whether they are as they were: they may hold anything, people's addresses too.
 */
export function changesOf(
  before: Fields | null,
  after: Fields | null,
  told: readonly string[],
): Changes {
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])]
  const changed = names.filter((name) => !isSame(before?.[name], after?.[name]))
  return { before: kept(before, changed, told), after: kept(after, changed, told) }
}

function isSame(one: unknown, other: unknown): boolean {
  return canonical(one) === canonical(other)
}

function kept(fields: Fields | null, names: readonly string[], told: readonly string[]) {
  if (fields === null) return null
  const there = names.filter((name) => fields[name] !== undefined)
  return Object.fromEntries(
    there.map((name) => [name, shown(fields[name], told.includes(name))] as const),
  )
}

function shown(value: unknown, isTold: boolean): unknown {
  const text = canonical(value)
  if (isTold && text.length <= MAX_CHARS) return value
  return { sha256: createHash('sha256').update(text).digest('hex') }
}

/** JSON with sorted keys: databases do not keep their order. */
function canonical(value: unknown): string {
  const sorted = (_: string, it: unknown): unknown =>
    typeof it === 'object' && it !== null && !Array.isArray(it)
      ? Object.fromEntries(Object.entries(it).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : it
  return JSON.stringify(value, sorted) ?? 'undefined'
}
