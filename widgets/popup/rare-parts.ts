import type { Block, PopupContent } from '#protocol/popup.ts'
import type { DrawOffer, DrawOwnHtml, PartName } from '../kit/host.ts'

interface RareParts {
  readonly drawOwnHtml?: DrawOwnHtml
  readonly drawOffer?: DrawOffer
}

/** Those of the page's pop-ups that were needed so far. */
export const rareParts: RareParts = {}

/** Resolves when what few pop-ups need is there for this one; rejects where it does not come. */
export async function ready(
  { design }: Pick<PopupContent, 'design'>,
  load: (name: PartName) => Promise<unknown>,
): Promise<void> {
  if ('tree' in design) Object.assign(rareParts, await load('own-html'))
  else if (design.blocks.some(isOffer)) Object.assign(rareParts, await load('popup-offers'))
}

function isOffer({ kind }: Block): boolean {
  return kind === 'countdown' || kind === 'product' || kind === 'goal'
}
