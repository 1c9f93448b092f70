import type { Person } from '#protocol/people.ts'
import { OrderStatusMark } from '../../customers/parts/order-status-mark.tsx'
import { amountText } from '../../money.ts'
import { Ago } from '../../ui/ago.tsx'
import { Section } from '../../ui/section.tsx'
import { DataTable } from '../../ui/table.tsx'
import { useWords } from '../../words.ts'

/** The newest orders; nothing where there are none. */
export function PersonOrders({ person }: { readonly person: Person }) {
  const words = useWords()
  const { t } = words
  const orders = person.customer?.orders ?? person.orders
  if (orders.length === 0) return null
  return (
    <Section title={t('orders.title')}>
      <DataTable
        label={t('orders.title')}
        rows={orders}
        keyOf={({ orderId }) => orderId}
        empty={null}
        columns={[
          { key: 'id', title: t('orders.order'), isMain: true, cell: ({ orderId }) => orderId },
          { key: 'at', title: t('orders.placed'), cell: ({ at }) => <Ago at={at} /> },
          {
            key: 'status',
            title: t('orders.status'),
            cell: ({ status }) => <OrderStatusMark status={status} />,
          },
          {
            key: 'total',
            title: t('orders.total'),
            isAtEnd: true,
            cell: ({ total }) => total && amountText(total, words),
          },
        ]}
      />
    </Section>
  )
}
