import { z } from 'zod'
import type { Account } from '../account/service.ts'
import type { Actor } from '../core/actor.ts'
import type { Clock } from '../core/clock.ts'
import type { JobKind, Jobs } from '../core/jobs/jobs.ts'
import type { Database } from '../db/database.ts'
import { eraseRows } from './erase-rows.ts'

export interface Deletion {
  /** Closes the shop at once, and has all of it erased by a job. Refuses another name than the shop's. */
  readonly begin: (
    shopId: number,
    who: { readonly name: string; readonly by: Actor; readonly memberId: number | undefined },
  ) => Promise<void>
}

interface DeletionDeps {
  readonly db: Database
  readonly now: Clock
  readonly jobs: Jobs
  readonly account: Pick<Account, 'management'>
}

/** Of the installation: the shop's own jobs are erased with it. */
const ERASE: JobKind<{ readonly shopId: number }> = {
  name: 'shop.erase',
  payload: z.object({ shopId: z.number().int() }),
  atOnce: 1,
}

/** Other processes know the shop's keys for five seconds more, and what they have begun ends soon after. */
const AFTER_MS = 10_000
/** Once more: a file that somebody was sending may have arrived behind the first. */
const AGAIN_AFTER_MS = 24 * 3_600_000

export function createDeletion({ db, now, jobs, account }: DeletionDeps): Deletion {
  jobs.register(ERASE, ({ payload, signal, report }) =>
    eraseRows(db, payload.shopId, {
      signal,
      report: (done, table) => report({ done, total: null, text: table }),
    }),
  )

  return {
    begin(shopId, closing) {
      return account.management.closeShop(shopId, closing, async (transaction) => {
        for (const wait of [AFTER_MS, AGAIN_AFTER_MS]) {
          const job = { payload: { shopId }, dueAt: now() + wait }
          await jobs.enqueue(transaction, null, ERASE, job)
        }
      })
    },
  }
}
