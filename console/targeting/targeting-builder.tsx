import type { Condition, Explanation } from '#protocol/targeting.ts'
import type { Refused } from '../api.ts'
import { useWords } from '../words.ts'
import { targetingInWords } from './in-words.ts'
import { useTargetingNames } from './targeting-names.ts'

export interface TargetingBuilderProps {
  readonly value: Condition
  readonly onChange: (value: Condition) => void
  /** `visit`: of one moment, so that it may ask for the page and this visit (experiences); `profile`: audiences. */
  readonly about: 'visit' | 'profile'
  /** Why the server would not save it: said at the parts that it names. */
  readonly refused?: Refused | undefined
  /** What is true of somebody, said at each part; of this very condition. */
  readonly explanation?: Explanation | undefined
  /** For whoever may not change it. */
  readonly isFixed?: boolean
}

/** A condition as a sentence whose parts can be changed. */
export function TargetingBuilder({ value }: TargetingBuilderProps) {
  return <p>{targetingInWords(value, useWords(), useTargetingNames())}</p>
}
