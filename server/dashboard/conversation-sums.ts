import type {
  ConversationFigures,
  OperatorFigures,
  Outcome,
  Spread,
} from '#protocol/chat-figures.ts'
import type { ConversationFact, Hand } from './conversation-facts.ts'

export interface ConversationSum {
  readonly add: (fact: ConversationFact) => void
  readonly figures: () => ConversationFigures
}

export function createConversationSum(): ConversationSum {
  const outcomes: Record<Outcome, number> = {
    answered: 0,
    no_answer: 0,
    no_operator: 0,
    bot_only: 0,
    waiting: 0,
  }
  const firstAnswers: number[] = []
  const durations: number[] = []
  const stars: number[] = []
  let conversations = 0
  let missed = 0
  let queued = 0
  let transferred = 0
  return {
    add(fact) {
      conversations += 1
      outcomes[fact.outcome] += 1
      missed += Number(fact.isMissed)
      queued += Number(fact.isQueued)
      transferred += Number(fact.isTransferred)
      if (fact.firstAnswerMs !== null) firstAnswers.push(fact.firstAnswerMs)
      if (fact.durationMs !== null) durations.push(fact.durationMs)
      if (fact.stars !== null) stars.push(fact.stars)
    },
    figures: () => ({
      conversations,
      outcomes,
      missed,
      queued,
      transferred,
      firstAnswer: spreadOf(firstAnswers),
      duration: spreadOf(durations),
      ...ratingsOf(stars),
    }),
  }
}

export interface OperatorSum {
  readonly add: (hand: Hand, fact: ConversationFact) => void
  readonly figures: () => Omit<OperatorFigures, 'id' | 'name'>
}

export function createOperatorSum(): OperatorSum {
  const answerTimes: number[] = []
  const stars: number[] = []
  let conversations = 0
  let answered = 0
  let missed = 0
  let transferred = 0
  return {
    add({ memberId, answerMs, isMissed, isTransferred }, fact) {
      conversations += 1
      answered += Number(answerMs.length > 0)
      missed += Number(isMissed)
      transferred += Number(isTransferred)
      answerTimes.push(...answerMs)
      if (fact.stars !== null && fact.operatorId === memberId) stars.push(fact.stars)
    },
    figures: () => ({
      conversations,
      answered,
      missed,
      transferred,
      answerTime: spreadOf(answerTimes),
      ...ratingsOf(stars),
    }),
  }
}

/** By the nearest rank: a value that was there, and not one between two. */
function spreadOf(values: readonly number[]): Spread {
  const sorted = Float64Array.from(values).sort()
  const at = (share: number) => sorted[Math.ceil(sorted.length * share) - 1] ?? null
  return { median: at(0.5), p90: at(0.9) }
}

function ratingsOf(stars: readonly number[]) {
  const sum = stars.reduce((total, one) => total + one, 0)
  return { ratings: stars.length, averageStars: stars.length === 0 ? null : sum / stars.length }
}
