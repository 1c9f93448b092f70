import type { ClaimAnswer, Decisions } from '#protocol/experiences.ts'
import type { Database } from '../db/database.ts'
import type { Transaction } from '../db/transaction.ts'
import type { Subject } from '../events/service.ts'
import type { ChatParts, Handle } from '../targeting/service.ts'
import type { Asker } from './asker.ts'
import { claim, type ClaimAsked } from './claims.ts'
import { decide, NOTHING } from './decide.ts'
import { moveSubject, type Move } from './move-claims.ts'
import type { Happening } from './happening.ts'
import { concerns, record } from './recording.ts'
import type { Running } from './known-experience.ts'
import { createRunningCache } from './running.ts'
import { checkForm, storeForm, type CheckedForm, type Filled } from './submit.ts'

/** What pages and their events have to do with experiences. */
export interface OnPages {
  /** A shop's experiences as a transaction sees them; undefined where it has never had any. */
  readonly running: (handle: Handle, shopId: number) => Promise<Running | undefined>
  /** What may be shown now: all of it, each time. Outside of any transaction. */
  readonly decide: (asker: Asker, running?: Running) => Promise<Decisions>
  /** Whether events of that name are anything to `record`. */
  readonly concerns: (running: Running, name: string) => boolean
  /** In the commit of the events, which holds their subjects. */
  readonly record: (
    transaction: Transaction,
    running: Running,
    happenings: readonly Happening[],
  ) => Promise<void>
  /** Somebody turned out to be somebody else, in a transaction that holds both. */
  readonly move: (transaction: Transaction, move: Move) => Promise<void>
  /** Whether one may draw now, which takes a number for a while. The transaction holds the subject. */
  readonly claim: (
    transaction: Transaction,
    shopId: number,
    asked: ClaimAsked,
  ) => Promise<ClaimAnswer>
  /** Refuses a form that is none of the shop's, and says which field is wrong. Outside of any transaction. */
  readonly checkForm: (filled: Filled) => Promise<CheckedForm>
  /** Whether it was the first time that it was sent. */
  readonly storeForm: (
    transaction: Transaction,
    form: CheckedForm,
    by: { readonly subject: Subject | null; readonly visitorRow: number | null },
  ) => Promise<boolean>
}

interface OnPagesDeps {
  readonly db: Database
  readonly chatParts: ChatParts
  readonly now: () => number
}

export function createOnPages({ db, chatParts, now }: OnPagesDeps): OnPages {
  const { of } = createRunningCache()
  const outside = (): Handle => ({ sql: db.sql, t: db.t })

  return {
    running: of,
    async decide(asker, given) {
      const handle = outside()
      const running = given ?? (await of(handle, asker.shopId))
      return running === undefined
        ? NOTHING
        : decide({ handle, chatParts, now: now() }, running, asker)
    },
    concerns,
    record: (transaction, running, happenings) => record(transaction, running, happenings, now()),
    async move(transaction, move) {
      const running = await of(transaction, move.from.shopId)
      if (running !== undefined) await moveSubject(transaction, running, move, now())
    },
    claim: async (transaction, shopId, asked) =>
      claim(transaction, await of(transaction, shopId), asked, now()),
    async checkForm(filled) {
      const handle = outside()
      return checkForm(handle, await of(handle, filled.shopId), filled)
    },
    storeForm: (transaction, form, by) => storeForm(transaction, form, by, now()),
  }
}
