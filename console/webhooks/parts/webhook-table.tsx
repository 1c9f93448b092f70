import type { ComponentChildren } from 'preact'
import type { Webhook } from '#protocol/webhooks.ts'
import { DataTable } from '../../ui/table.tsx'
import { Link } from '../../ui/link.tsx'
import { useWords } from '../../words.ts'
import { webhookAddress } from '../addresses.ts'
import { WebhookStateMark } from './webhook-state-mark.tsx'

interface WebhookTableProps {
  readonly webhooks: readonly Webhook[]
  readonly empty: ComponentChildren
}

export function WebhookTable({ webhooks, empty }: WebhookTableProps) {
  const { t, list } = useWords()
  return (
    <DataTable
      label={t('webhook.title')}
      rows={webhooks}
      keyOf={({ id }) => id}
      empty={empty}
      columns={[
        {
          key: 'url',
          title: t('webhook.column.url'),
          isMain: true,
          cell: ({ id, url, description }) => (
            <>
              <Link href={webhookAddress(id)} class="webhook-url">
                {url}
              </Link>
              {description !== '' && <p class="webhook-note">{description}</p>}
            </>
          ),
        },
        {
          key: 'events',
          title: t('webhook.column.events'),
          cell: ({ events }) => list(events.map((event) => t(`webhook.event.${event}`))),
        },
        {
          key: 'state',
          title: t('webhook.column.state'),
          cell: ({ state }) => <WebhookStateMark state={state} />,
        },
      ]}
    />
  )
}
