import type { Webhook } from '#protocol/webhooks.ts'
import { useReading } from '../queries.ts'
import { route } from '../router.ts'
import { PageLink } from '../settings/parts/page-link.tsx'
import { Loaded } from '../ui/loaded.tsx'
import { PageFrame } from '../ui/page-frame.tsx'
import { useWords } from '../words.ts'
import { hostOf, webhookPath, WEBHOOKS_PAGE_PATH } from './addresses.ts'
import { DeliveryList } from './parts/delivery-list.tsx'
import { WebhookActions } from './parts/webhook-actions.tsx'
import { WebhookFacts } from './parts/webhook-facts.tsx'
import '../settings/settings.css'
import './webhooks.css'

/** One webhook, and what it was told. */
export function Page() {
  const { t } = useWords()
  const id = route.value.query.get('id') ?? ''
  const webhook = useReading<Webhook>(webhookPath(id))
  const { value } = webhook
  return (
    <PageFrame
      title={value === undefined ? t('webhook.one') : hostOf(value.url)}
      intro={<PageLink href={WEBHOOKS_PAGE_PATH}>{t('webhook.back')}</PageLink>}
      actions={value && <WebhookActions webhook={value} />}
    >
      <Loaded reading={webhook} rows={6}>
        {(found) => (
          <>
            <WebhookFacts webhook={found} />
            <DeliveryList key={id} webhookId={id} />
          </>
        )}
      </Loaded>
    </PageFrame>
  )
}
