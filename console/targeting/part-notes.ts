import type { Explanation, Outcome } from '#protocol/targeting.ts'
import type { Refused } from '../api.ts'
import type { MessageKey } from '../messages/en.ts'
import { leafFault, refusedParts } from './faults.ts'
import type { RootView, View } from './view.ts'

/** What is said beside a part. */
export interface PartNote {
  readonly fault?: MessageKey | undefined
  readonly outcome?: Outcome | undefined
  /** The value that was judged; undefined where it is missing. */
  readonly seen?: unknown
}

interface NotesAsked {
  readonly root: RootView
  readonly isChecked: boolean
  readonly refused: Refused | undefined
  readonly explanation: Explanation | undefined
}

/** Notes by the ids of the parts. */
export function partNotes(asked: NotesAsked): ReadonlyMap<number, PartNote> {
  const { root, isChecked, refused, explanation } = asked
  const notes = new Map<number, PartNote>()
  const note = (id: number, more: PartNote) => notes.set(id, { ...notes.get(id), ...more })
  for (const id of refusedParts(root, refused)) note(id, { fault: 'target.fault.refused' })
  if (isChecked) {
    for (const view of leavesIn(root)) {
      const fault = view.kind === 'leaf' ? leafFault(view.leaf) : undefined
      if (fault !== undefined) note(view.id, { fault })
    }
  }
  if (explanation !== undefined) explain(root, explanation, note)
  return notes
}

function leavesIn(view: View): readonly View[] {
  return view.kind === 'group' ? view.of.flatMap(leavesIn) : [view]
}

type Note = (id: number, note: PartNote) => void

function explain(root: RootView, explanation: Explanation, note: Note): void {
  const [only] = root.of
  if (root.isLone && only !== undefined) explainView(only, explanation, note)
  else explainView(root, explanation, note)
}

/** The view and what explains it have one shape, for the builder shows a `not` with what it turns. */
function explainView(view: View, explanation: Explanation, note: Note): void {
  const inner = explanation.kind === 'not' ? explanation.of : explanation
  const { outcome } = explanation
  note(view.id, inner.kind === 'leaf' ? { outcome, seen: inner.seen } : { outcome })
  if (view.kind !== 'group' || (inner.kind !== 'all' && inner.kind !== 'any')) return
  for (const [at, part] of view.of.entries()) {
    const explained = inner.of[at]
    if (explained !== undefined) explainView(part, explained, note)
  }
}
