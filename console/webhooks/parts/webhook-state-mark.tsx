import type { DeliveryState, WebhookState } from '#protocol/webhooks.ts'
import { StateMark } from '../../settings/parts/state-mark.tsx'
import { useWords } from '../../words.ts'

const WEBHOOK_TONES = { active: 'good', paused: 'still', gone: 'bad' } as const
const DELIVERY_TONES = { waiting: 'warn', delivered: 'good', dead: 'bad' } as const

export function WebhookStateMark({ state }: { readonly state: WebhookState }) {
  const { t } = useWords()
  return <StateMark tone={WEBHOOK_TONES[state]} text={t(`webhook.state.${state}`)} />
}

export function DeliveryStateMark({ state }: { readonly state: DeliveryState }) {
  const { t } = useWords()
  return <StateMark tone={DELIVERY_TONES[state]} text={t(`delivery.state.${state}`)} />
}
