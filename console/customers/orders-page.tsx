import { useState } from 'preact/hooks'
import { ORDER_STATUSES, TIME_ORDERS } from '#protocol/lists.ts'
import { ORDERS_FILE_PATH, ORDERS_PATH } from '#protocol/names.ts'
import type { WholeOrder } from '#protocol/orders.ts'
import { PRODUCTS_PAGE_PATH } from '../people/list-pages.ts'
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
import { spanIn, spanOf, SPANS } from './spans.ts'
import { OrderFilters } from './parts/order-filters.tsx'
import { OrderDialog } from './parts/order-dialog.tsx'
import { OrderTable } from './parts/order-table.tsx'

const PLAIN = ['search', 'status', 'span', 'order', 'customerId'] as const
/** Those for which the server looks at one order after the other. */
const LOOKED_FOR = ['least', 'most', 'productId', 'verified', 'condition'] as const
const NAMES = [...PLAIN, ...LOOKED_FOR] as const

/** The shop's orders. */
export function Page() {
  const { t } = useWords()
  const { may, shop } = useSession()
  const { path, query } = route.value
  const filter = filterIn(query, NAMES)
  const [now] = useState(Date.now)
  const [opened, setOpened] = useState<WholeOrder | undefined>(undefined)
  const { span, ...plain } = filter
  const asked = {
    ...plain,
    search: filter.search.trim(),
    ...spanOf(spanIn(span), now),
    ...askedAmounts(filter, shop.currency),
  }
  const mayBrowse = may('orders', 'edit')
  const isAsked = mayBrowse || asked.search !== '' || asked.customerId !== ''
  const address = isAsked ? addressOf(ORDERS_PATH, { ...asked, limit: '50' }) : undefined
  const listing = useListing<WholeOrder>(address)
  useLookOn(listing, address)
  const isLooking = LOOKED_FOR.some((name) => filter[name] !== '')
  const look = (changes: Partial<typeof filter>) =>
    navigate(addressOf(path, { ...filter, ...changes }), { replace: true })
  const isNarrowed = queryOf({ ...filter, order: '' }) !== ''
  return (
    <PageFrame
      title={t('orders.title')}
      intro={t('orders.intro')}
      isWide
      actions={<CsvButton path={addressOf(ORDERS_FILE_PATH, asked)} />}
    >
      <ListBar
        searchLabel={t('orders.search')}
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
          label={t('orders.status')}
          value={filter.status}
          options={[
            { value: '', label: t('orders.any') },
            ...ORDER_STATUSES.map((value) => ({ value, label: t(`orders.status.${value}`) })),
          ]}
          onChange={(status) => look({ status })}
        />
        <FilterField
          label={t('orders.placed')}
          value={spanIn(span)}
          options={SPANS.map((value) => ({ value, label: t(`orders.span.${value || 'any'}`) }))}
          onChange={(value) => look({ span: value })}
        />
        <SavedViews list="orders" path={path} query={queryOf(filter)} />
      </ListBar>
      {mayBrowse && <OrderFilters filter={filter} refused={listing.refused} onChange={look} />}
      {!isAsked && <Empty title={t('people.ask.title')} text={t('people.ask.text')} />}
      {isAsked && (
        <Loaded reading={listing} rows={8}>
          {(orders) =>
            orders.length > 0 ? (
              <OrderTable orders={orders} onOpen={setOpened} />
            ) : listing.hasMore ? null : isNarrowed ? (
              <Empty
                title={t('orders.none.title')}
                text={t('people.none.text')}
                action={<Button onClick={() => navigate(path)}>{t('people.clear')}</Button>}
              />
            ) : (
              <Empty
                title={t('orders.empty.title')}
                text={t('orders.empty.text')}
                action={<ConnectShop />}
              />
            )
          }
        </Loaded>
      )}
      <ListEnd listing={listing} isLooking={isLooking} />
      {opened !== undefined && (
        <OrderDialog
          order={opened}
          productPath={PRODUCTS_PAGE_PATH}
          onClose={() => setOpened(undefined)}
        />
      )}
    </PageFrame>
  )
}
