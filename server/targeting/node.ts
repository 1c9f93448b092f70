import type { Leaf } from '#protocol/leaf.ts'
import type { Condition, Explanation } from '#protocol/targeting.ts'
import type { FactKey } from '../events/service.ts'
import { compileLeaf } from './leaves/compile-leaf.ts'
import type { Reading } from './reading.ts'
import { leafHolds, type RememberedLeaf } from './remembered-leaf.ts'
import { FALSE, opposite, outcomeOf, TRUE, UNKNOWN, type Verdict } from './verdict.ts'

/** A compiled tree or leaf. */
export interface Node {
  readonly verdict: (reading: Reading) => Verdict
  /** The quick way where nothing below can be unknown. */
  readonly holds: ((reading: Reading) => boolean) | undefined
  /** What a leaf remembers; groups ask it themselves, for a call would cost more than most answers. */
  readonly leaf?: RememberedLeaf
  /** Leaves without any of which it can't be true. */
  readonly needs: readonly RememberedLeaf[]
  readonly explain: (reading: Reading) => Explanation
  readonly reads: readonly FactKey[]
  /** The earliest time after now at which time alone may change the verdict; undefined if it never does. */
  readonly mayChangeAt: ((reading: Reading) => number | undefined) | undefined
}

/** `leaves`: what has been compiled of other conditions, by its text; the same leaf is the same node in all of them. */
export function compileNode(condition: Condition, leaves: Map<string, Node>): Node {
  if (condition.kind === 'not') return compileNot(compileNode(condition.of, leaves))
  if (condition.kind === 'all' || condition.kind === 'any') {
    return compileGroup(
      condition.kind,
      condition.of.map((inner) => compileNode(inner, leaves)),
    )
  }
  const text = JSON.stringify(condition)
  const node = leaves.get(text) ?? compileSingle(condition)
  leaves.set(text, node)
  return node
}

function compileSingle(condition: Leaf): Node {
  const { holds: judge, seen, reads, nextChangeAt } = compileLeaf(condition)
  const leaf = judge && { judge, judged: 0, held: false }
  const verdict = (reading: Reading): Verdict => {
    if (leaf === undefined) return UNKNOWN
    return leafHolds(leaf, reading) ? TRUE : FALSE
  }
  return {
    ...(leaf !== undefined && { leaf }),
    needs: leaf === undefined ? [] : [leaf],
    holds: leaf && ((reading) => leafHolds(leaf, reading)),
    verdict,
    reads,
    mayChangeAt: nextChangeAt,
    explain(reading) {
      const value = seen(reading)
      return {
        kind: 'leaf',
        outcome: outcomeOf(verdict(reading)),
        condition,
        ...(value !== undefined && { seen: value }),
      }
    },
  }
}

function compileNot(node: Node): Node {
  const { holds, reads, mayChangeAt } = node
  const verdict = (reading: Reading) => opposite(node.verdict(reading))
  return {
    verdict,
    holds: holds && ((reading) => !holds(reading)),
    needs: [],
    reads,
    mayChangeAt,
    explain: (reading) => ({
      kind: 'not',
      outcome: outcomeOf(verdict(reading)),
      of: node.explain(reading),
    }),
  }
}

/** `all` is decided by the first that is false, `any` by the first that is true. */
function compileGroup(kind: 'all' | 'any', nodes: readonly Node[]): Node {
  const decisive = kind === 'all' ? FALSE : TRUE
  const verdict = (reading: Reading) => groupVerdict(nodes, decisive, reading)
  return {
    verdict,
    holds: groupHolds(nodes, kind),
    needs: kind === 'all' ? nodes.flatMap(({ needs }) => needs) : [],
    reads: nodes.flatMap(({ reads }) => reads),
    mayChangeAt: groupMayChangeAt(nodes, decisive),
    explain: (reading) => ({
      kind,
      outcome: outcomeOf(verdict(reading)),
      of: nodes.map(({ explain }) => explain(reading)),
    }),
  }
}

function groupVerdict(nodes: readonly Node[], decisive: Verdict, reading: Reading): Verdict {
  let isUnknown = false
  for (const node of nodes) {
    const verdict = node.verdict(reading)
    if (verdict === decisive) return decisive
    isUnknown ||= verdict === UNKNOWN
  }
  return isUnknown ? UNKNOWN : opposite(decisive)
}

/** Leaves first: most groups are decided by one, and none takes as long as a group. */
function groupHolds(nodes: readonly Node[], kind: 'all' | 'any'): Node['holds'] {
  const leaves = nodes.flatMap(({ leaf }) => leaf ?? [])
  const groups = nodes.flatMap(({ leaf, holds }) => (leaf === undefined && holds) || [])
  if (leaves.length + groups.length < nodes.length) return undefined
  const decisive = kind === 'any'
  return (reading) => {
    for (const leaf of leaves) if (leafHolds(leaf, reading) === decisive) return decisive
    for (const holds of groups) if (holds(reading) === decisive) return decisive
    return !decisive
  }
}

/** A decided group stays so until each of those that decide it has changed; any other may change with any of its own. */
function groupMayChangeAt(nodes: readonly Node[], decisive: Verdict): Node['mayChangeAt'] {
  if (nodes.every(({ mayChangeAt }) => mayChangeAt === undefined)) return undefined
  return (reading) => {
    const deciding = nodes.filter(({ verdict }) => verdict(reading) === decisive)
    if (deciding.length === 0) return earliest(changesOf(nodes, reading))
    const changes = changesOf(deciding, reading)
    return changes.length < deciding.length ? undefined : Math.max(...changes)
  }
}

function changesOf(nodes: readonly Node[], reading: Reading): readonly number[] {
  return nodes.flatMap(({ mayChangeAt }) => mayChangeAt?.(reading) ?? [])
}

function earliest(times: readonly number[]): number | undefined {
  return times.length === 0 ? undefined : Math.min(...times)
}
