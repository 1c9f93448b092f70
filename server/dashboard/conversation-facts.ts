import type { LEAD_STATES, POTENTIALS } from '#protocol/chat-conversations.ts'
import type { Outcome } from '#protocol/chat-figures.ts'

/** A conversation as it is stored. */
export interface StoredConversation extends Pick<
  ConversationFact,
  'id' | 'channelId' | 'operatorId' | 'closedAt' | 'stars' | 'leadState' | 'potential'
> {
  readonly createdAt: number
  readonly firstAnsweredAt: number | null
  readonly isOffline: boolean
  readonly hasBot: boolean
  /** Since when it has waited for a person, if nobody has got it. */
  readonly queuedAt: number | null
}

/** One time that somebody was given it, as it is stored. */
export interface StoredHand {
  readonly memberId: number | null
  readonly assignedAt: number
  readonly answeredAt: number | null
  readonly endedBy: string | null
}

/** What reports count of one conversation. */
export interface ConversationFact {
  /** Its row. */
  readonly id: number
  /** When it began. */
  readonly at: number
  readonly closedAt: number | null
  readonly channelId: number
  /** Who had it last. */
  readonly operatorId: number | null
  readonly outcome: Outcome
  /** From its beginning to the first message of an operator. */
  readonly firstAnswerMs: number | null
  /** From its beginning to its end; of one that was reopened, to its last. */
  readonly durationMs: number | null
  readonly isMissed: boolean
  readonly isQueued: boolean
  readonly isTransferred: boolean
  readonly stars: number | null
  readonly leadState: (typeof LEAD_STATES)[number]
  readonly potential: (typeof POTENTIALS)[number]
  readonly hands: readonly Hand[]
}

/** What one operator did with it, however often they were given it. */
export interface Hand {
  readonly memberId: number
  /** Of each time that they answered: since they were given it. */
  readonly answerMs: readonly number[]
  readonly isMissed: boolean
  readonly isTransferred: boolean
}

/** How an assignment ends of which nobody has heard, other than by handing it over. */
const LOST_BY: ReadonlySet<string | null> = new Set(['unanswered', 'idle', 'left'])

/** From what is stored alone; docs/chat-reports.md says it in words. */
export function factOf(row: StoredConversation, given: readonly StoredHand[]): ConversationFact {
  const { createdAt, closedAt, firstAnsweredAt } = row
  const outcome = outcomeOf(row, given.length > 0)
  const isLost = given.some(
    ({ answeredAt, endedBy }) => answeredAt === null && LOST_BY.has(endedBy),
  )
  // Each by its name: a report makes a hundred thousand, and what is copied by `...` takes several times as long.
  return {
    id: row.id,
    at: createdAt,
    closedAt,
    channelId: row.channelId,
    operatorId: row.operatorId,
    outcome,
    firstAnswerMs: firstAnsweredAt === null ? null : firstAnsweredAt - createdAt,
    durationMs: closedAt === null ? null : closedAt - createdAt,
    isMissed: isLost || outcome === 'no_answer' || outcome === 'no_operator',
    isQueued: hasWaited(row, given),
    isTransferred: given.some(({ endedBy }) => endedBy === 'transferred'),
    stars: row.stars,
    leadState: row.leadState,
    potential: row.potential,
    hands: handsOf(given),
  }
}

/** Routing gives it to somebody in the transaction that begins it, or it waits. With the bot it waits for nobody. */
function hasWaited(
  { createdAt, isOffline, hasBot }: StoredConversation,
  given: readonly StoredHand[],
): boolean {
  return !isOffline && !hasBot && !given.some(({ assignedAt }) => assignedAt <= createdAt)
}

function outcomeOf(stored: StoredConversation, wasGiven: boolean): Outcome {
  const { closedAt, firstAnsweredAt, isOffline, hasBot, queuedAt } = stored
  if (firstAnsweredAt !== null) return 'answered'
  if (wasGiven) return closedAt === null ? 'waiting' : 'no_answer'
  // Handed over, it waits for somebody, as all others do.
  if (hasBot && queuedAt === null) return 'bot_only'
  return isOffline || closedAt !== null ? 'no_operator' : 'waiting'
}

function handsOf(given: readonly StoredHand[]): Hand[] {
  const found = new Map<number, StoredHand[]>()
  for (const one of given) {
    if (one.memberId === null) continue
    found.set(one.memberId, [...(found.get(one.memberId) ?? []), one])
  }
  return [...found].map(([memberId, all]) => ({
    memberId,
    answerMs: all.flatMap(({ assignedAt, answeredAt }) =>
      answeredAt === null ? [] : [answeredAt - assignedAt],
    ),
    isMissed: all.some(
      ({ answeredAt, endedBy }) =>
        answeredAt === null && (LOST_BY.has(endedBy) || endedBy === 'closed'),
    ),
    isTransferred: all.some(({ endedBy }) => endedBy === 'transferred'),
  }))
}
