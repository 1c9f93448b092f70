/** @jsxRuntime classic */
/** @jsx h */
import type { BlockOf } from '#protocol/popup.ts'
import { h, type VNode } from '../../kit/h.ts'
import type { OfferGiven } from '../../kit/host.ts'

/** How far the cart is from an amount. Nothing where the cart counts in another currency. */
export function goal(block: BlockOf<'goal'>, { known, text }: OfferGiven): VNode | null {
  const { amount, currency } = block
  const total = known?.cart?.total
  if (total !== undefined && total.currency !== currency) return null
  const reached = Math.min(total?.amount ?? 0, amount)
  const said =
    reached < amount
      ? text(block.left, { amount: amount - reached, currency })
      : text(block.reached)
  return (
    <div class="goal">
      <p class="text">{said}</p>
      <progress value={reached} max={amount || 1} aria-label={said} />
    </div>
  )
}
