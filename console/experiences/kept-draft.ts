import type { ExperienceDraft } from '#protocol/experiences.ts'

/** Changes that were not saved yet, kept by the browser: a reload or a lost connection costs nothing. */
export interface KeptDraft {
  /** That they were made to. */
  readonly version: number
  readonly at: number
  readonly draft: ExperienceDraft
}

export interface DraftStore {
  readonly read: () => KeptDraft | undefined
  readonly write: (kept: KeptDraft | undefined) => void
}

/** Of one experience of one shop. A browser without room, or that keeps nothing, is no fault of the member's. */
export function createDraftStore(
  storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>,
  { shopKey, id }: { readonly shopKey: string; readonly id: string },
): DraftStore {
  const place = `gp.console.draft.${shopKey}.${id}`
  return {
    read() {
      try {
        const kept: KeptDraft | null = JSON.parse(storage.getItem(place) ?? 'null')
        return kept?.draft?.content?.design === undefined ? undefined : kept
      } catch {
        // Written by another release, or by somebody's hand: it is nothing to go on with.
        return undefined
      }
    },
    write(kept) {
      try {
        if (kept === undefined) storage.removeItem(place)
        else storage.setItem(place, JSON.stringify(kept))
      } catch {
        // Full, or forbidden: what is typed is in the page still, which warns before it is left.
      }
    },
  }
}
