import type { LeafOf } from '#protocol/leaf.ts'
import type { CartItem } from '../../events/service.ts'
import { numberTest } from '../compare/numbers.ts'
import type { Facts } from '../facts.ts'
import { judging, type CompiledLeaf } from './compiled-leaf.ts'
import { compileItemFilters } from './item-filters.ts'

/** Minor units; missing without a cart, or with one in another currency. */
export function compileCartValue({ currency, amount }: LeafOf<'cartValue'>): CompiledLeaf {
  return judging(
    ['cart'],
    ({ facts }) => {
      const value = facts.profile?.cart?.value
      return value?.currency === currency ? value.amount : undefined
    },
    numberTest(amount),
  )
}

export function compileCartQuantity({ count }: LeafOf<'cartQuantity'>): CompiledLeaf {
  return judging(['cart'], ({ facts }) => piecesOf(cartItems(facts)), numberTest(count))
}

export function compileCartItem({ where, count }: LeafOf<'cartItem'>): CompiledLeaf {
  const isMeant = compileItemFilters(where)
  return judging(
    ['cart'],
    ({ facts, now }) =>
      piecesOf(cartItems(facts).filter((item) => isMeant(item.productId, item, now))),
    numberTest(count),
  )
}

function cartItems({ profile }: Facts): readonly CartItem[] {
  return profile?.cart?.items ?? []
}

function piecesOf(items: readonly CartItem[]): number {
  return items.reduce((sum, { quantity }) => sum + quantity, 0)
}
