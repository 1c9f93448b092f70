import { WEBHOOKS_PATH } from '#protocol/names.ts'
import type { Webhook } from '#protocol/webhooks.ts'
import { useChanging } from '../../queries.ts'
import { useForm } from '../../settings/use-form.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { say } from '../../ui/toasts.tsx'
import { useWords } from '../../words.ts'
import { replaceWebhook } from '../requests.ts'
import {
  faultInWebhook,
  faultOfWebhook,
  webhookDraftOf,
  webhookFieldsOf,
  type WebhookFields,
} from '../webhook-model.ts'
import { WebhookForm } from './webhook-form.tsx'

interface ChangeWebhookProps {
  readonly webhook: Webhook
  readonly onClose: () => void
}

export function ChangeWebhook({ webhook, onClose }: ChangeWebhookProps) {
  const { t } = useWords()
  const { id, state } = webhook
  const changing = useChanging(
    (fields: WebhookFields) => replaceWebhook(id, webhookDraftOf(fields, state)),
    { renews: [WEBHOOKS_PATH] },
  )
  const form = useForm<WebhookFields>({
    stored: webhookFieldsOf(webhook),
    save: changing.run,
    faultIn: faultInWebhook,
    faultOf: faultOfWebhook,
  })

  async function save(): Promise<void> {
    if (!(await form.save())) return
    onClose()
    say(t('ui.saved'))
  }

  return (
    <Dialog title={t('webhook.edit.title')} isOpen onClose={onClose}>
      <WebhookForm
        form={form}
        submit={t('ui.save')}
        onSubmit={() => void save()}
        onClose={onClose}
      />
    </Dialog>
  )
}
