import type { WholeOrder } from '#protocol/orders.ts'
import { personAddress } from '../../audiences/addresses.ts'
import { amountText } from '../../money.ts'
import { OpenButton } from '../../settings/parts/open-button.tsx'
import { PageLink } from '../../settings/parts/page-link.tsx'
import { Ago } from '../../ui/ago.tsx'
import { DataTable } from '../../ui/table.tsx'
import { useWords } from '../../words.ts'
import { OrderStatusMark } from './order-status-mark.tsx'

interface OrderTableProps {
  readonly orders: readonly WholeOrder[]
  readonly onOpen: (order: WholeOrder) => void
}

export function OrderTable({ orders, onOpen }: OrderTableProps) {
  const words = useWords()
  const { t, number } = words
  return (
    <div class="list-table">
      <DataTable
        label={t('orders.title')}
        rows={orders}
        keyOf={({ orderId }) => orderId}
        empty={null}
        columns={[
          {
            key: 'id',
            title: t('orders.order'),
            isMain: true,
            cell: (order) => <OpenButton onOpen={() => onOpen(order)}>{order.orderId}</OpenButton>,
          },
          { key: 'at', title: t('orders.placed'), cell: ({ at }) => <Ago at={at} /> },
          {
            key: 'customer',
            title: t('orders.customer'),
            cell: ({ customerId, customerName }) =>
              customerId === null ? (
                <span class="list-quiet">{t('orders.guest')}</span>
              ) : (
                <PageLink href={personAddress('customer', customerId)}>
                  {customerName ?? t('people.one.customer')}
                </PageLink>
              ),
          },
          {
            key: 'status',
            title: t('orders.status'),
            cell: ({ status }) => <OrderStatusMark status={status} />,
          },
          {
            key: 'source',
            title: t('orders.told'),
            cell: ({ isVerified }) => (
              <span class="list-whole">
                {t(isVerified ? 'orders.verified' : 'orders.unverified')}
              </span>
            ),
          },
          {
            key: 'items',
            title: t('orders.pieces'),
            isAtEnd: true,
            cell: ({ lines }) => number(lines.reduce((sum, { quantity }) => sum + quantity, 0)),
          },
          {
            key: 'total',
            title: t('orders.total'),
            isAtEnd: true,
            cell: ({ total }) => total && amountText(total, words),
          },
        ]}
      />
    </div>
  )
}
