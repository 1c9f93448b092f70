import type { Frequency, Trigger } from '#protocol/experiences.ts'
import type { PopupContent } from '#protocol/popup.ts'
import type { CompiledCondition, GatheredConditions } from '../targeting/service.ts'

/** There are no others yet. */
export const ONLY_VARIANT = 'a'

/** An experience as pages, claims and figures need it, whatever its state. */
export interface KnownExperience {
  readonly id: number
  readonly key: string
  readonly kind: 'popup'
  readonly isActive: boolean
  readonly isDraft: boolean
  readonly priority: number
  readonly targeting: CompiledCondition
  readonly triggers: readonly Trigger[]
  readonly frequency: Frequency
  /** The canonical name of the event that reaches its goal. */
  readonly goalName: string
  readonly withinDays: number
  readonly startsAt: number | null
  readonly endsAt: number | null
  readonly createdAt: number
  readonly content: PopupContent
  /** A modal or a slide-in. */
  readonly isInterruption: boolean
  /** Its texts or blocks tell of the cart. */
  readonly tellsCart: boolean
  readonly tellsName: boolean
}

/** A shop's experiences, ready to be asked. */
export interface Running {
  readonly epoch: number
  readonly timeZone: string
  readonly isOn: boolean
  readonly perSession: number | null
  readonly gapSeconds: number
  readonly byId: ReadonlyMap<string, KnownExperience>
  /** Those that are set active, the greatest priority first. */
  readonly active: readonly KnownExperience[]
  /** Which of them are for a visitor. */
  readonly targeted: GatheredConditions<KnownExperience>
  /** Those of them that start or end on their own. */
  readonly scheduled: readonly KnownExperience[]
  /** One of them asks for the customer's own data, or tells the name. */
  readonly readsCustomer: boolean
  /** One of them asks for what the chat knows. */
  readonly readsChat: boolean
  readonly tellsName: boolean
  readonly byGoal: ReadonlyMap<string, readonly KnownExperience[]>
  /** Names under which pages send what may change the answer. */
  readonly watch: readonly string[]
}
