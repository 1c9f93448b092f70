import type { Webhook, WebhookDelivery } from '#protocol/webhooks.ts'
import { Refusal } from '../core/errors.ts'
import {
  findWebhook,
  type DeliveryWithMessage,
  type Transaction,
  type WebhookRow,
} from './store.ts'

/** Ids are opaque to whoever sends them; one that is no row's number finds nothing. */
export function rowOf(id: string): number {
  return /^[1-9]\d{0,14}$/.test(id) ? Number(id) : 0
}

export async function requireWebhook(
  transaction: Transaction,
  shopId: number,
  webhookId: string,
): Promise<WebhookRow> {
  const row = await findWebhook(transaction, shopId, rowOf(webhookId))
  if (row === undefined) throw new Refusal('not_found', 'There is no such webhook')
  return row
}

/** As it is shown: never its secrets. */
export function webhookOf(row: WebhookRow): Webhook {
  const { url, events, state, description, createdAt, formerSecretUntil } = row
  return { id: String(row.id), url, events, state, description, createdAt, formerSecretUntil }
}

export function deliveryOf(
  row: DeliveryWithMessage,
  nextAttemptAt: number | undefined,
): WebhookDelivery {
  const { state, attempts, lastStatus, lastError, deliveredAt, message } = row
  const { messageId, type, at } = message
  const ids = { id: String(row.id), webhookId: String(row.webhookId), messageId }
  const told = { ...ids, type, state, attempts, lastStatus, lastError, at, deliveredAt }
  return { ...told, nextAttemptAt: (state === 'waiting' && nextAttemptAt) || null }
}
