import { computed, signal, type ReadonlySignal } from '@preact/signals'
import type { Experience, ExperienceDraft } from '#protocol/experiences.ts'
import { draftOf } from './draft-of.ts'
import type { DraftStore } from './kept-draft.ts'
import { same } from './same.ts'

/** An experience while it is edited. What was changed can be undone, all of it and in any tab. */
export interface EditorModel {
  readonly draft: ReadonlySignal<ExperienceDraft>
  /** As it is at the server, as far as is known here. */
  readonly base: ReadonlySignal<Experience>
  readonly isDirty: ReadonlySignal<boolean>
  readonly canUndo: ReadonlySignal<boolean>
  readonly canRedo: ReadonlySignal<boolean>
  /** When the changes were made that the browser had kept; undefined: it had none. */
  readonly keptAt: ReadonlySignal<number | undefined>
  /** Changes with one mark in a row, as letters typed into one field, are undone together. */
  readonly change: (next: Partial<ExperienceDraft>, mark?: string) => void
  readonly undo: () => void
  readonly redo: () => void
  /** Back to what is at the server; can be undone. */
  readonly discard: () => void
  /** It is at the server. */
  readonly saved: (experience: Experience) => void
  /** Somebody else has saved it: theirs from now on, or ours over it. */
  readonly takeTheirs: (theirs: Experience) => void
  readonly keepOurs: (theirs: Experience) => void
}

const MOST_STEPS = 200

interface EditorDeps {
  readonly experience: Experience
  readonly store: DraftStore
  readonly now: () => number
}

export function createEditorModel({ experience, store, now }: EditorDeps): EditorModel {
  const kept = store.read()
  const base = signal(experience)
  const isKept = kept !== undefined && !same(kept.draft, draftOf(experience))
  const draft = signal(isKept ? { ...kept.draft } : draftOf(experience))
  const keptAt = signal(isKept ? kept.at : undefined)
  const past = signal<readonly ExperienceDraft[]>([])
  const future = signal<readonly ExperienceDraft[]>([])
  let lastMark: string | undefined
  /** Kept changes belong to the version that they were made to, so that the server sees what lies between. */
  if (isKept && kept.version !== experience.version) {
    base.value = { ...experience, version: kept.version }
  }

  function keep(): void {
    const isDirty = !same(draft.value, draftOf(base.value))
    store.write(
      isDirty ? { version: base.value.version, at: now(), draft: draft.value } : undefined,
    )
  }

  function go(next: ExperienceDraft, mark?: string): void {
    if (next === draft.value) return
    const isMore = mark !== undefined && mark === lastMark && past.value.length > 0
    if (!isMore) past.value = [...past.value, draft.value].slice(-MOST_STEPS)
    lastMark = mark
    future.value = []
    draft.value = next
    keep()
  }

  function step(from: typeof past, to: typeof past): void {
    const found = from.value.at(-1)
    if (found === undefined) return
    from.value = from.value.slice(0, -1)
    to.value = [...to.value, draft.value]
    lastMark = undefined
    draft.value = found
    keep()
  }

  return {
    draft,
    base,
    keptAt,
    isDirty: computed(() => !same(draft.value, draftOf(base.value))),
    canUndo: computed(() => past.value.length > 0),
    canRedo: computed(() => future.value.length > 0),
    change: (next, mark) => go({ ...draft.value, ...next }, mark),
    undo: () => step(past, future),
    redo: () => step(future, past),
    discard() {
      keptAt.value = undefined
      go(draftOf(base.value))
    },
    saved(experienceNow) {
      // Whoever typed on meanwhile goes on with that.
      base.value = experienceNow
      keptAt.value = undefined
      lastMark = undefined
      keep()
    },
    takeTheirs(theirs) {
      base.value = theirs
      keptAt.value = undefined
      go(draftOf(theirs))
    },
    keepOurs(theirs) {
      base.value = theirs
      keep()
    },
  }
}
