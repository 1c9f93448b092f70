import type { ComponentChildren } from 'preact'
import type { Webhook } from '#protocol/webhooks.ts'
import { PageLink } from '../../settings/parts/page-link.tsx'
import { sentenceCase } from '../../settings/sentence-case.ts'
import { DataTable } from '../../ui/table.tsx'
import { useWords } from '../../words.ts'
import { webhookAddress } from '../addresses.ts'
import { WebhookStateMark } from './webhook-state-mark.tsx'

interface WebhookTableProps {
  readonly webhooks: readonly Webhook[]
  readonly empty: ComponentChildren
}

export function WebhookTable({ webhooks, empty }: WebhookTableProps) {
  const { t, list, language } = useWords()
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
              <PageLink href={webhookAddress(id)} isCode>
                {url}
              </PageLink>
              {description !== '' && <p class="webhook-note">{description}</p>}
            </>
          ),
        },
        {
          key: 'events',
          title: t('webhook.column.events'),
          cell: ({ events }) =>
            sentenceCase(list(events.map((event) => t(`webhook.event.${event}`))), language),
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
