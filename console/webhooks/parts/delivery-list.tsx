import { useState } from 'preact/hooks'
import type { DeliveryState, WebhookDelivery } from '#protocol/webhooks.ts'
import { useListing } from '../../queries.ts'
import { FilterField } from '../../settings/parts/filter-field.tsx'
import { MoreButton } from '../../settings/parts/more-button.tsx'
import { useSoon } from '../../settings/use-soon.ts'
import { Empty } from '../../ui/empty.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Section } from '../../ui/section.tsx'
import { useWords } from '../../words.ts'
import { deliveriesPath } from '../addresses.ts'
import { isJustAsked } from '../webhook-model.ts'
import { DeliveryDialog } from './delivery-dialog.tsx'
import { DeliveryTable } from './delivery-table.tsx'

/** Empty: all. */
type Shown = DeliveryState | ''
const STATES = ['', 'waiting', 'delivered', 'dead'] as const satisfies readonly Shown[]

/** What a webhook was told, the newest first. */
export function DeliveryList({ webhookId }: { readonly webhookId: string }) {
  const { t } = useWords()
  const [state, setState] = useState<Shown>('')
  const [openId, setOpenId] = useState<string | undefined>(undefined)
  const deliveries = useListing<WebhookDelivery>(deliveriesPath(webhookId, state))
  useSoon(deliveries.value?.some(isJustAsked) === true, deliveries.again)
  const empty =
    state === '' ? (
      <Empty title={t('delivery.empty.title')} text={t('delivery.empty.text')} />
    ) : (
      <p class="control-hint">{t('delivery.empty.filtered')}</p>
    )
  return (
    <Section
      title={t('delivery.title')}
      text={t('delivery.text')}
      actions={
        <FilterField
          label={t('delivery.filter')}
          value={state}
          options={STATES.map((value) => ({
            value,
            label: t(value === '' ? 'settings.all' : `delivery.state.${value}`),
          }))}
          onChange={setState}
        />
      }
    >
      <Loaded reading={deliveries} rows={5}>
        {(listed) => (
          <DeliveryTable deliveries={listed} empty={empty} onOpen={({ id }) => setOpenId(id)} />
        )}
      </Loaded>
      <MoreButton listing={deliveries} />
      {openId !== undefined && (
        <DeliveryDialog
          deliveryId={openId}
          webhookId={webhookId}
          onClose={() => setOpenId(undefined)}
        />
      )}
    </Section>
  )
}
