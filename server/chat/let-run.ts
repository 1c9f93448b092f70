import { Refusal } from '../core/errors.ts'
import { errorKind } from '../db/error-kind.ts'
import {
  updateConversation,
  type ConversationRow,
  type ConversationSet,
} from './conversation-store.ts'
import type { Doing } from './say.ts'

interface Running {
  readonly id: number
  readonly set: ConversationSet
  /** Only if it runs by now, or only if it does not. */
  readonly when?: { readonly isRunning: boolean }
  /** What to do where another one runs. */
  readonly otherwise: string
}

/**
 * Changes a conversation so that it runs in its channel, or in another. Refuses (`conflict`) where its visitor or customer
 * has another that runs there: the database alone knows, because that one may begin at the same moment.
 */
export async function letRun(
  doing: Doing,
  { id, set, when, otherwise }: Running,
): Promise<ConversationRow | undefined> {
  try {
    return await updateConversation(doing, doing.shopId, id, set, when)
  } catch (error) {
    // Of its unique indexes none but those of what runs is touched; and the refusal undoes the transaction.
    if (errorKind(error) !== 'unique') throw error
    throw new Refusal('conflict', otherwise)
  }
}
