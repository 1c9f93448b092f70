import { z } from 'zod'
import { failureText } from '#protocol/failures.ts'
import type { Clock } from '../core/clock.ts'
import { FinalFailure, type JobKind, type JobRun } from '../core/jobs/jobs.ts'
import { OutboundFault, type Outbound } from '../core/outbound.ts'
import type { SecretBox } from '../core/secret-box.ts'
import type { Database } from '../db/database.ts'
import { signedHeaders } from './sign.ts'
import {
  findDelivery,
  findWebhook,
  insertAttempt,
  updateDelivery,
  updateWebhook,
  type DeliveryWithMessage,
  type Transaction,
  type WebhookRow,
} from './store.ts'

interface Delivery {
  readonly deliveryId: number
  /** Deliveries on SQLite had numbers again until November 2026, webhooks never. Missing in what was asked for before. */
  readonly webhookId?: number | undefined
}

const SECOND = 1_000
const HOUR = 3_600 * SECOND
/** About three days in all. */
const WAITS_MS = [
  5 * SECOND,
  300 * SECOND,
  HOUR / 2,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  14 * HOUR,
  20 * HOUR,
  24 * HOUR,
]

export const DELIVER: JobKind<Delivery> = {
  name: 'webhook.deliver',
  payload: z.strictObject({
    deliveryId: z.number().int(),
    webhookId: z.number().int().optional(),
  }),
  attempts: WAITS_MS.length + 1,
  waitAfter: (attempt) => WAITS_MS[attempt - 1] ?? 24 * HOUR,
  atOnce: 8,
}

export interface DeliverDeps {
  readonly db: Database
  readonly now: Clock
  readonly outbound: Outbound
  readonly box: SecretBox
}

/** Under which the next attempt waits. */
export function jobKeyOf(delivery: { readonly id: number; readonly webhookId: number }): string {
  return `${delivery.webhookId}/${delivery.id}`
}

/** The place that a webhook's secrets are sealed for. */
export function placeOf(shopId: number): string {
  return `webhook of shop ${shopId}`
}

const GONE = 410

/** One attempt to tell one webhook. Throws where it was not taken, and another attempt makes sense. */
export async function deliver(
  deps: DeliverDeps,
  { shopId, payload: { deliveryId, webhookId }, signal }: JobRun<Delivery>,
): Promise<void> {
  const { db } = deps
  if (shopId === null) throw new FinalFailure('Webhooks are of shops')
  const delivery = await findDelivery(db, shopId, deliveryId)
  if (delivery?.state !== 'waiting') return
  // Its webhook was removed, and another's delivery has its number now.
  if (webhookId !== undefined && webhookId !== delivery.webhookId) return
  const webhook = await findWebhook(db, shopId, delivery.webhookId)
  if (webhook === undefined) return
  if (webhook.state !== 'active') throw new FinalFailure(failureText(`webhook_${webhook.state}`))
  const attempt = await attemptAt(deps, { webhook, delivery, signal })
  await record(deps, delivery, attempt)
  const { status, answer } = attempt
  if (status === GONE) throw new FinalFailure(failureText('wants_no_more'))
  if (!isTaken(status))
    throw new Error(status === null ? answer : failureText('answered', { status }))
}

interface Attempt {
  readonly at: number
  readonly durationMs: number
  readonly status: number | null
  readonly answer: string
}

async function attemptAt(
  { now, outbound, box }: DeliverDeps,
  asked: { webhook: WebhookRow; delivery: DeliveryWithMessage; signal: AbortSignal },
): Promise<Attempt> {
  const { webhook, signal } = asked
  const { body, messageId } = asked.delivery.message
  const at = now()
  const headers = signedHeaders(secretsOf(webhook, box, at), { messageId, at, body })
  try {
    const { status, body: answer } = await outbound.post(webhook.url, { headers, body, signal })
    return { at, durationMs: now() - at, status, answer }
  } catch (error) {
    if (!(error instanceof OutboundFault) || signal.aborted) throw error
    return { at, durationMs: now() - at, status: null, answer: error.message }
  }
}

function secretsOf(webhook: WebhookRow, box: SecretBox, at: number): string[] {
  const { shopId, secret, formerSecret, formerSecretUntil } = webhook
  const isBoth = formerSecret !== null && (formerSecretUntil ?? 0) > at
  return [secret, ...(isBoth ? [formerSecret] : [])].map((it) => box.open(it, placeOf(shopId)))
}

async function record(
  { db, now }: DeliverDeps,
  { id, shopId, webhookId, attempts }: DeliveryWithMessage,
  attempt: Attempt,
): Promise<void> {
  const { status, answer } = attempt
  const taken = isTaken(status)
  await db.transaction(async (sql) => {
    const transaction = { sql, t: db.t }
    const isKept = await updateDelivery(
      transaction,
      shopId,
      { id, webhookId },
      {
        attempts: attempts + 1,
        lastStatus: status,
        lastError: taken ? null : status === null ? answer : failureText('answered', { status }),
        ...(taken && { state: 'delivered', deliveredAt: now() }),
      },
    )
    // The webhook was removed while it was told.
    if (!isKept) return
    await insertAttempt(transaction, shopId, { ...attempt, deliveryId: id })
    if (status === GONE) await updateWebhook(transaction, shopId, webhookId, { state: 'gone' })
  })
}

/** No attempt is left, or none makes sense. */
export async function bury(
  transaction: Transaction,
  { shopId, payload }: Pick<JobRun<Delivery>, 'shopId' | 'payload'>,
  lastError: string,
): Promise<void> {
  if (shopId === null) return
  const { deliveryId: id, webhookId } = payload
  await updateDelivery(transaction, shopId, { id, webhookId }, { state: 'dead', lastError })
}

function isTaken(status: number | null): boolean {
  return status !== null && status >= 200 && status < 300
}
