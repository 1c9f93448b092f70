import type { FactType, Webhook, WebhookDelivery, WebhookDraft } from '#protocol/webhooks.ts'
import type { Refused } from '../api.ts'
import { addressFault } from '../settings/address-fault.ts'
import { formFault, type FormFault } from '../settings/faults.ts'

/** What can be chosen; a test is told whoever asks for one. */
export const OFFERED_EVENTS = [
  'order.completed',
  'customer.created',
  'submission.received',
  'audience.entered',
  'audience.left',
  'conversation.started',
  'conversation.assigned',
  'conversation.closed',
  'conversation.rated',
  'message.received',
] as const satisfies readonly FactType[]

export interface WebhookFields {
  readonly url: string
  readonly events: readonly FactType[]
  readonly description: string
}

export const NEW_WEBHOOK: WebhookFields = {
  url: 'https://',
  events: OFFERED_EVENTS,
  description: '',
}

export function webhookFieldsOf({ url, events, description }: Webhook): WebhookFields {
  return { url, events, description }
}

/** One that is gone becomes active by being changed: somebody has looked at it. */
export function webhookDraftOf(
  fields: WebhookFields,
  state: Webhook['state'] = 'active',
): WebhookDraft {
  const { url, events, description } = fields
  return {
    url: url.trim(),
    events: [...events],
    description,
    state: state === 'paused' ? 'paused' : 'active',
  }
}

export function withEvent(events: readonly FactType[], event: FactType): readonly FactType[] {
  return events.includes(event) ? events.filter((it) => it !== event) : [...events, event]
}

const URL_FAULT: FormFault = { field: 'url', message: 'webhook.fault.url' }

export function faultInWebhook({ url, events }: WebhookFields): FormFault | undefined {
  if (!/^https?:\/\/[^/]/i.test(url.trim())) return URL_FAULT
  return events.length === 0 ? { field: 'events', message: 'webhook.fault.events' } : undefined
}

export function faultOfWebhook(refused: Refused): FormFault {
  if (refused.refusal === 'conflict') return { message: 'webhook.fault.many' }
  const wrong = addressFault(refused)
  if (wrong !== undefined) return { field: 'url', message: `webhook.fault.${wrong}` }
  return formFault(refused, { url: 'webhook.fault.url', events: 'webhook.fault.events' })
}

/** Its first attempt is about to be made. */
export function isJustAsked({ state, attempts }: WebhookDelivery): boolean {
  return state === 'waiting' && attempts === 0
}

/** What was sent, for reading; as it is, where it is no JSON. */
export function readableBody(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), undefined, 2)
  } catch {
    return body
  }
}
