import type { Block } from '#protocol/popup.ts'
import type { FaultKind } from '../faults.ts'

/** What every kind of block's options are given. */
export interface OptionsProps<Of extends Block> {
  readonly block: Of
  readonly language: string | undefined
  readonly currency: string
  readonly timeZone: string
  /** By the field that they are about. */
  readonly faults: Readonly<Record<string, FaultKind>>
  /** `field`: what was typed into, so that a word is undone at once. */
  readonly onChange: (block: Of, field?: string) => void
}
