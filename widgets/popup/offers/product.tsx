/** @jsxRuntime classic */
/** @jsx h */
import type { BlockOf } from '#protocol/popup.ts'
import { h, type VNode } from '../../kit/h.ts'
import type { OfferGiven } from '../../kit/host.ts'
import { safeLink, safePicture } from '../../kit/link.ts'
import type { Money } from '../../kit/words.ts'

interface Line {
  readonly id: string
  readonly name?: string | undefined
  readonly quantity: number
  readonly url?: string | undefined
  readonly imageUrl?: string | undefined
  readonly price?: Money | undefined
}

/** The newest of the cart, or one product. Without a cart, or of what has no name, nothing. */
export function products(block: BlockOf<'product'>, given: OfferGiven): VNode | null {
  const lines = linesOf(block, given)
  if (lines.length === 0) return null
  return <ul class="products">{lines.map((line) => productLine(line, given))}</ul>
}

function linesOf({ of, most }: BlockOf<'product'>, { known, text }: OfferGiven): readonly Line[] {
  if (of !== 'cart') return [{ ...of, name: text(of.name), quantity: 1 }]
  return (known?.cart?.items ?? []).filter(({ name }) => name).slice(0, most)
}

function productLine(line: Line, { price: priceOf, language, use }: OfferGiven) {
  const href = safeLink(line.url)
  const picture = safePicture(line.imageUrl)
  const price = line.price && priceOf(line.price)
  const times = line.quantity > 1 ? `${line.quantity.toLocaleString(language)} ×` : ''
  return (
    <li class="product" key={line.id}>
      {picture && <img src={picture} alt="" width="64" height="64" />}
      <div>
        {href ? (
          <a href={href} onClick={() => use(href)}>
            {line.name}
          </a>
        ) : (
          <span>{line.name}</span>
        )}
        <p>{[times, price].filter(Boolean).join(' ')}</p>
      </div>
    </li>
  )
}
