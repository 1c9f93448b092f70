import type { ComponentChildren } from 'preact'
import type { WebhookDelivery } from '#protocol/webhooks.ts'
import { failureWords } from '../../failures.ts'
import { Moment } from '../../settings/parts/moment.tsx'
import { OpenButton } from '../../settings/parts/open-button.tsx'
import { DataTable } from '../../ui/table.tsx'
import { useWords } from '../../words.ts'
import { NextAttempt } from './next-attempt.tsx'
import { DeliveryStateMark } from './webhook-state-mark.tsx'

interface DeliveryTableProps {
  readonly deliveries: readonly WebhookDelivery[]
  readonly empty: ComponentChildren
  readonly onOpen: (delivery: WebhookDelivery) => void
}

export function DeliveryTable({ deliveries, empty, onOpen }: DeliveryTableProps) {
  const words = useWords()
  const { t, number } = words
  return (
    <DataTable
      label={t('delivery.title')}
      rows={deliveries}
      keyOf={({ id }) => id}
      empty={empty}
      columns={[
        {
          key: 'event',
          title: t('delivery.column.event'),
          isMain: true,
          cell: (delivery) => (
            <OpenButton onOpen={() => onOpen(delivery)}>
              {t(`delivery.event.${delivery.type}`)}
            </OpenButton>
          ),
        },
        {
          key: 'state',
          title: t('delivery.column.state'),
          cell: ({ state }) => <DeliveryStateMark state={state} />,
        },
        {
          key: 'next',
          title: t('delivery.column.next'),
          cell: (delivery) => <NextAttempt delivery={delivery} />,
        },
        {
          key: 'answer',
          title: t('delivery.column.answer'),
          cell: ({ lastStatus, lastError }) =>
            lastError === null ? (lastStatus ?? '–') : failureWords(lastError, words),
        },
        {
          key: 'attempts',
          title: t('delivery.column.attempts'),
          isAtEnd: true,
          cell: ({ attempts }) => number(attempts),
        },
        {
          key: 'at',
          title: t('delivery.column.at'),
          isAtEnd: true,
          cell: ({ at }) => <Moment at={at} />,
        },
      ]}
    />
  )
}
