import type { Condition } from '#protocol/targeting.ts'

/** What a list is narrowed to, as it stands in the page's address; empty: not at all. */
export type ListFilter<Name extends string> = Readonly<Record<Name, string>>

export function filterIn<Name extends string>(
  query: URLSearchParams,
  names: readonly Name[],
): ListFilter<Name> {
  const found = names.map((name) => [name, query.get(name) ?? ''] as const)
  return Object.fromEntries(found) as ListFilter<Name>
}

/** The part of an address behind `?`; what is empty is left out. */
export function queryOf(filter: Readonly<Record<string, string>>): string {
  return new URLSearchParams(Object.entries(filter).filter(([, value]) => value !== '')).toString()
}

export function addressOf(path: string, filter: Readonly<Record<string, string>>): string {
  const query = queryOf(filter)
  return query === '' ? path : `${path}?${query}`
}

export const EVERYBODY: Condition = { kind: 'all', of: [] }

/** The condition in an address; what somebody has spoilt counts as none. */
export function conditionIn(text: string): Condition {
  if (text === '') return EVERYBODY
  try {
    const read: unknown = JSON.parse(text)
    return isTree(read) ? read : EVERYBODY
  } catch {
    // Cut off, or typed by hand: the list is shown whole, and says so.
    return EVERYBODY
  }
}

export function conditionText(condition: Condition): string {
  return isEverybody(condition) ? '' : JSON.stringify(condition)
}

export function isEverybody(condition: Condition): boolean {
  return condition.kind === 'all' && condition.of.length === 0
}

/** The branches of the condition that all must hold. */
export function branchesOf(condition: Condition): readonly Condition[] {
  return condition.kind === 'all' ? condition.of : [condition]
}

/** With `branch` in the place of those that `isOther` says it of, or without any. */
export function withBranch(
  condition: Condition,
  isOther: (branch: Condition) => boolean,
  branch: Condition | undefined,
): Condition {
  const kept = branchesOf(condition).filter((one) => !isOther(one))
  return { kind: 'all', of: branch === undefined ? kept : [...kept, branch] }
}

function isTree(value: unknown): value is Condition {
  return typeof value === 'object' && value !== null && 'kind' in value
}
