import type { MemberDraft } from '#protocol/chat.ts'

/** What is being written, and what was written and has not arrived: a reload of the tab loses neither. */
export interface Kept {
  readonly text: string
  readonly isNote: boolean
  readonly unsent: readonly MemberDraft[]
}

export interface Drafts {
  readonly of: (conversationId: string) => Kept
  readonly keep: (conversationId: string, kept: Kept) => void
}

const NOTHING: Kept = { text: '', isNote: false, unsent: [] }

/** In the tab alone: another member at this browser finds nothing of it. */
export function createDrafts(
  memory: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>,
  shopKey: string,
): Drafts {
  const nameOf = (conversationId: string) => `gp.console.draft.${shopKey}.${conversationId}`
  return {
    of(conversationId) {
      const kept = memory.getItem(nameOf(conversationId))
      return kept === null ? NOTHING : JSON.parse(kept)
    },
    keep(conversationId, kept) {
      const name = nameOf(conversationId)
      if (kept.text === '' && kept.unsent.length === 0) memory.removeItem(name)
      else memory.setItem(name, JSON.stringify(kept))
    },
  }
}
