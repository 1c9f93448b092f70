import { Refusal } from '../core/errors.ts'
import { sha256 } from '../core/tokens.ts'
import { countRequest } from './code-store.ts'
import type { Doing } from './say.ts'

/** Of one conversation in a day, at its visitor's wish, and at the team's: neither takes the other's. */
const MAX_OF_CONVERSATION = 10
const MAX_TO_ADDRESS = 3

/** Refuses (`too_many_requests`) a conversation that was mailed often enough today, to that address or in all. */
export async function countTranscript(
  doing: Doing,
  mailed: {
    readonly by: 'visitor' | 'team'
    readonly conversationId: number
    readonly to: string
  },
): Promise<void> {
  const { by, conversationId, to } = mailed
  const dayOn = new Date(doing.at).toISOString().slice(0, 10)
  const subject = `transcript ${by} ${conversationId}`
  const counts = [
    { subjectHash: sha256(`${subject} ${to}`), dayOn, limit: MAX_TO_ADDRESS },
    { subjectHash: sha256(subject), dayOn, limit: MAX_OF_CONVERSATION },
  ]
  for (const count of counts) {
    if (await countRequest(doing, doing.shopId, count)) continue
    // With it the counts are undone.
    throw new Refusal('too_many_requests', 'This conversation was mailed often enough today')
  }
}
