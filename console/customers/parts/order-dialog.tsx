import { ORDER_STATUSES } from '#protocol/lists.ts'
import type { WholeOrder } from '#protocol/orders.ts'
import { amountText } from '../../money.ts'
import { PageLink } from '../../settings/parts/page-link.tsx'
import { Facts } from '../../settings/parts/facts.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { DataTable } from '../../ui/table.tsx'
import { useWords } from '../../words.ts'
import { OrderStatusMark } from './order-status-mark.tsx'

interface OrderDialogProps {
  readonly order: WholeOrder
  /** The page on which products are looked for. */
  readonly productPath: string
  readonly onClose: () => void
}

/** An order with its lines and what became of it. */
export function OrderDialog({ order, productPath, onClose }: OrderDialogProps) {
  const words = useWords()
  const { t, number, exactly } = words
  const { orderId, at, status, statusTimes, total, lines, isVerified } = order
  return (
    <Dialog title={orderId} isOpen onClose={onClose}>
      <Facts
        facts={[
          { label: t('orders.status'), value: <OrderStatusMark status={status} /> },
          { label: t('orders.placed'), value: exactly(at) },
          ...ORDER_STATUSES.map((one) => {
            const since = statusTimes[one]
            return {
              label: t(`orders.status.${one}`),
              value: since === undefined ? undefined : exactly(since),
            }
          }),
          {
            label: t('orders.told'),
            value: t(isVerified ? 'orders.verified' : 'orders.unverified'),
          },
          { label: t('orders.total'), value: total && amountText(total, words) },
        ]}
      />
      <DataTable
        label={t('orders.lines')}
        rows={lines.map((line, at) => ({ ...line, key: `${at} ${line.productId}` }))}
        keyOf={({ key }) => key}
        empty={<p class="list-quiet">{t('orders.no_lines')}</p>}
        columns={[
          {
            key: 'name',
            title: t('people.product'),
            isMain: true,
            cell: ({ name, productId }) => (
              <PageLink href={`${productPath}?search=${encodeURIComponent(productId)}`}>
                {name ?? productId}
              </PageLink>
            ),
          },
          {
            key: 'quantity',
            title: t('people.quantity'),
            isAtEnd: true,
            cell: ({ quantity }) => number(quantity),
          },
          {
            key: 'price',
            title: t('people.price'),
            isAtEnd: true,
            cell: ({ price }) => price && amountText(price, words),
          },
        ]}
      />
    </Dialog>
  )
}
