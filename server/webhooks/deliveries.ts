import type {
  DeliveryState,
  Replay,
  WebhookDelivery,
  WebhookDeliveryDetails,
} from '#protocol/webhooks.ts'
import { Refusal } from '../core/errors.ts'
import type { Page } from '../core/page.ts'
import { DELIVER, jobKeyOf } from './deliver.ts'
import { deliveryOf, requireWebhook, rowOf } from './rows.ts'
import type { WebhooksDeps } from './deps.ts'
import { newMessageId } from './sign.ts'
import {
  findDelivery,
  insertMessage,
  listAttempts,
  listDeliveries,
  messagesBetween,
  type DeliveryWithMessage,
} from './store.ts'
import { enqueueDelivery } from './tell.ts'

export interface Deliveries {
  /** The newest first. */
  readonly list: (
    shopId: number,
    webhookId: string,
    page: Page & { readonly state?: DeliveryState | undefined },
  ) => Promise<{ readonly items: readonly WebhookDelivery[]; readonly nextCursor: string | null }>
  /** With what was sent, and what was answered. */
  readonly find: (shopId: number, deliveryId: string) => Promise<WebhookDeliveryDetails>
  /** Once more at once, whatever became of it, under the same id. */
  readonly retry: (shopId: number, deliveryId: string) => Promise<WebhookDelivery>
  /** Once more all that happened in a time, at most 1,000 at once, the oldest first. */
  readonly replay: (
    shopId: number,
    webhookId: string,
    time: Replay,
  ) => Promise<{ readonly count: number }>
  /** Tells this webhook alone that it works. */
  readonly test: (shopId: number, webhookId: string) => Promise<void>
}

const MAX_REPLAYED = 1_000
const ATTEMPTS_SHOWN = 50

export function createDeliveries({ db, jobs, now }: WebhooksDeps): Deliveries {
  async function requireDelivery(shopId: number, deliveryId: string): Promise<DeliveryWithMessage> {
    const row = await findDelivery(db, shopId, rowOf(deliveryId))
    if (row === undefined) throw new Refusal('not_found', 'There is no such delivery')
    return row
  }

  /** As they are shown: with when those that wait are told next. */
  async function shown(
    shopId: number,
    rows: readonly DeliveryWithMessage[],
  ): Promise<WebhookDelivery[]> {
    const waiting = rows.filter(({ state }) => state === 'waiting').map(jobKeyOf)
    const dueTimes = await jobs.dueTimes(shopId, DELIVER, waiting)
    return rows.map((row) => deliveryOf(row, dueTimes.get(jobKeyOf(row))))
  }

  async function show(shopId: number, row: DeliveryWithMessage): Promise<WebhookDelivery> {
    const [one = deliveryOf(row, undefined)] = await shown(shopId, [row])
    return one
  }

  return {
    async list(shopId, webhookId, { state, cursor, limit }) {
      const { id } = await requireWebhook(db, shopId, webhookId)
      const before = cursor === undefined ? undefined : rowOf(cursor)
      if (before === 0) throw new Refusal('bad_request', 'cursor: send the nextCursor of before')
      const rows = await listDeliveries(db, shopId, id, { state, before, limit: limit + 1 })
      const items = await shown(shopId, rows.slice(0, limit))
      const last = items.at(-1)
      return { items, nextCursor: rows.length > limit && last ? last.id : null }
    },

    async find(shopId, deliveryId) {
      const row = await requireDelivery(shopId, deliveryId)
      const attempts = await listAttempts(db, shopId, row.id, ATTEMPTS_SHOWN)
      const log = attempts.map(({ at, durationMs, status, answer }) => {
        return { at, durationMs, status, answer }
      })
      return { ...(await show(shopId, row)), body: row.message.body, log }
    },

    async retry(shopId, deliveryId) {
      const { webhookId, messageRow } = await requireDelivery(shopId, deliveryId)
      await db.transaction((sql) => {
        const transaction = { sql, t: db.t }
        return enqueueDelivery({ jobs, transaction }, shopId, { webhookId, messageRow })
      })
      return show(shopId, await requireDelivery(shopId, deliveryId))
    },

    async replay(shopId, webhookId, { from, to }) {
      return db.transaction(async (sql) => {
        const transaction = { sql, t: db.t }
        const { id, events: types } = await requireWebhook(transaction, shopId, webhookId)
        const time = { types, from, to, limit: MAX_REPLAYED }
        const found = await messagesBetween(transaction, shopId, time)
        for (const messageRow of found) {
          await enqueueDelivery({ jobs, transaction }, shopId, { webhookId: id, messageRow })
        }
        return { count: found.length }
      })
    },

    async test(shopId, webhookId) {
      const at = now()
      const type = 'webhook.test'
      await db.transaction(async (sql) => {
        const transaction = { sql, t: db.t }
        const { id } = await requireWebhook(transaction, shopId, webhookId)
        const body = JSON.stringify({ type, timestamp: new Date(at).toISOString(), data: {} })
        const message = { messageId: newMessageId(), type, body, at } as const
        const messageRow = await insertMessage(transaction, shopId, message)
        await enqueueDelivery({ jobs, transaction }, shopId, { webhookId: id, messageRow })
      })
    },
  }
}
