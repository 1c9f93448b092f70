import type { Block, Popup, PopupContent } from '#protocol/popup.ts'
import { requireHarmlessCss } from './css.ts'
import { htmlTree } from './html-tree.ts'

interface Drawn {
  /** What pages get. */
  readonly drawn: PopupContent
  /** What they get once the form was stored, and not before. */
  readonly thanks: readonly Block[]
  /** What own HTML may not have, for whoever wrote it. */
  readonly removed: readonly string[]
}

/** A pop-up as pages draw it. Refuses own HTML or CSS that is too much, or that could not be had without a part of it. */
export function drawnOf({ layout, theme, label, canClose, design }: Popup): Drawn {
  const frame = { layout, theme, canClose, ...(label !== undefined && { label }) }
  const { thanks = [] } = design
  if (design.kind === 'blocks') {
    const { kind, blocks } = design
    return { drawn: { ...frame, design: { kind, blocks } }, thanks, removed: [] }
  }
  requireHarmlessCss(design.css)
  const { tree, removed } = htmlTree(design.html)
  return { drawn: { ...frame, design: { kind: 'tree', tree, css: design.css } }, thanks, removed }
}
