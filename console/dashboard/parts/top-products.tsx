import type { ProductFigures } from '#protocol/figures.ts'
import { PRODUCT_FIGURES_PATH } from '#protocol/names.ts'
import { moneyText } from '../../money.ts'
import { useReading } from '../../queries.ts'
import { BarTable } from '../../ui/bar-table.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { useWords } from '../../words.ts'
import { useEvery } from '../use-every.ts'
import { Panel, PanelEmpty } from './panel.tsx'
import { RowsLink } from './rows-link.tsx'
import { RENEW_MS, type ShownRange } from './shown-range.ts'

const ROWS = 8

export function TopProducts({ query, currency, isLive }: ShownRange) {
  const { t, number, locale } = useWords()
  const path = `${PRODUCT_FIGURES_PATH}${query}&limit=${ROWS}`
  const reading = useReading<{ readonly items: readonly ProductFigures[] }>(path, { keeps: true })
  useEvery(RENEW_MS, isLive, reading.again)
  return (
    <Panel
      title={t('dashboard.products')}
      actions={<RowsLink path="/console/products">{t('dashboard.open.products')}</RowsLink>}
    >
      <Loaded reading={reading} rows={5}>
        {({ items }) =>
          items.length === 0 ? (
            <PanelEmpty>{t('dashboard.no_products')}</PanelEmpty>
          ) : (
            <BarTable
              label={t('dashboard.products')}
              title={t('dashboard.product')}
              rows={items}
              keyOf={({ productId }) => productId}
              nameOf={({ name, productId }) => <span title={productId}>{name ?? productId}</span>}
              lengthOf={({ bought, viewed }) => (items[0]?.bought === 0 ? viewed : bought)}
              columns={[
                {
                  key: 'viewed',
                  title: t('dashboard.viewed'),
                  cell: ({ viewed }) => number(viewed),
                  isExtra: true,
                },
                {
                  key: 'added',
                  title: t('dashboard.added'),
                  cell: ({ added }) => number(added),
                  isExtra: true,
                },
                {
                  key: 'bought',
                  title: t('dashboard.bought'),
                  cell: ({ bought }) => number(bought),
                },
                {
                  key: 'revenue',
                  title: t('dashboard.revenue'),
                  cell: ({ revenue }) => moneyText(locale, revenue[currency] ?? 0, currency),
                },
              ]}
            />
          )
        }
      </Loaded>
    </Panel>
  )
}
