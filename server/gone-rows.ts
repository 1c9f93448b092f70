import type { Transaction } from './db/transaction.ts'
import { forgetConversations, forgetConversationsOf } from './chat/service.ts'
import { forgetEvents, forgetSessions, forgetVisitor, releaseNumbers } from './dashboard/service.ts'
import { forgetNames, releaseNames } from './events/service.ts'

type Handle = Pick<Transaction, 'sql' | 't'>

/** A person who is erased is in no figure any more. */
export const whenErased = {
  async whenEventsGo(transaction: Handle, shopId: number, numbers: readonly number[]) {
    await forgetNames(transaction, shopId, numbers)
    await forgetEvents(transaction, shopId, numbers)
  },
  async whenVisitorGoes(transaction: Handle, shopId: number, visitor: number) {
    await forgetVisitor(transaction, shopId, visitor)
    await forgetConversations(transaction, shopId, visitor)
  },
  whenCustomersGo: forgetConversationsOf,
}

/** What is too old goes, and was there: sums stay (ADR 0027). */
export const whenExpired = {
  async whenEventsExpire(transaction: Handle, shopId: number, numbers: readonly number[]) {
    await releaseNames(transaction, shopId, numbers)
    await releaseNumbers(transaction, shopId, numbers)
  },
  whenSessionsExpire: forgetSessions,
}
