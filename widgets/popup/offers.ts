import type { Block } from '#protocol/popup.ts'
import type { VNode } from '../kit/h.ts'
import type { OfferGiven } from '../kit/host.ts'
import { sheetOf } from '../kit/sheet.ts'
import { styles } from './offer-styles.ts'
import { countdown } from './offers/countdown.tsx'
import { goal } from './offers/goal.tsx'
import { products } from './offers/product.tsx'

const sheet = sheetOf(styles)

/** Draws a block that few pop-ups have; of any other nothing. */
export function drawOffer(block: Block, given: OfferGiven): VNode | null {
  const { root } = given
  if (!root.adoptedStyleSheets.includes(sheet)) {
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet]
  }
  if (block.kind === 'countdown') return countdown(block, given)
  if (block.kind === 'product') return products(block, given)
  return block.kind === 'goal' ? goal(block, given) : null
}
