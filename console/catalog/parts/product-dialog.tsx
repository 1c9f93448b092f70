import type { ProductAnswer } from '#protocol/catalog.ts'
import { amountText } from '../../money.ts'
import { webAddress } from '../../people/web-address.ts'
import { Facts } from '../../settings/parts/facts.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { useWords } from '../../words.ts'

interface ProductDialogProps {
  readonly product: ProductAnswer
  readonly onClose: () => void
  /** Shows all products that have the same. */
  readonly onNarrow: (mark: 'brand' | 'category' | 'tag', value: string) => void
}

/** A product as the shop told it. */
export function ProductDialog({ product, onClose, onNarrow }: ProductDialogProps) {
  const words = useWords()
  const { t, number, exactly } = words
  const { id, sku, name, description, url, price, compareAtPrice, brand, categories, tags } =
    product
  const { attributes, stock, variants, source, createdAt, updatedAt } = product
  const address = webAddress(url)
  const chips = (mark: 'brand' | 'category' | 'tag', values: readonly string[]) =>
    values.length > 0 && (
      <span class="list-chips">
        {values.map((value) => (
          <button key={value} type="button" class="list-chip" onClick={() => onNarrow(mark, value)}>
            {value}
          </button>
        ))}
      </span>
    )
  return (
    <Dialog title={name} isOpen onClose={onClose}>
      {description !== undefined && <p class="list-quiet">{description}</p>}
      <Facts
        facts={[
          { label: t('products.id'), value: <code>{id}</code> },
          { label: t('products.sku'), value: sku },
          { label: t('people.price'), value: price && amountText(price, words) },
          {
            label: t('products.before'),
            value: compareAtPrice && amountText(compareAtPrice, words),
          },
          { label: t('products.stock'), value: stock === null ? undefined : number(stock) },
          { label: t('products.brand'), value: brand && chips('brand', [brand]) },
          { label: t('products.category'), value: chips('category', categories) },
          { label: t('products.tag'), value: chips('tag', tags) },
          ...Object.entries(attributes).map(([label, value]) => ({
            label,
            value: typeof value === 'object' ? JSON.stringify(value) : String(value),
          })),
          {
            label: t('products.variants'),
            value: variants.map((it) => it.name ?? it.id).join(', '),
          },
          {
            label: t('event.url'),
            value: address && (
              <a class="guide-link" href={address} target="_blank" rel="noopener noreferrer">
                {address}
              </a>
            ),
          },
          { label: t('products.source'), value: t(`products.source.${source}`) },
          { label: t('products.created'), value: exactly(createdAt) },
          { label: t('products.updated'), value: exactly(updatedAt) },
        ]}
      />
    </Dialog>
  )
}
