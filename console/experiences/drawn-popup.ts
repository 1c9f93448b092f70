import type { Known } from '#protocol/experiences.ts'
import type { Block, PopupContent, PopupInput } from '#protocol/popup.ts'

type BlockInput = Extract<PopupInput['design'], { kind: 'blocks' }>['blocks'][number]

/** A pop-up as pages get it once it is saved; own HTML, which only the server sanitises, is none that can be shown before. */
export function drawnPopup(popup: PopupInput): PopupContent | undefined {
  const { layout, theme = {}, label, canClose = true, design } = popup
  if (design.kind !== 'blocks') return undefined
  const blocks = design.blocks.map(withDefaults)
  const frame = { layout, theme, canClose, ...(label !== undefined && { label }) }
  return { ...frame, design: { kind: 'blocks', blocks } }
}

/** A visitor whose cart is two thirds of what a goal asks for. */
export function exampleVisitor({ design }: PopupInput, currency: string, itemName: string): Known {
  const blocks = design.kind === 'blocks' ? design.blocks : []
  const goal = blocks.find((block) => block.kind === 'goal')
  const amount = goal === undefined ? 4_500 : Math.round((goal.amount * 2) / 3)
  const price = { amount, currency: goal?.currency ?? currency }
  return {
    pages: 3,
    cart: {
      quantity: 1,
      total: price,
      items: [{ id: 'example', quantity: 1, name: itemName, price }],
    },
  }
}

/** As the schemas of protocol/popup.ts fill in what was not said. */
function withDefaults(block: BlockInput): Block {
  if (block.kind === 'button') return { ...block, look: block.look ?? 'primary' }
  if (block.kind === 'field') return { ...block, isRequired: block.isRequired ?? false }
  if (block.kind === 'product') return { ...block, most: block.most ?? 3 }
  return block
}
