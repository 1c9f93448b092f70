import { WEBHOOKS_PATH } from '#protocol/names.ts'
import type { Webhook } from '#protocol/webhooks.ts'
import { useChanging } from '../../queries.ts'
import { navigate } from '../../router.ts'
import { AskDialog } from '../../settings/parts/ask-dialog.tsx'
import { say } from '../../ui/toasts.tsx'
import { useWords } from '../../words.ts'
import { hostOf, WEBHOOKS_PAGE_PATH } from '../addresses.ts'
import { removeWebhook } from '../requests.ts'

interface RemoveWebhookProps {
  readonly webhook: Webhook
  readonly onClose: () => void
}

export function RemoveWebhook({ webhook: { id, url }, onClose }: RemoveWebhookProps) {
  const { t } = useWords()
  const removing = useChanging(removeWebhook, { renews: [WEBHOOKS_PATH] })
  const host = hostOf(url)

  async function remove(): Promise<void> {
    const { refusal } = await removing.run(id)
    // Removed by somebody else: it is what was wanted.
    if (refusal !== undefined && refusal !== 'not_found') return
    onClose()
    navigate(WEBHOOKS_PAGE_PATH, { replace: true })
    say(t('webhook.removed', { host }))
  }

  return (
    <AskDialog
      title={t('webhook.remove.title')}
      action={t('webhook.remove.action', { host })}
      isBusy={removing.isBusy}
      refused={removing.refused}
      onAct={() => void remove()}
      onClose={onClose}
    >
      <p>{t('webhook.remove.text')}</p>
    </AskDialog>
  )
}
