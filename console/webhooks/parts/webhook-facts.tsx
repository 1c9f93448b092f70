import { useChanging } from '../../queries.ts'
import { WEBHOOKS_PATH } from '#protocol/names.ts'
import type { Webhook } from '#protocol/webhooks.ts'
import { refusalText } from '../../refusals.ts'
import { Facts } from '../../settings/parts/facts.tsx'
import { Moment } from '../../settings/parts/moment.tsx'
import { sentenceCase } from '../../settings/sentence-case.ts'
import { useNow } from '../../clock.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { say } from '../../ui/toasts.tsx'
import { useWords } from '../../words.ts'
import { replaceWebhook } from '../requests.ts'
import { webhookDraftOf, webhookFieldsOf } from '../webhook-model.ts'
import { WebhookStateMark } from './webhook-state-mark.tsx'

/** What it is told, where, and whether it is told anything at present. */
export function WebhookFacts({ webhook }: { readonly webhook: Webhook }) {
  const { t, list, exactly, language } = useWords()
  const now = useNow()
  const { url, events, state, description, createdAt, formerSecretUntil } = webhook
  const isSignedTwice = formerSecretUntil !== null && formerSecretUntil > now
  return (
    <div class="settings-rows">
      {state !== 'active' && <Halted webhook={webhook} state={state} />}
      <Facts
        facts={[
          { label: t('webhook.url'), value: <code>{url}</code> },
          {
            label: t('webhook.column.events'),
            value: sentenceCase(list(events.map((event) => t(`webhook.event.${event}`))), language),
          },
          { label: t('webhook.description'), value: description },
          { label: t('webhook.column.state'), value: <WebhookStateMark state={state} /> },
          { label: t('webhook.since'), value: <Moment at={createdAt} /> },
          {
            label: t('webhook.secret.title'),
            value: isSignedTwice && t('webhook.secret.both', { until: exactly(formerSecretUntil) }),
          },
        ]}
      />
    </div>
  )
}

interface HaltedProps {
  readonly webhook: Webhook
  readonly state: 'paused' | 'gone'
}

function Halted({ webhook, state }: HaltedProps) {
  const words = useWords()
  const { t } = words
  const resuming = useChanging(
    () => replaceWebhook(webhook.id, webhookDraftOf(webhookFieldsOf(webhook), 'active')),
    { renews: [WEBHOOKS_PATH] },
  )

  async function resume(): Promise<void> {
    const reply = await resuming.run(undefined)
    say(reply.refusal === undefined ? t('webhook.resumed') : refusalText(reply, words))
  }

  return (
    <Notice
      tone={state === 'gone' ? 'warn' : 'note'}
      title={t(`webhook.${state}.title`)}
      action={
        <Button isBusy={resuming.isBusy} onClick={() => void resume()}>
          {t('webhook.resume')}
        </Button>
      }
    >
      <p>{t(`webhook.${state}.text`)}</p>
    </Notice>
  )
}
