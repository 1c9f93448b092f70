import { useState } from 'preact/hooks'
import { useChanging } from '../../queries.ts'
import { AskDialog } from '../../settings/parts/ask-dialog.tsx'
import { SelectField } from '../../ui/field.tsx'
import { say } from '../../ui/toasts.tsx'
import { useWords } from '../../words.ts'
import { deliveriesPath } from '../addresses.ts'
import { replayOf, SPAN_NAMES, type Span } from '../replay-span.ts'
import { replayWebhook } from '../requests.ts'

interface ReplayWebhookProps {
  readonly webhookId: string
  readonly onClose: () => void
}

export function ReplayWebhook({ webhookId, onClose }: ReplayWebhookProps) {
  const { t } = useWords()
  const [span, setSpan] = useState<Span>('day')
  const replaying = useChanging(
    (wanted: Span) => replayWebhook(webhookId, replayOf(wanted, Date.now())),
    { renews: [deliveriesPath(webhookId)] },
  )

  async function replay(): Promise<void> {
    const reply = await replaying.run(span)
    if (reply.refusal !== undefined) return
    const { count } = reply.value
    onClose()
    say(count === 0 ? t('webhook.replayed_none') : t('webhook.replayed', { n: count }))
  }

  return (
    <AskDialog
      title={t('webhook.replay.title')}
      action={t('webhook.replay')}
      isDangerous={false}
      isBusy={replaying.isBusy}
      refused={replaying.refused}
      onAct={() => void replay()}
      onClose={onClose}
    >
      <p>{t('webhook.replay.text')}</p>
      <SelectField
        label={t('webhook.replay.span')}
        name="span"
        isRequired
        value={span}
        options={SPAN_NAMES.map((value) => ({ value, label: t(`webhook.span.${value}`) }))}
        onChange={(value) => setSpan(SPAN_NAMES.find((name) => name === value) ?? 'day')}
      />
    </AskDialog>
  )
}
