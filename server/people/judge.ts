import type { Condition } from '#protocol/targeting.ts'
import { Refusal } from '../core/errors.ts'
import { createCompiler, factsOf, parseCondition, readFacts } from '../targeting/service.ts'
import type { Known } from './person-item.ts'

/** What a condition is asked about: somebody's profile, and the customer that they are. */
export type Judged = Pick<Known, 'profile' | 'document' | 'part'>

/**
 * Whether somebody fulfils the condition now. Unlike an audience, a list also goes by what is known of the customers
 * that visitors are: whoever looks at it may read both.
 */
export function judgeOf(
  now: () => number,
  timeZone: string,
  condition: Condition,
): (judged: Judged) => boolean {
  const { holds } = createCompiler()(parseCondition(condition))
  const at = now()
  return ({ profile, document, part }) => {
    if (profile === undefined || document === undefined) return false
    const memberIds = new Set(Object.keys(profile.audiences))
    const judged = { document, consent: profile.consent, ...(part && { customer: part }) }
    return holds(readFacts(factsOf(judged, { timeZone, now: at, memberIds })))
  }
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
