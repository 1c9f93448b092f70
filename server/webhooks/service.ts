import { z } from 'zod'
import type { FactType } from '#protocol/webhooks.ts'
import type { JobKind } from '../core/jobs/jobs.ts'
import { bury, DELIVER, deliver } from './deliver.ts'
import { createDeliveries, type Deliveries } from './deliveries.ts'
import type { WebhooksDeps } from './deps.ts'
import { createEndpoints, type Endpoints } from './endpoints.ts'
import { deleteOldMessages, listenersOf, type Transaction } from './store.ts'
import { createTell, type Tell } from './tell.ts'

export type { Tell, Told } from './tell.ts'

export interface Webhooks {
  /**
   * Tells a shop's servers what has happened, in the transaction that makes it true. Costs one query where nobody
   * listens; never refuses.
   */
  readonly tell: Tell
  /** Whether any server of the shop's is told of one of these, for what costs more than the question. */
  readonly hears: (
    transaction: Transaction,
    shopId: number,
    types: readonly FactType[],
  ) => Promise<boolean>
  readonly endpoints: Endpoints
  readonly deliveries: Deliveries
}

const DAY_MS = 86_400_000
const KEPT_MS = 30 * DAY_MS
const TIDY_BATCH = 200
const TIDY: JobKind<Record<string, never>> = { name: 'webhook.tidy', payload: z.strictObject({}) }

export function createWebhooks(deps: WebhooksDeps): Webhooks {
  const { db, jobs, now } = deps
  jobs.register(DELIVER, (run) => deliver(deps, run), bury)
  jobs.register(TIDY, async ({ signal }) => {
    const old = { before: now() - KEPT_MS, limit: TIDY_BATCH }
    while (!signal.aborted && (await deleteOldMessages(db, old)) > 0);
  })
  jobs.schedule(TIDY, { pattern: '13 4 * * *', timeZone: 'UTC' })

  const tell = createTell({ jobs, holds: db.raw.dialect === 'postgres' })
  return {
    tell,
    async hears(transaction, shopId, types) {
      const listeners = await listenersOf(transaction, shopId, false)
      return listeners.some(({ events }) => events.some((one) => types.includes(one)))
    },
    endpoints: createEndpoints(deps),
    deliveries: createDeliveries(deps),
  }
}
