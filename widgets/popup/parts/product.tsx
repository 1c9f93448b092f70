/** @jsxRuntime classic */
/** @jsx h */
import type { BlockOf } from '#protocol/popup.ts'
import { h, type VNode } from '../../kit/h.ts'
import { safeLink, safePicture } from '../../kit/link.ts'
import type { Money } from '../../kit/words.ts'
import type { Scene } from '../scene.ts'

interface Line {
  readonly id: string
  readonly name?: string | undefined
  readonly quantity: number
  readonly url?: string | undefined
  readonly imageUrl?: string | undefined
  readonly price?: Money | undefined
}

/** The newest of the cart, or one product. Without a cart, or of what has no name, nothing. */
export function products(block: BlockOf<'product'>, scene: Scene): VNode | null {
  const lines = linesOf(block, scene)
  if (lines.length === 0) return null
  return <ul class="products">{lines.map((line) => productLine(line, scene))}</ul>
}

function linesOf({ of, most }: BlockOf<'product'>, { state, words }: Scene): readonly Line[] {
  if (of !== 'cart') return [{ ...of, name: words.text(of.name), quantity: 1 }]
  return (state.known?.cart?.items ?? []).filter(({ name }) => name).slice(0, most)
}

function productLine(line: Line, { model, words }: Scene) {
  const href = safeLink(line.url)
  const picture = safePicture(line.imageUrl)
  const price = line.price && words.money(line.price)
  const times = line.quantity > 1 ? `${line.quantity.toLocaleString(words.language)} ×` : ''
  return (
    <li class="product" key={line.id}>
      {picture && <img src={picture} alt="" width="64" height="64" />}
      <div>
        {href ? (
          <a href={href} onClick={() => model.use(href)}>
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
