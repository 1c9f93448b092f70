import { useState } from 'preact/hooks'
import { WEBHOOKS_PATH } from '#protocol/names.ts'
import type { WebhookWithSecret } from '#protocol/webhooks.ts'
import { useChanging } from '../../queries.ts'
import { navigate } from '../../router.ts'
import { SecretDialog } from '../../settings/parts/secret-dialog.tsx'
import { useForm } from '../../settings/use-form.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { useWords } from '../../words.ts'
import { webhookAddress } from '../addresses.ts'
import { addWebhook } from '../requests.ts'
import {
  faultInWebhook,
  faultOfWebhook,
  NEW_WEBHOOK,
  webhookDraftOf,
  type WebhookFields,
} from '../webhook-model.ts'
import { WebhookForm } from './webhook-form.tsx'

/** Asks for what it needs, tells the secret, and leads to the webhook, where a test can be sent. */
export function AddWebhook({ onClose }: { readonly onClose: () => void }) {
  const { t } = useWords()
  const [made, setMade] = useState<WebhookWithSecret | undefined>(undefined)
  const adding = useChanging(addWebhook, { renews: [WEBHOOKS_PATH] })
  const form = useForm<WebhookFields>({
    stored: NEW_WEBHOOK,
    save: add,
    faultIn: faultInWebhook,
    faultOf: faultOfWebhook,
  })

  async function add(fields: WebhookFields) {
    const reply = await adding.run(webhookDraftOf(fields))
    if (reply.refusal === undefined) setMade(reply.value)
    return reply
  }

  if (made !== undefined) {
    return (
      <SecretDialog
        title={t('webhook.secret.title')}
        secret={made.secret}
        text={t('webhook.secret.text')}
        copy={t('webhook.secret.copy')}
        onClose={() => {
          onClose()
          navigate(webhookAddress(made.id))
        }}
      />
    )
  }
  return (
    <Dialog title={t('webhook.new.title')} isOpen onClose={onClose}>
      <WebhookForm
        form={form}
        submit={t('webhook.add')}
        onSubmit={() => void form.save()}
        onClose={onClose}
      />
    </Dialog>
  )
}
