import { useState } from 'preact/hooks'
import { WEBHOOKS_PATH } from '#protocol/names.ts'
import type { Webhook } from '#protocol/webhooks.ts'
import { useListing } from '../queries.ts'
import { Button } from '../ui/button.tsx'
import { Empty } from '../ui/empty.tsx'
import { Loaded } from '../ui/loaded.tsx'
import { PageFrame } from '../ui/page-frame.tsx'
import { useWords } from '../words.ts'
import { AddWebhook } from './parts/add-webhook.tsx'
import { WebhookTable } from './parts/webhook-table.tsx'
import './webhooks.css'

/** Which servers are told what happens in the shop. */
export function Page() {
  const { t } = useWords()
  const webhooks = useListing<Webhook>(WEBHOOKS_PATH)
  const [isAdding, setAdding] = useState(false)
  const add = (
    <Button kind="primary" onClick={() => setAdding(true)}>
      {t('webhook.add')}
    </Button>
  )
  const hasSome = webhooks.value !== undefined && webhooks.value.length > 0
  return (
    <PageFrame
      title={t('webhook.title')}
      intro={t('webhook.intro')}
      actions={hasSome ? add : undefined}
    >
      <Loaded reading={webhooks} rows={4}>
        {(listed) => (
          <WebhookTable
            webhooks={listed}
            empty={
              <Empty title={t('webhook.empty.title')} text={t('webhook.empty.text')} action={add} />
            }
          />
        )}
      </Loaded>
      {isAdding && <AddWebhook onClose={() => setAdding(false)} />}
    </PageFrame>
  )
}
