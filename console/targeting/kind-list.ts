import type { LeafKind } from '#protocol/leaf.ts'

/** A kind of condition as it is offered. */
export interface KindChoice {
  readonly kind: LeafKind
  readonly label: string
  readonly group: string
  /** Of its group, among those that are shown. */
  readonly isFirst: boolean
}

interface KindGroup {
  readonly name: string
  readonly kinds: readonly { readonly kind: LeafKind; readonly label: string }[]
}

/** What can be asked for, found by the beginnings of words in any order; accents and case don't count. */
export function createKindList(groups: readonly KindGroup[]): {
  readonly matching: (text: string) => readonly KindChoice[]
} {
  return {
    matching(text) {
      const words = plain(text).split(/\s+/).filter(Boolean)
      return groups.flatMap(({ name, kinds }) => {
        const found = kinds.filter(({ label }) => begins(`${label} ${name}`, words))
        return found.map((it, at) => ({ ...it, group: name, isFirst: at === 0 }))
      })
    },
  }
}

function begins(text: string, words: readonly string[]): boolean {
  const known = plain(text).split(/[\s,()]+/)
  return words.every((word) => known.some((candidate) => candidate.startsWith(word)))
}

function plain(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase()
}
