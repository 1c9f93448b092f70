import type { IconName } from '../../ui/icon.tsx'
import type { BlockKind } from '../blocks.ts'

export const BLOCK_ICONS: Readonly<Record<BlockKind, IconName>> = {
  heading: 'words',
  text: 'text',
  image: 'picture',
  button: 'pointer',
  field: 'field',
  coupon: 'ticket',
  countdown: 'jobs',
  product: 'box',
  goal: 'goal',
}
