import { WEBHOOK_DELIVERY_PATH } from '#protocol/names.ts'
import type { WebhookAttempt, WebhookDeliveryDetails } from '#protocol/webhooks.ts'
import { failureWords } from '../../failures.ts'
import { useChanging, useReading } from '../../queries.ts'
import { refusalText } from '../../refusals.ts'
import { Facts } from '../../settings/parts/facts.tsx'
import { Moment } from '../../settings/parts/moment.tsx'
import { pathOf } from '../../settings/path-of.ts'
import { useSoon } from '../../settings/use-soon.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { say } from '../../ui/toasts.tsx'
import { useWords } from '../../words.ts'
import { deliveriesPath } from '../addresses.ts'
import { retryDelivery } from '../requests.ts'
import { isJustAsked, readableBody } from '../webhook-model.ts'
import { NextAttempt } from './next-attempt.tsx'
import { DeliveryStateMark } from './webhook-state-mark.tsx'

interface DeliveryDialogProps {
  readonly deliveryId: string
  readonly webhookId: string
  readonly onClose: () => void
}

/** What was sent, and what was answered at each attempt. */
export function DeliveryDialog({ deliveryId, webhookId, onClose }: DeliveryDialogProps) {
  const words = useWords()
  const { t } = words
  const path = pathOf(WEBHOOK_DELIVERY_PATH, { deliveryId })
  const delivery = useReading<WebhookDeliveryDetails>(path)
  const retrying = useChanging(() => retryDelivery(deliveryId), {
    renews: [path, deliveriesPath(webhookId)],
  })
  useSoon(delivery.value !== undefined && isJustAsked(delivery.value), delivery.again)

  async function retry(): Promise<void> {
    const reply = await retrying.run(undefined)
    say(reply.refusal === undefined ? t('delivery.retried') : refusalText(reply, words))
  }

  return (
    <Dialog
      title={t('delivery.details')}
      isOpen
      onClose={onClose}
      actions={
        <Button isBusy={retrying.isBusy} onClick={() => void retry()}>
          {t('delivery.retry')}
        </Button>
      }
    >
      <Loaded reading={delivery} rows={6}>
        {(found) => <Details found={found} />}
      </Loaded>
    </Dialog>
  )
}

function Details({ found }: { readonly found: WebhookDeliveryDetails }) {
  const words = useWords()
  const { t } = words
  const { type, state, messageId, at, lastError, body, log } = found
  return (
    <>
      <Facts
        facts={[
          { label: t('delivery.column.event'), value: t(`delivery.event.${type}`) },
          { label: t('delivery.column.state'), value: <DeliveryStateMark state={state} /> },
          {
            label: t('delivery.column.next'),
            value: state === 'waiting' ? <NextAttempt delivery={found} /> : null,
          },
          {
            label: t('delivery.column.answer'),
            value: lastError && failureWords(lastError, words),
          },
          { label: t('delivery.column.at'), value: <Moment at={at} /> },
          { label: t('delivery.id'), value: <code>{messageId}</code> },
        ]}
      />
      <h3 class="delivery-part">{t('delivery.log')}</h3>
      {log.length === 0 && <p class="control-hint">{t('delivery.log.none')}</p>}
      <ol class="delivery-attempt-list">
        {log.map((attempt) => (
          <Attempt key={attempt.at} attempt={attempt} />
        ))}
      </ol>
      <h3 class="delivery-part">{t('delivery.sent')}</h3>
      <pre class="delivery-body">{readableBody(body)}</pre>
    </>
  )
}

function Attempt({ attempt }: { readonly attempt: WebhookAttempt }) {
  const words = useWords()
  const { t } = words
  const { at, status, durationMs, answer } = attempt
  return (
    <li class="delivery-attempt">
      <strong>{status ?? t('delivery.no_answer')}</strong>
      <span class="delivery-attempt-facts">
        <Moment at={at} /> · {t('delivery.duration', { n: durationMs })}
      </span>
      {status === null && <p>{failureWords(answer, words)}</p>}
      {status !== null && answer !== '' && <code class="delivery-attempt-answer">{answer}</code>}
    </li>
  )
}
