import { z } from 'zod'
import {
  WebhookAnswerSchema,
  WebhookDeliveryDetailsSchema,
  WebhookDeliverySchema,
  WebhookWithSecretSchema,
} from '#protocol/webhook-answers.ts'
import { DELIVERY_STATES, ReplaySchema, WebhookSchema } from '#protocol/webhooks.ts'
import type { RouteDescription } from '../core/api/description.ts'
import { idOf, pageOf, pageQuery } from '../core/api/fields.ts'

const topic = 'Webhooks'
const ofWebhook = { webhookId: idOf('a webhook') }
const ofDelivery = { deliveryId: idOf('a delivery') }
const ofExample = { params: { webhookId: '$WEBHOOK_ID' } }
const url = 'https://shop.example/granplaza'

export const deliveriesQuery = pageQuery(200).extend({
  state: z.enum(DELIVERY_STATES).optional().describe('Only these'),
})

export const describedWebhooks = {
  list: {
    name: 'listWebhooks',
    topic,
    summary: 'All webhooks of the shop, without their secrets',
    answer: { status: 200, schema: pageOf(WebhookAnswerSchema) },
    example: {},
  },
  create: {
    name: 'createWebhook',
    topic,
    summary: 'Makes a webhook and tells its secret, this once',
    text: 'What is sent is signed as Standard Webhooks has it. An address in a private network is refused.',
    body: { schema: WebhookSchema },
    answer: { status: 201, schema: WebhookWithSecretSchema },
    refusals: ['conflict', 'sign_in_again'],
    example: {
      // Nothing is sent from the example.
      body: {
        url,
        events: ['order.completed', 'customer.created'],
        state: 'paused',
        description: 'Warehouse',
      },
      gives: { WEBHOOK_ID: 'id' },
    },
  },
  read: {
    name: 'readWebhook',
    topic,
    summary: 'One webhook, without its secret',
    params: ofWebhook,
    answer: { status: 200, schema: WebhookAnswerSchema },
    example: ofExample,
  },
  replace: {
    name: 'replaceWebhook',
    topic,
    summary: 'Replaces a webhook; its secret stays',
    text: 'One that is “gone”, because it answered 410, is told again once it is “active”. At the console, another address takes a recent sign-in.',
    params: ofWebhook,
    body: { schema: WebhookSchema },
    answer: { status: 200, schema: WebhookAnswerSchema },
    refusals: ['sign_in_again'],
    example: {
      ...ofExample,
      body: { url, events: ['order.completed'], state: 'paused', description: 'Warehouse' },
    },
  },
  remove: {
    name: 'deleteWebhook',
    topic,
    summary: 'Removes a webhook with its deliveries',
    params: ofWebhook,
    answer: { status: 204 },
    example: ofExample,
  },
  rotate: {
    name: 'rotateWebhookSecret',
    topic,
    summary: 'Makes a new secret and tells it, this once',
    text: 'For a day what is sent is signed with the one before, too.',
    params: ofWebhook,
    answer: { status: 200, schema: WebhookWithSecretSchema },
    refusals: ['sign_in_again'],
    example: ofExample,
  },
  test: {
    name: 'testWebhook',
    topic,
    summary: 'Tells this webhook “webhook.test”, after the answer; see its deliveries',
    params: ofWebhook,
    answer: { status: 204 },
    example: ofExample,
  },
  replay: {
    name: 'replayWebhook',
    topic,
    summary: 'Tells a webhook once more what happened in a time, at most 1,000 at once',
    params: ofWebhook,
    body: { schema: ReplaySchema },
    answer: { status: 200, schema: z.object({ count: z.int() }) },
    example: { ...ofExample, body: { from: 1_790_000_000_000, to: 1_790_086_400_000 } },
  },
  deliveries: {
    name: 'listWebhookDeliveries',
    topic,
    summary: 'What a webhook was told, the newest first; kept for 30 days',
    text: 'Of one that waits, “nextAttemptAt” says when it is told next.',
    params: ofWebhook,
    query: deliveriesQuery,
    answer: { status: 200, schema: pageOf(WebhookDeliverySchema) },
    example: { ...ofExample, gives: { DELIVERY_ID: 'items.0.id' } },
  },
  delivery: {
    name: 'readWebhookDelivery',
    topic,
    summary: 'What was sent, and what was answered at each attempt',
    params: ofDelivery,
    answer: { status: 200, schema: WebhookDeliveryDetailsSchema },
    example: { params: { deliveryId: '$DELIVERY_ID' } },
  },
  retry: {
    name: 'retryWebhookDelivery',
    topic,
    summary: 'Tells it once more at once, under the same message id',
    params: ofDelivery,
    answer: { status: 200, schema: WebhookDeliverySchema },
    example: { params: { deliveryId: '$DELIVERY_ID' } },
  },
} as const satisfies Record<string, RouteDescription>
