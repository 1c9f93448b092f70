import { recordChange, type Changes } from '../audit/service.ts'
import type { Actor } from '../core/actor.ts'
import type { Clock } from '../core/clock.ts'
import type { Database } from '../db/database.ts'
import type { Transaction } from '../db/transaction.ts'

export interface AuditedDeps {
  readonly db: Database
  readonly now: Clock
  /** What is known of a shop, its keys and its proofs is read anew. */
  readonly forget: () => void
}

/** `action`: what kind of object, a full stop, and what was done to it. */
export interface Noted extends Changes {
  readonly by: Actor
  readonly action: string
  readonly id: string
}

export interface Audited {
  readonly changing: <T>(change: (transaction: Transaction) => Promise<T>) => Promise<T>
  readonly note: (transaction: Transaction, shopId: number, noted: Noted) => Promise<void>
}

/** How the account's parts change something: in one transaction with its entry in the audit log. */
export function createAudited({ db, now, forget }: AuditedDeps): Audited {
  /** One transaction with its entry in the log; what is cached goes once it is committed. */
  async function changing<T>(change: (transaction: Transaction) => Promise<T>): Promise<T> {
    const result = await db.transaction((sql) =>
      change({ sql, t: db.t, holds: db.raw.dialect === 'postgres' }),
    )
    forget()
    return result
  }

  function note(
    transaction: Transaction,
    shopId: number,
    { by, action, id, ...changes }: Noted,
  ): Promise<void> {
    const [kind = ''] = action.split('.')
    return recordChange(transaction, shopId, {
      ...changes,
      by,
      action,
      at: now(),
      object: { kind, id },
    })
  }

  return { changing, note }
}
