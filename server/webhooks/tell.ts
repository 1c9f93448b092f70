import type { FactType } from '#protocol/webhooks.ts'
import type { Jobs } from '../core/jobs/jobs.ts'
import { DELIVER, jobKeyOf } from './deliver.ts'
import { newMessageId } from './sign.ts'
import { insertDelivery, insertMessage, listenersOf, type Transaction } from './store.ts'

/** Something that has happened, as a shop's server is told of it. */
export interface Told {
  readonly type: FactType
  /** Must survive JSON. */
  readonly data: Readonly<Record<string, unknown>>
  /** When it happened. */
  readonly at: number
}

export type Tell = (
  transaction: Transaction,
  shopId: number,
  facts: readonly Told[],
) => Promise<void>

interface TellDeps {
  readonly jobs: Pick<Jobs, 'enqueue'>
  /** PostgreSQL: rows that others may remove must be held. */
  readonly holds: boolean
}

/** Writes facts, and who is to be told of them, in the transaction that makes them true: none is lost, none invented. */
export function createTell({ jobs, holds }: TellDeps): Tell {
  return async (transaction, shopId, facts) => {
    if (facts.length === 0) return
    const listeners = await listenersOf(transaction, shopId, holds)
    for (const { type, data, at } of facts) {
      const told = listeners.filter(({ events }) => events.includes(type))
      if (told.length === 0) continue
      const body = JSON.stringify({ type, timestamp: new Date(at).toISOString(), data })
      const messageId = newMessageId()
      const messageRow = await insertMessage(transaction, shopId, { messageId, type, body, at })
      for (const { id } of told) {
        await enqueueDelivery({ jobs, transaction }, shopId, { webhookId: id, messageRow })
      }
    }
  }
}

/** Has a message delivered, whether it was delivered before or not. */
export async function enqueueDelivery(
  { jobs, transaction }: { jobs: Pick<Jobs, 'enqueue'>; transaction: Transaction },
  shopId: number,
  delivery: { readonly webhookId: number; readonly messageRow: number },
): Promise<void> {
  const { webhookId } = delivery
  const deliveryId = await insertDelivery(transaction, shopId, delivery)
  const key = jobKeyOf({ id: deliveryId, webhookId })
  const job = { payload: { deliveryId, webhookId }, key }
  await jobs.enqueue(transaction, shopId, DELIVER, job)
}
