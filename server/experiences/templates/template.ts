import type { ExperienceInput } from '#protocol/experiences.ts'
import type { Condition } from '#protocol/targeting.ts'

/** A design to start from. Its words are true of any shop, or say what to put in their place. */
export interface Template {
  readonly key: string
  readonly name: string
  /** What it does, and what to change before it is active. */
  readonly description: string
  readonly experience: ExperienceInput & { readonly targeting: Condition }
}
