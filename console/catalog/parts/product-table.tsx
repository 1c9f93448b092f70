import type { ProductAnswer } from '#protocol/catalog.ts'
import { amountText } from '../../money.ts'
import { OpenButton } from '../../settings/parts/open-button.tsx'
import { StateMark } from '../../settings/parts/state-mark.tsx'
import { Ago } from '../../ui/ago.tsx'
import { DataTable } from '../../ui/table.tsx'
import { useWords } from '../../words.ts'

interface ProductTableProps {
  readonly products: readonly ProductAnswer[]
  readonly onOpen: (product: ProductAnswer) => void
}

export function ProductTable({ products, onOpen }: ProductTableProps) {
  const words = useWords()
  const { t, number } = words
  return (
    <div class="list-table">
      <DataTable
        label={t('products.title')}
        rows={products}
        keyOf={({ id }) => id}
        empty={null}
        columns={[
          {
            key: 'name',
            title: t('people.product'),
            isMain: true,
            cell: (product) => (
              <>
                <OpenButton onOpen={() => onOpen(product)}>{product.name}</OpenButton>
                <span class="person-note">{product.sku ?? product.id}</span>
              </>
            ),
          },
          { key: 'brand', title: t('products.brand'), cell: ({ brand }) => brand },
          {
            key: 'category',
            title: t('products.category'),
            cell: ({ categories }) =>
              categories.length > 0 && <span class="list-whole">{categories.join(' › ')}</span>,
          },
          {
            key: 'state',
            title: t('products.state'),
            cell: ({ state }) => (
              <StateMark
                tone={state === 'active' ? 'good' : 'still'}
                text={t(`products.state.${state}`)}
              />
            ),
          },
          {
            key: 'updated',
            title: t('products.updated'),
            cell: ({ updatedAt }) => <Ago at={updatedAt} />,
          },
          {
            key: 'stock',
            title: t('products.stock'),
            isAtEnd: true,
            cell: ({ stock }) => (stock === null ? '–' : number(stock)),
          },
          {
            key: 'price',
            title: t('people.price'),
            isAtEnd: true,
            cell: ({ price }) => price && amountText(price, words),
          },
        ]}
      />
    </div>
  )
}
