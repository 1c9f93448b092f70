import type { Leaf } from '#protocol/leaf.ts'
import type { Condition } from '#protocol/targeting.ts'
import { isKnownLeaf } from './slots-of.ts'

/** How the parts of a group count: `none` is `not any`, `some_not` is `not all`. */
export const GROUP_MODES = ['all', 'any', 'none', 'some_not'] as const
export type GroupMode = (typeof GROUP_MODES)[number]

/** A condition as the builder shows it: a `not` is no level of its own. */
export type View = GroupView | LeafView | RawView

export interface GroupView {
  readonly kind: 'group'
  readonly id: number
  readonly mode: GroupMode
  readonly of: readonly View[]
}

export interface LeafView {
  readonly kind: 'leaf'
  readonly id: number
  readonly leaf: Leaf
  readonly isNot: boolean
}

/** What the builder can't show: kept as it is. */
export interface RawView {
  readonly kind: 'raw'
  readonly id: number
  readonly condition: Condition
}

/** The whole tree. */
export interface RootView extends GroupView {
  /** The condition is its only part, and no group. */
  readonly isLone: boolean
}

let ids = 0

/** Rows keep their id while they are moved and changed, and with it their place in the document. */
export function newId(): number {
  ids += 1
  return ids
}

export function rootOf(condition: Condition): RootView {
  const view = viewOf(condition)
  if (view.kind === 'group') return { ...view, isLone: false }
  return { kind: 'group', id: newId(), mode: 'all', of: [view], isLone: true }
}

function viewOf(condition: Condition): View {
  const id = newId()
  if (condition.kind === 'all' || condition.kind === 'any') {
    return { kind: 'group', id, mode: condition.kind, of: condition.of.map(viewOf) }
  }
  if (condition.kind !== 'not') return leafOf(condition, { id, isNot: false, condition })
  const { of } = condition
  if (of.kind === 'all') return { kind: 'group', id, mode: 'some_not', of: of.of.map(viewOf) }
  if (of.kind === 'any') return { kind: 'group', id, mode: 'none', of: of.of.map(viewOf) }
  if (of.kind === 'not') return { kind: 'raw', id, condition }
  return leafOf(of, { id, isNot: true, condition })
}

function leafOf(
  leaf: Leaf,
  { id, isNot, condition }: Pick<LeafView, 'id' | 'isNot'> & Pick<RawView, 'condition'>,
): View {
  return isKnownLeaf(leaf) ? { kind: 'leaf', id, leaf, isNot } : { kind: 'raw', id, condition }
}

/** What the view stands for. */
export function conditionOf(view: View | RootView): Condition {
  if ('isLone' in view && view.isLone) {
    const [only] = view.of
    if (only !== undefined) return conditionOf(only)
  }
  if (view.kind === 'raw') return view.condition
  if (view.kind === 'leaf') return view.isNot ? { kind: 'not', of: view.leaf } : view.leaf
  const of = view.of.map(conditionOf)
  if (view.mode === 'all' || view.mode === 'any') return { kind: view.mode, of }
  return { kind: 'not', of: { kind: view.mode === 'none' ? 'any' : 'all', of } }
}

/** Where each view's condition lies in the whole, as the server names it: `of.0.of.2`. */
export function pathsOf(root: RootView): ReadonlyMap<number, string> {
  const paths = new Map<number, string>()
  const walk = (view: View, path: readonly string[]) => {
    paths.set(view.id, path.join('.'))
    if (view.kind !== 'group') return
    const isTurned = view.mode === 'none' || view.mode === 'some_not'
    const within = isTurned ? [...path, 'of'] : path
    for (const [at, part] of view.of.entries()) walk(part, [...within, 'of', String(at)])
  }
  if (!root.isLone) walk(root, [])
  else for (const part of root.of) walk(part, [])
  return paths
}
