/** @jsxRuntime classic */
/** @jsx h */
import type { Block, BlockOf } from '#protocol/popup.ts'
import { h } from '../../kit/h.ts'
import { safeLink, safePicture } from '../../kit/link.ts'
import type { Scene } from '../scene.ts'
import { Button } from './button.tsx'
import { Countdown } from './countdown.tsx'
import { Coupon } from './coupon.tsx'
import { FormField } from './field.tsx'
import { Goal } from './goal.tsx'
import { Products } from './product.tsx'

interface BlocksProps {
  readonly blocks: readonly Block[]
  readonly scene: Scene
}

export function Blocks({ blocks, scene }: BlocksProps) {
  return blocks.map((block, at) => (
    // by name, so that what was typed stays where blocks come and go
    <OneBlock key={block.kind === 'field' ? block.name : at} block={block} scene={scene} />
  ))
}

function OneBlock({ block, scene }: { block: Block; scene: Scene }) {
  const { words } = scene
  switch (block.kind) {
    case 'heading':
      return <h2 class="heading">{words.text(block.text)}</h2>
    case 'text':
      return <p class={block.isSmall ? 'text small' : 'text'}>{words.text(block.text)}</p>
    case 'image':
      return <Picture block={block} scene={scene} />
    case 'button':
      return <Button block={block} scene={scene} />
    case 'field':
      return <FormField block={block} scene={scene} />
    case 'coupon':
      return <Coupon block={block} scene={scene} />
    case 'countdown':
      return <Countdown block={block} scene={scene} />
    case 'product':
      return <Products block={block} scene={scene} />
    case 'goal':
      return <Goal block={block} scene={scene} />
  }
}

interface PictureProps {
  readonly block: BlockOf<'image'>
  readonly scene: Scene
}

export function Picture({ block: { url, alt, width, height, link }, scene }: PictureProps) {
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
