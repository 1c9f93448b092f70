import { useState } from 'preact/hooks'
import type { ProductAnswer } from '#protocol/catalog.ts'
import { PRODUCT_STATES, STOCK_FILTERS, TIME_ORDERS } from '#protocol/lists.ts'
import { PRODUCTS_FILE_PATH, PRODUCTS_PATH } from '#protocol/names.ts'
import { addressOf, filterIn, queryOf } from '../people/list-address.ts'
import { ConnectShop } from '../people/parts/connect-shop.tsx'
import { askedAmounts } from '../people/amount-filter.ts'
import { useLookOn } from '../people/use-look-on.ts'
import { CsvButton } from '../people/parts/csv-button.tsx'
import { ListBar } from '../people/parts/list-bar.tsx'
import { ListEnd } from '../people/parts/list-end.tsx'
import { SavedViews } from '../people/parts/saved-views.tsx'
import { useListing } from '../queries.ts'
import { navigate, route } from '../router.ts'
import { useSession } from '../session.ts'
import { FilterField } from '../settings/parts/filter-field.tsx'
import { Button } from '../ui/button.tsx'
import { Empty } from '../ui/empty.tsx'
import { Loaded } from '../ui/loaded.tsx'
import { PageFrame } from '../ui/page-frame.tsx'
import { useWords } from '../words.ts'
import { ProductFilters } from './parts/product-filters.tsx'
import { ProductDialog } from './parts/product-dialog.tsx'
import { ProductTable } from './parts/product-table.tsx'

const PLAIN = ['search', 'brand', 'category', 'tag', 'state', 'stock', 'order'] as const
/** Those for which the server looks at one product after the other. */
const LOOKED_FOR = ['least', 'most', 'activity', 'days'] as const
const NAMES = [...PLAIN, ...LOOKED_FOR] as const
const MARKS = ['brand', 'category', 'tag'] as const

/** What the shop sells. */
export function Page() {
  const { t } = useWords()
  const { shop } = useSession()
  const { path, query } = route.value
  const filter = filterIn(query, NAMES)
  const [opened, setOpened] = useState<ProductAnswer | undefined>(undefined)
  const asked = {
    ...filter,
    search: filter.search.trim(),
    order: filter.order || 'newest',
    ...askedAmounts(filter, shop.currency),
  }
  const address = addressOf(PRODUCTS_PATH, { ...asked, limit: '50' })
  const listing = useListing<ProductAnswer>(address)
  useLookOn(listing, address)
  const isLooking = LOOKED_FOR.some((name) => filter[name] !== '')
  const look = (changes: Partial<typeof filter>) =>
    navigate(addressOf(path, { ...filter, ...changes }), { replace: true })
  const isNarrowed = queryOf({ ...filter, order: '' }) !== ''
  const { order: _, ...fileFilter } = asked
  return (
    <PageFrame
      title={t('products.title')}
      intro={t('products.intro')}
      isWide
      actions={<CsvButton path={addressOf(PRODUCTS_FILE_PATH, fileFilter)} />}
    >
      <ListBar
        searchLabel={t('products.search')}
        search={filter.search}
        onSearch={(search) => look({ search })}
        order={{
          label: t('people.order'),
          value: TIME_ORDERS.find((known) => known === filter.order) ?? 'newest',
          options: TIME_ORDERS.map((value) => ({ value, label: t(`people.order.${value}`) })),
          onChange: (order) => look({ order: order === 'newest' ? '' : order }),
        }}
      >
        <FilterField
          label={t('products.stock')}
          value={filter.stock}
          options={[
            { value: '', label: t('orders.any') },
            ...STOCK_FILTERS.map((value) => ({ value, label: t(`products.stock.${value}`) })),
          ]}
          onChange={(stock) => look({ stock })}
        />
        <FilterField
          label={t('products.state')}
          value={filter.state}
          options={[
            { value: '', label: t('orders.any') },
            ...PRODUCT_STATES.map((value) => ({ value, label: t(`products.state.${value}`) })),
          ]}
          onChange={(state) => look({ state })}
        />
        <SavedViews list="products" path={path} query={queryOf(filter)} />
      </ListBar>
      <ProductFilters filter={filter} onChange={look} />
      <div class="list-chips">
        {MARKS.filter((mark) => filter[mark] !== '').map((mark) => (
          <button
            key={mark}
            type="button"
            class="list-chip"
            aria-pressed="true"
            onClick={() => look({ [mark]: '' })}
          >
            {t(`products.${mark}`)}: {filter[mark]} ×
          </button>
        ))}
      </div>
      <Loaded reading={listing} rows={8}>
        {(products) =>
          products.length > 0 ? (
            <ProductTable products={products} onOpen={setOpened} />
          ) : listing.hasMore ? null : isNarrowed ? (
            <Empty
              title={t('products.none.title')}
              text={t('people.none.text')}
              action={<Button onClick={() => navigate(path)}>{t('people.clear')}</Button>}
            />
          ) : (
            <Empty
              title={t('products.empty.title')}
              text={t('products.empty.text')}
              action={<ConnectShop />}
            />
          )
        }
      </Loaded>
      <ListEnd listing={listing} isLooking={isLooking} />
      {opened !== undefined && (
        <ProductDialog
          product={opened}
          onClose={() => setOpened(undefined)}
          onNarrow={(mark, value) => {
            setOpened(undefined)
            look({ search: '', [mark]: value })
          }}
        />
      )}
    </PageFrame>
  )
}
