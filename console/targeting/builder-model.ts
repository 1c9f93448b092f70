import { batch, signal, type ReadonlySignal } from '@preact/signals'
import type { Leaf } from '#protocol/leaf.ts'
import type { Condition } from '#protocol/targeting.ts'
import type { MessageKey } from '../messages/en.ts'
import {
  changeAt,
  dissolved,
  groupAround,
  moved,
  withCopy,
  withGroup,
  withLeaf,
  without,
  wrapped,
} from './edit-view.ts'
import { conditionOf, rootOf, type GroupMode, type RootView } from './view.ts'

/** Changes a condition part by part. What it does not show, it gives back as it was. */
export interface BuilderModel {
  readonly root: ReadonlySignal<RootView>
  /** The row that takes the focus when it is drawn: the one just added, or the one behind what went. */
  readonly wanted: ReadonlySignal<number | undefined>
  /** What was just done, for who can't see it. */
  readonly said: ReadonlySignal<MessageKey | undefined>
  readonly setMode: (groupId: number, mode: GroupMode) => void
  readonly setLeaf: (id: number, leaf: Leaf) => void
  /** From “those who” to “except those who”, and back. */
  readonly turn: (id: number) => void
  /** Its id. */
  readonly add: (groupId: number, leaf: Leaf) => number
  readonly addGroup: (groupId: number) => void
  readonly copy: (id: number) => void
  /** Returns what puts it back, as long as nothing else was changed. */
  readonly remove: (id: number) => () => void
  readonly wrap: (id: number) => void
  readonly dissolve: (id: number) => void
  readonly move: (id: number, step: -1 | 1) => void
  readonly focused: () => void
  /** What it is by now, where somebody else than this changed it. */
  readonly adopt: (condition: Condition) => void
}

interface BuilderDeps {
  readonly condition: Condition
  readonly onChange: (condition: Condition) => void
}

export function createBuilder({ condition, onChange }: BuilderDeps): BuilderModel {
  const root = signal(rootOf(condition))
  const wanted = signal<number | undefined>(undefined)
  const said = signal<MessageKey | undefined>(undefined)
  let known = JSON.stringify(condition)
  /** What was told and has not come back yet: whoever types fast is ahead of it. */
  const told = new Set<string>()

  function change(next: RootView, done?: MessageKey, focus?: number): void {
    if (next === root.value) return
    const made = conditionOf(next)
    known = JSON.stringify(made)
    told.add(known)
    batch(() => {
      root.value = next
      said.value = done
      wanted.value = focus
    })
    onChange(made)
  }

  return {
    root,
    wanted,
    said,

    setMode(groupId, mode) {
      change(
        changeAt(root.value, groupId, (view) => [view.kind === 'group' ? { ...view, mode } : view]),
      )
    },

    setLeaf(id, leaf) {
      change(changeAt(root.value, id, (view) => [view.kind === 'leaf' ? { ...view, leaf } : view]))
    },

    turn(id) {
      change(
        changeAt(root.value, id, (view) => [
          view.kind === 'leaf' ? { ...view, isNot: !view.isNot } : view,
        ]),
      )
    },

    add(groupId, leaf) {
      const [next, id] = withLeaf(root.value, groupId, leaf)
      change(next, 'target.said.added', id)
      return id
    },

    addGroup(groupId) {
      const [next, id] = withGroup(root.value, groupId)
      change(next, 'target.said.added', id)
    },

    copy(id) {
      change(withCopy(root.value, id), 'target.said.copied')
    },

    remove(id) {
      const before = root.value
      const group = groupAround(before, id)
      const at = group?.of.findIndex((view) => view.id === id) ?? -1
      const next = group?.of[at + 1] ?? group?.of[at - 1]
      change(without(before, id), undefined, next?.id ?? group?.id)
      const after = root.value
      return () => {
        if (root.value === after) change(before, undefined, id)
      }
    },

    wrap(id) {
      change(wrapped(root.value, id), 'target.said.wrapped', id)
    },

    dissolve(id) {
      change(dissolved(root.value, id), 'target.said.dissolved', groupAround(root.value, id)?.id)
    },

    move(id, step) {
      const done = step === -1 ? 'target.said.up' : 'target.said.down'
      change(moved(root.value, id, step), done, id)
    },

    focused() {
      wanted.value = undefined
    },

    adopt(next) {
      const text = JSON.stringify(next)
      if (text === known) told.clear()
      if (text === known || told.has(text)) return
      told.clear()
      known = text
      root.value = rootOf(next)
    },
  }
}
