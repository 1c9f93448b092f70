import type { Condition } from '#protocol/targeting.ts'
import { Refusal } from '../core/errors.ts'
import { createCompiler, factsOf, parseCondition, readFacts } from '../targeting/service.ts'
import type { Known } from './person-item.ts'

/** What a condition is asked about: somebody's profile, and the customer that they are. */
export type Judged = Pick<Known, 'profile' | 'document' | 'part' | 'chat'>

export interface JudgePerson {
  readonly holds: (judged: Judged) => boolean
  /** It asks for what the chat knows of somebody. */
  readonly readsChat: boolean
}

/**
 * Whether somebody fulfils the condition now. Unlike an audience, a list also goes by what is known of the customers
 * that visitors are: whoever looks at it may read both.
 */
export function judgeOf(now: () => number, timeZone: string, condition: Condition): JudgePerson {
  const { holds, reads } = createCompiler()(parseCondition(condition))
  const at = now()
  const judge = ({ profile, document, part, chat }: Judged) => {
    if (profile === undefined || document === undefined) return false
    const memberIds = new Set(Object.keys(profile.audiences))
    const judged = {
      document,
      consent: profile.consent,
      ...(part && { customer: part }),
      ...(chat && { chat }),
    }
    return holds(readFacts(factsOf(judged, { timeZone, now: at, memberIds })))
  }
  return { holds: judge, readsChat: reads.has('chat') }
}

/** The condition that an address holds as JSON. */
export function conditionOf(text: string): Condition {
  try {
    return parseCondition(JSON.parse(text))
  } catch (error) {
    if (error instanceof Refusal) throw error
    throw new Refusal('bad_request', 'condition: it is no JSON')
  }
}
