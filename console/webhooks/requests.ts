import {
  WEBHOOK_PATH,
  WEBHOOK_REPLAY_PATH,
  WEBHOOK_RETRY_PATH,
  WEBHOOK_SECRET_PATH,
  WEBHOOK_TEST_PATH,
  WEBHOOKS_PATH,
} from '#protocol/names.ts'
import type {
  Replay,
  Webhook,
  WebhookDelivery,
  WebhookDraft,
  WebhookWithSecret,
} from '#protocol/webhooks.ts'
import { change, send, type Reply } from '../api.ts'
import { pathOf } from '../settings/path-of.ts'

/** Tells the webhook's secret, this once. */
export function addWebhook(draft: WebhookDraft): Promise<Reply<WebhookWithSecret>> {
  return send<WebhookWithSecret>(WEBHOOKS_PATH, draft)
}

export function replaceWebhook(webhookId: string, draft: WebhookDraft): Promise<Reply<Webhook>> {
  return change<Webhook>('PUT', pathOf(WEBHOOK_PATH, { webhookId }), draft)
}

export function removeWebhook(webhookId: string): Promise<Reply<undefined>> {
  return change('DELETE', pathOf(WEBHOOK_PATH, { webhookId }))
}

/** Tells the new secret, this once. */
export function makeWebhookSecret(webhookId: string): Promise<Reply<WebhookWithSecret>> {
  return send<WebhookWithSecret>(pathOf(WEBHOOK_SECRET_PATH, { webhookId }), {})
}

export function testWebhook(webhookId: string): Promise<Reply<undefined>> {
  return send(pathOf(WEBHOOK_TEST_PATH, { webhookId }), {})
}

export function replayWebhook(
  webhookId: string,
  time: Replay,
): Promise<Reply<{ readonly count: number }>> {
  return send<{ readonly count: number }>(pathOf(WEBHOOK_REPLAY_PATH, { webhookId }), time)
}

export function retryDelivery(deliveryId: string): Promise<Reply<WebhookDelivery>> {
  return send<WebhookDelivery>(pathOf(WEBHOOK_RETRY_PATH, { deliveryId }), {})
}
