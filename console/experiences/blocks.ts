import type { Block, BlockOf, Popup } from '#protocol/popup.ts'

/** Which of a pop-up's lists of blocks. */
export type BlockList = 'blocks' | 'thanks'

const BLOCK_KINDS = [
  'heading',
  'text',
  'image',
  'button',
  'field',
  'coupon',
  'countdown',
  'product',
  'goal',
] as const satisfies readonly Block['kind'][]
export type BlockKind = Block['kind']

/** What is told once a form was sent has no form of its own. */
export function kindsOf(list: BlockList): readonly BlockKind[] {
  return list === 'blocks' ? BLOCK_KINDS : BLOCK_KINDS.filter((kind) => kind !== 'field')
}

export function blocksIn({ design }: Popup, list: BlockList): readonly Block[] {
  if (list === 'thanks') return design.thanks ?? []
  return design.kind === 'blocks' ? design.blocks : []
}

/** The same pop-up with other blocks; own HTML has none of its own, and stays. */
export function withBlocks(popup: Popup, list: BlockList, blocks: readonly Block[]): Popup {
  const { design } = popup
  if (list === 'thanks') {
    const { thanks: _, ...rest } = design
    return { ...popup, design: blocks.length === 0 ? rest : { ...rest, thanks: [...blocks] } }
  }
  if (design.kind !== 'blocks') return popup
  return { ...popup, design: { ...design, blocks: [...blocks] } }
}

export function moved(blocks: readonly Block[], from: number, to: number): readonly Block[] {
  const block = blocks[from]
  if (block === undefined || to < 0 || to >= blocks.length || to === from) return blocks
  const others = blocks.filter((_, at) => at !== from)
  return [...others.slice(0, to), block, ...others.slice(to)]
}

export function without(blocks: readonly Block[], at: number): readonly Block[] {
  return blocks.filter((_, other) => other !== at)
}

export function inserted(blocks: readonly Block[], at: number, block: Block): readonly Block[] {
  return [...blocks.slice(0, at), block, ...blocks.slice(at)]
}

export function replaced(blocks: readonly Block[], at: number, block: Block): readonly Block[] {
  return blocks.map((other, place) => (place === at ? block : other))
}

/** The same block once more; a field's name is its own. */
export function duplicateOf(block: Block, blocks: readonly Block[]): Block {
  return block.kind === 'field' ? { ...block, name: freeName(block.name, blocks) } : block
}

interface NewBlockContext {
  readonly blocks: readonly Block[]
  readonly currency: string
  readonly now: () => number
  /** What stands in it until something else is written. */
  readonly text: (kind: NewText) => string
}

export type NewText =
  | 'heading'
  | 'text'
  | 'button'
  | 'field'
  | 'option'
  | 'countdown'
  | 'over'
  | 'left'
  | 'reached'

const WEEK_MS = 604_800_000
const HOUR_MS = 3_600_000

/** One that can be saved as it is, but for what only the shop knows. */
export function newBlock(kind: BlockKind, context: NewBlockContext): Block {
  const { blocks, currency, now, text } = context
  const makers: { readonly [K in BlockKind]: () => BlockOf<K> } = {
    heading: () => ({ kind: 'heading', text: text('heading') }),
    text: () => ({ kind: 'text', text: text('text') }),
    image: () => ({ kind: 'image', url: '', alt: '', width: 800, height: 400 }),
    button: () => ({
      kind: 'button',
      text: text('button'),
      action: { do: 'close' },
      look: 'primary',
    }),
    field: () => ({
      kind: 'field',
      name: freeName('field', blocks),
      type: 'text',
      label: text('field'),
      isRequired: false,
    }),
    coupon: () => ({ kind: 'coupon', code: '' }),
    countdown: () => ({
      kind: 'countdown',
      // A whole hour, a week ahead.
      until: Math.ceil((now() + WEEK_MS) / HOUR_MS) * HOUR_MS,
      label: text('countdown'),
      over: text('over'),
    }),
    product: () => ({ kind: 'product', of: 'cart', most: 3 }),
    goal: () => ({
      kind: 'goal',
      amount: 5_000,
      currency,
      left: text('left'),
      reached: text('reached'),
    }),
  }
  return makers[kind]()
}

/** `field`, then `field-2` …: fields are told apart by their names. */
function freeName(name: string, blocks: readonly Block[]): string {
  const taken = blocks.flatMap((block) => (block.kind === 'field' ? [block.name] : []))
  let free = name
  for (let number = 2; taken.includes(free); number += 1) {
    free = `${name.replace(/-\d+$/, '').slice(0, 56)}-${number}`
  }
  return free
}
