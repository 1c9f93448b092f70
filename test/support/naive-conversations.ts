import type { ConversationFigures, OperatorFigures } from '#protocol/chat-figures.ts'
import type { Database } from '#server/db/database.ts'
import { rowsOf } from './databases.ts'

interface Conversation {
  id: number
  channel: string
  operator_id: number | null
  created_at: number
  closed_at: number | null
  is_offline: boolean | number
  queued_at: number | null
  is_spam: boolean | number
  rating: number | null
  lead_state: string
}
interface Message {
  conversation_id: number
  author: string
  kind: string
  at: number
}
interface Assignment {
  conversation_id: number
  member_id: number
  assigned_at: number
  answered_at: number | null
  ended_by: string | null
}

export interface NaiveAsked {
  readonly start: number
  readonly end: number
  readonly channel?: string
  /** A name. */
  readonly operator?: string
  readonly leadState?: string
}

/** Every figure by a walk over all rows, from the log itself where reports go by what was noted of it. */
export async function naiveConversations(db: Database) {
  const numbers = async <Row extends object>(statement: string) =>
    (await rowsOf<Row>(db, statement)).map(
      (row) =>
        Object.fromEntries(
          Object.entries(row).map(([name, value]) => [
            name,
            typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value,
          ]),
        ) as Row,
    )
  const conversations = await numbers<Conversation>(
    'SELECT c.*, ch.name AS channel FROM conversations c JOIN channels ch ON ch.id = c.channel_id',
  )
  const messages = await numbers<Message>('SELECT * FROM messages ORDER BY number')
  const assignments = await numbers<Assignment>('SELECT * FROM conversation_assignments')
  const members = await numbers<{ id: number; name: string }>('SELECT id, name FROM members')
  const idOf = (name: string) => members.find((one) => one.name === name)?.id

  function meant({ start, end, channel, operator, leadState }: NaiveAsked): Conversation[] {
    return conversations.filter(
      (one) =>
        !one.is_spam &&
        one.created_at >= start &&
        one.created_at < end &&
        (channel === undefined || one.channel === channel) &&
        (leadState === undefined || one.lead_state === leadState) &&
        (operator === undefined || of(one).some(({ member_id: id }) => id === idOf(operator))),
    )
  }
  const of = ({ id }: Conversation) => assignments.filter((one) => one.conversation_id === id)
  const said = ({ id }: Conversation, author: string) =>
    messages.filter(
      (one) =>
        one.conversation_id === id &&
        one.author === author &&
        ['text', 'attachment', 'product'].includes(one.kind),
    )
  const unheard = ({ answered_at: at, ended_by: by }: Assignment) =>
    at === null && (by === 'unanswered' || by === 'idle' || by === 'left')

  function outcome(one: Conversation): keyof ConversationFigures['outcomes'] {
    if (said(one, 'operator').length > 0) return 'answered'
    if (of(one).length > 0) return one.closed_at === null ? 'waiting' : 'no_answer'
    if (said(one, 'bot').length > 0 && one.queued_at === null) return 'bot_only'
    return one.closed_at !== null || one.is_offline ? 'no_operator' : 'waiting'
  }

  return {
    figures(asked: NaiveAsked): ConversationFigures {
      const all = meant(asked)
      const outcomes = { answered: 0, no_answer: 0, no_operator: 0, bot_only: 0, waiting: 0 }
      for (const one of all) outcomes[outcome(one)] += 1
      return {
        conversations: all.length,
        outcomes,
        missed: all.filter(
          (one) => of(one).some(unheard) || ['no_answer', 'no_operator'].includes(outcome(one)),
        ).length,
        queued: all.filter(
          (one) =>
            !one.is_offline &&
            said(one, 'bot').length === 0 &&
            of(one).every(({ assigned_at: at }) => at > one.created_at),
        ).length,
        transferred: all.filter((one) => of(one).some(({ ended_by: by }) => by === 'transferred'))
          .length,
        firstAnswer: spread(
          all.flatMap((one) => {
            const [first] = said(one, 'operator')
            return first === undefined ? [] : [first.at - one.created_at]
          }),
        ),
        duration: spread(
          all.flatMap((one) => (one.closed_at === null ? [] : [one.closed_at - one.created_at])),
        ),
        ...stars(all),
      }
    },

    operators(asked: NaiveAsked): Omit<OperatorFigures, 'id'>[] {
      const all = meant(asked)
      return members.flatMap(({ id, name }) => {
        const theirs = all.filter((one) => of(one).some((hand) => hand.member_id === id))
        if (theirs.length === 0) return []
        const hands = (one: Conversation) => of(one).filter((hand) => hand.member_id === id)
        const having = (is: (hand: Assignment) => boolean) =>
          theirs.filter((one) => hands(one).some(is)).length
        return [
          {
            name,
            conversations: theirs.length,
            answered: having(({ answered_at: at }) => at !== null),
            missed: having(
              (hand) => unheard(hand) || (hand.answered_at === null && hand.ended_by === 'closed'),
            ),
            transferred: having(({ ended_by: by }) => by === 'transferred'),
            answerTime: spread(
              theirs
                .flatMap(hands)
                .flatMap(({ assigned_at: from, answered_at: to }) =>
                  to === null ? [] : [to - from],
                ),
            ),
            ...stars(theirs.filter((one) => one.operator_id === id)),
          },
        ]
      })
    },
  }
}

function spread(values: readonly number[]) {
  const sorted = values.toSorted((a, b) => a - b)
  /** The least that at least that share is not above. */
  const at = (share: number) =>
    sorted.find((one) => sorted.filter((it) => it <= one).length >= share * sorted.length) ?? null
  return { median: at(0.5), p90: at(0.9) }
}

function stars(all: readonly Conversation[]) {
  const given = all.flatMap(({ rating }) => (rating === null ? [] : [rating]))
  const sum = given.reduce((a, b) => a + b, 0)
  return { ratings: given.length, averageStars: given.length === 0 ? null : sum / given.length }
}
