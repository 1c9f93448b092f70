import type { Leaf } from '#protocol/leaf.ts'
import { newId, type GroupView, type RootView, type View } from './view.ts'

/** The tree with `change` made to one view: what it gives stands in its place, none, one or several. */
export function changeAt(
  root: RootView,
  id: number,
  change: (view: View) => readonly View[],
): RootView {
  if (root.id === id) {
    const [changed] = change(root)
    return changed?.kind === 'group' ? { ...changed, isLone: false } : root
  }
  return { ...within(root, id, change), isLone: false }
}

function within(group: GroupView, id: number, change: (view: View) => readonly View[]): GroupView {
  const of = group.of.flatMap((view) => {
    if (view.id === id) return change(view)
    return view.kind === 'group' ? [within(view, id, change)] : [view]
  })
  return { ...group, of }
}

/** The group that holds it. */
export function groupAround(root: GroupView, id: number): GroupView | undefined {
  for (const view of root.of) {
    if (view.id === id) return root
    const found = view.kind === 'group' ? groupAround(view, id) : undefined
    if (found !== undefined) return found
  }
  return undefined
}

export function withLeaf(root: RootView, groupId: number, leaf: Leaf): [RootView, number] {
  return withPart(root, groupId, { kind: 'leaf', id: newId(), leaf, isNot: false })
}

/** A group of its own beside the others, of the other kind: what is grouped apart counts otherwise. */
export function withGroup(root: RootView, groupId: number): [RootView, number] {
  const { mode } = groupId === root.id ? root : (groupOf(root, groupId) ?? root)
  const part: GroupView = {
    kind: 'group',
    id: newId(),
    mode: mode === 'all' ? 'any' : 'all',
    of: [],
  }
  return withPart(root, groupId, part)
}

function withPart(root: RootView, groupId: number, part: View): [RootView, number] {
  const changed = changeAt(root, groupId, (view) =>
    view.kind === 'group' ? [{ ...view, of: [...view.of, part] }] : [view],
  )
  return [changed, part.id]
}

function groupOf(root: GroupView, id: number): GroupView | undefined {
  for (const view of root.of) {
    if (view.kind !== 'group') continue
    const found = view.id === id ? view : groupOf(view, id)
    if (found !== undefined) return found
  }
  return undefined
}

export function without(root: RootView, id: number): RootView {
  return changeAt(root, id, () => [])
}

/** The same once more, behind it. */
export function withCopy(root: RootView, id: number): RootView {
  return changeAt(root, id, (view) => [view, copyOf(view)])
}

function copyOf(view: View): View {
  const id = newId()
  return view.kind === 'group' ? { ...view, id, of: view.of.map(copyOf) } : { ...view, id }
}

/** In a group of its own. */
export function wrapped(root: RootView, id: number): RootView {
  return changeAt(root, id, (view) => [{ kind: 'group', id: newId(), mode: 'any', of: [view] }])
}

/** The parts of a group in its place. */
export function dissolved(root: RootView, id: number): RootView {
  return changeAt(root, id, (view) => (view.kind === 'group' ? view.of : [view]))
}

/**
 * One place up (-1) or down (1), as one moves lines of an outline: into a group that stands there, and out of its own at
 * its ends. The tree as it is where there is no place to go.
 */
export function moved(root: RootView, id: number, step: -1 | 1): RootView {
  const group = groupAround(root, id)
  const at = group?.of.findIndex((view) => view.id === id) ?? -1
  const view = group?.of[at]
  if (group === undefined || view === undefined) return root
  const neighbour = group.of[at + step]
  if (neighbour === undefined) return movedOut(root, group, { view, step })
  const rest = without(root, id)
  return changeAt(rest, neighbour.id, (other) => {
    if (other.kind === 'group' && view.kind !== 'group') {
      return [{ ...other, of: step === -1 ? [...other.of, view] : [view, ...other.of] }]
    }
    return step === -1 ? [view, other] : [other, view]
  })
}

function movedOut(
  root: RootView,
  group: GroupView,
  { view, step }: { readonly view: View; readonly step: -1 | 1 },
): RootView {
  if (group.id === root.id) return root
  return changeAt(without(root, view.id), group.id, (left) =>
    step === -1 ? [view, left] : [left, view],
  )
}
