import { useState } from 'preact/hooks'
import { WEBHOOKS_PATH } from '#protocol/names.ts'
import { useChanging } from '../../queries.ts'
import { AskDialog } from '../../settings/parts/ask-dialog.tsx'
import { SecretDialog } from '../../settings/parts/secret-dialog.tsx'
import { useWords } from '../../words.ts'
import { makeWebhookSecret } from '../requests.ts'

interface ReplaceSecretProps {
  readonly webhookId: string
  readonly onClose: () => void
}

export function ReplaceSecret({ webhookId, onClose }: ReplaceSecretProps) {
  const { t } = useWords()
  const [secret, setSecret] = useState<string | undefined>(undefined)
  const making = useChanging(makeWebhookSecret, { renews: [WEBHOOKS_PATH] })

  async function make(): Promise<void> {
    const reply = await making.run(webhookId)
    if (reply.refusal === undefined) setSecret(reply.value.secret)
  }

  if (secret !== undefined) {
    return (
      <SecretDialog
        title={t('webhook.secret.title')}
        secret={secret}
        text={t('webhook.secret.text')}
        copy={t('webhook.secret.copy')}
        onClose={onClose}
      />
    )
  }
  return (
    <AskDialog
      title={t('webhook.secret.make')}
      action={t('webhook.secret.make')}
      isBusy={making.isBusy}
      refused={making.refused}
      onAct={() => void make()}
      onClose={onClose}
    >
      <p>{t('webhook.secret.consequence')}</p>
    </AskDialog>
  )
}
