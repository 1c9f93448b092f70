import type { Transaction } from '../db/transaction.ts'
import type { Money, Subject } from '../events/service.ts'
import type { Tally } from './day-tally.ts'
import type { Running } from './known-experience.ts'
import type { Stop } from './stop-store.ts'

/** An event that was stored for the first time. */
export interface Happening {
  readonly shopId: number
  readonly id: Buffer
  readonly name: string
  readonly at: number
  readonly properties: Readonly<Record<string, unknown>> | null
  readonly isVerified: boolean
  /** A purchase that it tells of. */
  readonly order?: { readonly orderId: string; readonly total?: Money }
  /** The order that it says came to nothing. */
  readonly voided?: string
  /** Null: nobody who can be told apart. */
  readonly subject: Subject | null
  readonly sessionRow: number | null
}

/** What the events of one shop and commit are recorded with. */
export interface Recording {
  readonly transaction: Transaction
  readonly running: Running
  readonly shopId: number
  readonly tally: Tally
  readonly stops: Stop[]
  readonly now: number
}
