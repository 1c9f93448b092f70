import { useEffect, useState } from 'preact/hooks'
import type { ProductAnswer } from '#protocol/catalog.ts'
import type { ProductCard } from '#protocol/chat.ts'
import { PRODUCTS_PATH } from '#protocol/names.ts'
import { addressOf } from '../../people/list-address.ts'
import { useReading } from '../../queries.ts'
import { formatAmount } from '../../targeting/money.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { Empty } from '../../ui/empty.tsx'
import { TextField } from '../../ui/field.tsx'
import { Link } from '../../ui/link.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { useWords } from '../../words.ts'
import { productCardOf } from '../product-card.ts'
import type { Items } from '../requests.ts'
import './product-dialog.css'

interface ProductDialogProps {
  readonly onSend: (card: ProductCard) => void
  readonly onClose: () => void
}

/** Typing settles for so long before it is looked for. */
const SETTLE_MS = 200
const MOST = '12'

/** Finds a product of the catalogue, and sends it as a card. */
export function ProductDialog({ onSend, onClose }: ProductDialogProps) {
  const { t } = useWords()
  const [typed, setTyped] = useState('')
  const [search, setSearch] = useState('')
  useEffect(() => {
    const settling = setTimeout(() => setSearch(typed.trim()), SETTLE_MS)
    return () => clearTimeout(settling)
  }, [typed])
  const asked = { state: 'active', limit: MOST, ...(search !== '' && { search }) }
  const reading = useReading<Items<ProductAnswer>>(addressOf(PRODUCTS_PATH, asked), {
    keeps: true,
  })
  return (
    <Dialog title={t('inbox.product')} isOpen onClose={onClose}>
      <div onKeyDown={walk} role="presentation">
        <TextField
          name="product"
          type="search"
          label={t('products.search')}
          autocomplete="off"
          value={typed}
          onInput={setTyped}
          isFirst
          isRequired
        />
        <Loaded reading={reading} rows={4}>
          {({ items }) =>
            items.length === 0 ? (
              <Nothing isSearched={search !== ''} />
            ) : (
              <ul class="product-choices" aria-label={t('products.title')}>
                {items.map((product) => (
                  <Choice key={product.id} product={product} onSend={onSend} />
                ))}
              </ul>
            )
          }
        </Loaded>
      </div>
    </Dialog>
  )
}

interface ChoiceProps {
  readonly product: ProductAnswer
  readonly onSend: (card: ProductCard) => void
}

/** A product without a page of its own can't be sent: its card would lead nowhere. */
function Choice({ product, onSend }: ChoiceProps) {
  const words = useWords()
  const card = productCardOf(product)
  return (
    <li>
      <button
        type="button"
        class="product-choice"
        disabled={card === undefined}
        onClick={() => card && onSend(card)}
      >
        <span class="product-choice-name">{product.name}</span>
        <span class="product-choice-rest">
          {card === undefined
            ? words.t('inbox.product.no_page')
            : product.price && formatAmount(product.price, words)}
        </span>
      </button>
    </li>
  )
}

function Nothing({ isSearched }: { readonly isSearched: boolean }) {
  const { t } = useWords()
  if (isSearched) {
    return <Empty title={t('inbox.product.none_found')} text={t('inbox.product.none_found.text')} />
  }
  return (
    <Empty
      title={t('inbox.product.none')}
      text={t('inbox.product.none.text')}
      action={<Link href="/console/products">{t('products.title')}</Link>}
    />
  )
}

/** From the search down into the list and back, as in any list that is searched. */
function walk(event: KeyboardEvent & { readonly currentTarget: HTMLElement }): void {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
  if (step === 0) return
  const stops = [...event.currentTarget.querySelectorAll<HTMLElement>('input, button:enabled')]
  const at = stops.findIndex((stop) => stop === document.activeElement)
  const next = stops[Math.min(Math.max(at + step, 0), stops.length - 1)]
  event.preventDefault()
  next?.focus()
}
