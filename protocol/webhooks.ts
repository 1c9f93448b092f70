import { z } from 'zod'

/** What a shop's server can be told of; each is written in the commit that makes it true. */
export const FACT_TYPES = [
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
  'webhook.test',
] as const
export type FactType = (typeof FACT_TYPES)[number]

/** `gone`: it answered 410 and is told nothing more, until somebody changes it. */
export const WEBHOOK_STATES = ['active', 'paused', 'gone'] as const
export type WebhookState = (typeof WEBHOOK_STATES)[number]

/** `dead`: it was not taken for three days, or the webhook is not active; it can be retried by hand. */
export const DELIVERY_STATES = ['waiting', 'delivered', 'dead'] as const
export type DeliveryState = (typeof DELIVERY_STATES)[number]

export const MAX_WEBHOOKS = 20

export const WebhookSchema = z.strictObject({
  url: z.string().min(8).max(2_000),
  events: z.array(z.enum(FACT_TYPES)).min(1).max(FACT_TYPES.length),
  state: z.enum(['active', 'paused']).default('active'),
  description: z.string().trim().max(200).default(''),
})
export type WebhookDraft = z.infer<typeof WebhookSchema>

/** Deliveries made once more, of what happened in this time; epoch ms. */
export const ReplaySchema = z.strictObject({
  from: z.number().int().min(0),
  to: z.number().int().min(0),
})
export type Replay = z.infer<typeof ReplaySchema>

export interface Webhook {
  readonly id: string
  readonly url: string
  readonly events: readonly FactType[]
  readonly state: WebhookState
  readonly description: string
  readonly createdAt: number
  /** Until when what is sent is signed with the secret before the present one, too. */
  readonly formerSecretUntil: number | null
}

/** The only answers that tell a secret: the one that makes the webhook, and the one that changes it. */
export type WebhookWithSecret = Webhook & { readonly secret: string }

export interface WebhookDelivery {
  readonly id: string
  readonly webhookId: string
  /** The same at each attempt, in `webhook-id`. */
  readonly messageId: string
  readonly type: FactType
  readonly state: DeliveryState
  readonly attempts: number
  readonly lastStatus: number | null
  readonly lastError: string | null
  /** When what it tells of happened. */
  readonly at: number
  readonly deliveredAt: number | null
  /** Of one that waits; null while an attempt is under way, and once there is none to come. */
  readonly nextAttemptAt: number | null
}

export interface WebhookAttempt {
  readonly at: number
  readonly durationMs: number
  /** Of HTTP; null where there was no answer. */
  readonly status: number | null
  /** The beginning of the answer, or why there was none. */
  readonly answer: string
}

export type WebhookDeliveryDetails = WebhookDelivery & {
  /** What was sent, byte by byte. */
  readonly body: string
  readonly log: readonly WebhookAttempt[]
}
