/** @jsxRuntime classic */
/** @jsx h */
import type { BlockOf } from '#protocol/popup.ts'
import { h, type VNode } from '../../kit/h.ts'
import type { Scene } from '../scene.ts'

/** How far the cart is from an amount. Nothing where the cart counts in another currency. */
export function goal(block: BlockOf<'goal'>, { state, words }: Scene): VNode | null {
  const { amount, currency } = block
  const total = state.known?.cart?.total
  if (total !== undefined && total.currency !== currency) return null
  const reached = Math.min(total?.amount ?? 0, amount)
  const said =
    reached < amount
      ? words.text(block.left, { amount: amount - reached, currency })
      : words.text(block.reached)
  return (
    <div class="goal">
      <p class="text">{said}</p>
      <progress value={reached} max={amount || 1} aria-label={said} />
    </div>
  )
}
