/** @jsxRuntime classic */
/** @jsx h */
import type { Block, BlockOf } from '#protocol/popup.ts'
import { h, type Child, type VNode } from '../../kit/h.ts'
import { safeLink, safePicture } from '../../kit/link.ts'
import { rareParts } from '../rare-parts.ts'
import type { Scene } from '../scene.ts'
import { button } from './button.tsx'
import { coupon } from './coupon.tsx'
import { formField } from './field.tsx'

/** By name, so that what was typed stays where blocks come and go. */
export function drawnBlocks(blocks: readonly Block[], scene: Scene): Child {
  return blocks.map((block, at) => {
    const drawn = drawnBlock(block, scene)
    return drawn && { ...drawn, key: block.kind === 'field' ? block.name : at }
  })
}

function drawnBlock(block: Block, scene: Scene): VNode | null {
  const { words } = scene
  switch (block.kind) {
    case 'heading':
      return <h2 class="heading">{words.text(block.text)}</h2>
    case 'text':
      return <p class={block.isSmall ? 'text small' : 'text'}>{words.text(block.text)}</p>
    case 'image':
      return picture(block, scene)
    case 'button':
      return button(block, scene)
    case 'field':
      return formField(block, scene)
    case 'coupon':
      return coupon(block, scene)
    case 'countdown':
    case 'product':
    case 'goal':
      return rareParts.drawOffer?.(block, scene.offerGiven) ?? null
  }
}

export function picture({ url, alt, width, height, link }: BlockOf<'image'>, scene: Scene): VNode {
  const { model, words } = scene
  const href = safeLink(link)
  const image = (
    <img class="image" src={safePicture(url)} alt={words.text(alt)} width={width} height={height} />
  )
  if (href === undefined) return image
  return (
    <a href={href} onClick={() => model.use(href)}>
      {image}
    </a>
  )
}
