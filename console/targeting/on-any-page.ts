import type { Condition } from '#protocol/targeting.ts'

/**
 * What can be counted of a condition: profiles know no page that somebody is on, so its parts that ask for it are taken
 * to be so. The condition itself where it asks for none.
 */
export function onAnyPage(condition: Condition): Condition {
  return asksForPage(condition) ? (simplified(condition) ?? EVERYBODY) : condition
}

const EVERYBODY: Condition = { kind: 'all', of: [] }

/** Undefined: it may be so on some page. */
function simplified(condition: Condition): Condition | undefined {
  if (!asksForPage(condition)) return condition
  if (condition.kind === 'not') {
    const of = simplified(condition.of)
    return of && { kind: 'not', of }
  }
  if (condition.kind === 'all') {
    const of = condition.of.flatMap((part) => simplified(part) ?? [])
    return of.length === 0 ? undefined : { kind: 'all', of }
  }
  if (condition.kind !== 'any') return undefined
  const of = condition.of.map(simplified)
  return of.includes(undefined) ? undefined : { kind: 'any', of: of.flatMap((part) => part ?? []) }
}

function asksForPage(condition: Condition): boolean {
  if (condition.kind === 'not') return asksForPage(condition.of)
  if (condition.kind === 'all' || condition.kind === 'any') return condition.of.some(asksForPage)
  return condition.kind === 'page'
}
