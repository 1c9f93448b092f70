import { z } from 'zod'
import type { DeletionProgress } from '#protocol/shop.ts'
import type { Account } from '../account/service.ts'
import type { Actor } from '../core/actor.ts'
import type { Clock } from '../core/clock.ts'
import { Refusal } from '../core/errors.ts'
import type { JobKind, Jobs } from '../core/jobs/jobs.ts'
import type { SecretBox } from '../core/secret-box.ts'
import type { Database } from '../db/database.ts'
import { eraseRows } from './erase-rows.ts'

export interface Deletion {
  /**
   * Closes the shop at once, and has all of it erased by a job. Refuses another name than the shop's. The token tells
   * how far that is, also to whoever has no account any more.
   */
  readonly begin: (
    shopId: number,
    who: { readonly name: string; readonly by: Actor; readonly memberId: number | undefined },
  ) => Promise<string>
  /** Refuses what is no token, or of a deletion that was over more than a day ago. */
  readonly progress: (token: string) => Promise<DeletionProgress>
}

interface DeletionDeps {
  readonly db: Database
  readonly now: Clock
  readonly jobs: Jobs
  readonly account: Pick<Account, 'management'>
  readonly box: SecretBox
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

/** What a token says, sealed: so nothing of who deletes what has to be kept. */
const TokenSchema = z.object({ jobId: z.string(), name: z.string() })
const SEALED_AS = 'shop deletion'

export function createDeletion({ db, now, jobs, account, box }: DeletionDeps): Deletion {
  jobs.register(ERASE, ({ payload, signal, report }) =>
    eraseRows(db, payload.shopId, {
      signal,
      report: (done, table) => report({ done, total: null, text: table }),
    }),
  )

  return {
    async begin(shopId, closing) {
      let jobId = ''
      await account.management.closeShop(shopId, closing, async (transaction) => {
        const erasing = (wait: number) =>
          jobs.enqueue(transaction, null, ERASE, { payload: { shopId }, dueAt: now() + wait })
        jobId = await erasing(AFTER_MS)
        await erasing(AGAIN_AFTER_MS)
      })
      const said = JSON.stringify({ jobId, name: closing.name.trim() })
      return box.seal(said, SEALED_AS).toString('base64url')
    },

    async progress(token) {
      const { jobId, name } = opened(box, token)
      const { state, progress, finishedAt } = await jobs.find(null, jobId)
      return { name, state: STATES[state], erased: progress?.done ?? 0, finishedAt }
    },
  }
}

const STATES = { waiting: 'waiting', running: 'erasing', done: 'done', dead: 'failed' } as const

function opened(box: SecretBox, token: string): z.output<typeof TokenSchema> {
  try {
    return TokenSchema.parse(JSON.parse(box.open(Buffer.from(token, 'base64url'), SEALED_AS)))
  } catch {
    // Somebody else's bytes: what is wrong with them helps nobody.
    throw new Refusal('not_found', 'There is no such deletion')
  }
}
