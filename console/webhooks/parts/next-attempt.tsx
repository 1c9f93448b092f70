import type { WebhookDelivery } from '#protocol/webhooks.ts'
import { MomentAhead } from '../../settings/parts/moment.tsx'
import { useWords } from '../../words.ts'

interface NextAttemptProps {
  readonly delivery: Pick<WebhookDelivery, 'state' | 'nextAttemptAt'>
}

/** When it is told next; a dash where it is not. */
export function NextAttempt({ delivery: { state, nextAttemptAt } }: NextAttemptProps) {
  const { t } = useWords()
  if (state !== 'waiting') return '–'
  return nextAttemptAt === null ? t('delivery.next.now') : <MomentAhead at={nextAttemptAt} />
}
