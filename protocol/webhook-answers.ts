import { z } from 'zod'
import {
  DELIVERY_STATES,
  FACT_TYPES,
  WEBHOOK_STATES,
  type Webhook,
  type WebhookDelivery,
  type WebhookDeliveryDetails,
  type WebhookWithSecret,
} from './webhooks.ts'

export const WebhookAnswerSchema = z
  .object({
    id: z.string(),
    url: z.string(),
    events: z.array(z.enum(FACT_TYPES)),
    state: z.enum(WEBHOOK_STATES),
    description: z.string(),
    createdAt: z.int(),
    formerSecretUntil: z.int().nullable(),
  })
  .meta({ id: 'Webhook' }) satisfies z.ZodType<Webhook>

export const WebhookWithSecretSchema = WebhookAnswerSchema.extend({
  secret: z.string(),
}).meta({ id: 'WebhookWithSecret' }) satisfies z.ZodType<WebhookWithSecret>

export const WebhookDeliverySchema = z
  .object({
    id: z.string(),
    webhookId: z.string(),
    messageId: z.string(),
    type: z.enum(FACT_TYPES),
    state: z.enum(DELIVERY_STATES),
    attempts: z.int(),
    lastStatus: z.int().nullable(),
    lastError: z.string().nullable(),
    at: z.int(),
    deliveredAt: z.int().nullable(),
    nextAttemptAt: z.int().nullable(),
  })
  .meta({ id: 'WebhookDelivery' }) satisfies z.ZodType<WebhookDelivery>

export const WebhookDeliveryDetailsSchema = WebhookDeliverySchema.extend({
  body: z.string(),
  log: z.array(
    z.object({
      at: z.int(),
      durationMs: z.int(),
      status: z.int().nullable(),
      answer: z.string(),
    }),
  ),
}).meta({ id: 'WebhookDeliveryDetails' }) satisfies z.ZodType<WebhookDeliveryDetails>
