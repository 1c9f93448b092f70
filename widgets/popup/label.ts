import type { Block, HtmlNode, LocalText } from '#protocol/popup.ts'
import type { Words } from '../kit/words.ts'
import type { PopupState } from './model.ts'

/** What a screen reader calls the pop-up: its label, else its first heading, else its first words. */
export function labelOf({ content, thanks }: PopupState, words: Words): string {
  const { label, design } = content
  const named = thanks
    ? headingOf(thanks)
    : (label ?? ('tree' in design ? firstWords(design.tree) : headingOf(design.blocks)))
  return (named && words.text(named)) || words.t('thanks')
}

/** All texts that may come in several languages, the one that names the whole first. */
export function textsOf({
  label,
  design,
}: PopupState['content']): readonly (LocalText | undefined)[] {
  return [label, ...('tree' in design ? [] : design.blocks.map(textOf))]
}

function headingOf(blocks: readonly Block[]): LocalText | undefined {
  const heading = blocks.find(({ kind }) => kind === 'heading') ?? blocks.find(textOf)
  return heading && textOf(heading)
}

function textOf(block: Block): LocalText | undefined {
  if ('text' in block) return block.text
  return 'left' in block ? block.left : 'label' in block ? block.label : undefined
}

function firstWords(nodes: readonly HtmlNode[]): string | undefined {
  for (const node of nodes) {
    const words = typeof node === 'string' ? node.trim() : firstWords(node.children ?? [])
    if (words) return words
  }
  return undefined
}
