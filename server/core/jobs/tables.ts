import type { AnyPgColumn } from 'drizzle-orm/pg-core'
import { JOB_STATES } from '#protocol/jobs.ts'
import type { Kit } from '../../db/columns.ts'

/** The core knows no slice: of shops, only what a foreign key names. */
export interface ShopsTable {
  readonly shops: { readonly id: AnyPgColumn }
}

export function jobsTables(k: Kit, { shops }: ShopsTable) {
  /** Durable background work. A `shopId` of null: of the installation itself. */
  const jobs = k.table(
    'jobs',
    {
      id: k.serial().primaryKey(),
      shopId: k.long().references(() => shops.id, { onDelete: 'cascade' }),
      kind: k.text().notNull(),
      /** Shop and kind: lanes take turns, so that no shop's backlog keeps another waiting. */
      lane: k.text().notNull(),
      payload: k.json<unknown>().notNull(),
      /** Of a job that waits, the key by which a second like it is the same; else null. */
      waitingKey: k.text(),
      /** The same whatever the state, to be waited under again. */
      uniqueKey: k.text(),
      state: k.oneOf(JOB_STATES).notNull(),
      dueAt: k.ms().notNull(),
      /** Times it was begun. */
      attempts: k.int().notNull(),
      leaseHolder: k.text(),
      leaseUntil: k.ms(),
      progressDone: k.long(),
      progressTotal: k.long(),
      progressText: k.text(),
      lastError: k.text(),
      createdAt: k.ms().notNull(),
      finishedAt: k.ms(),
    },
    (t) => [
      k.uniqueIndex('jobs_waiting_key').on(t.lane, t.waitingKey),
      k.index('jobs_due').on(t.state, t.dueAt),
      k.index('jobs_lane').on(t.state, t.lane, t.dueAt),
      k.index('jobs_lease').on(t.state, t.leaseUntil),
      k.index('jobs_finished').on(t.state, t.finishedAt),
      k.index('jobs_shop').on(t.shopId, t.state, t.id),
    ],
  )

  return { jobs }
}
