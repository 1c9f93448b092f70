import { z } from 'zod'
import { ConditionSchema, type Condition, type Explanation } from './targeting.ts'

export const MAX_AUDIENCES = 500

/** What has a profile: a visitor, and the customer to whom visitors were joined. */
export const SUBJECT_KINDS = ['visitor', 'customer'] as const
export type SubjectKind = (typeof SUBJECT_KINDS)[number]

export const AudienceSchema = z.strictObject({
  name: z.string().trim().min(1).max(200),
  condition: ConditionSchema,
})

/** `computing`: profiles from before the condition are still being looked at. */
export const AUDIENCE_STATES = ['computing', 'ready'] as const

export interface Audience {
  readonly id: string
  readonly name: string
  readonly condition: Condition
  readonly state: (typeof AUDIENCE_STATES)[number]
  /** How many profiles have been looked at, of how many there were. */
  readonly progress: { readonly done: number; readonly total: number }
  /** Customers, and visitors who are nobody's yet. */
  readonly members: number
  readonly createdAt: number
  readonly updatedAt: number
}

export interface AudienceMember {
  readonly kind: SubjectKind
  /** As the visitor's or the customer's own routes name it. */
  readonly id: string
  readonly since: number
}

/** Whom to explain a condition for: exactly one of them. */
export const ExplainSchema = z
  .strictObject({
    condition: ConditionSchema,
    /** 22 characters from a browser, 23 where the server made it. */
    visitorId: z
      .string()
      .regex(/^[\w-]{22,23}$/)
      .optional(),
    customerId: z
      .string()
      .regex(/^[\w-]{22}$/)
      .optional(),
  })
  .refine(
    ({ visitorId, customerId }) => (visitorId === undefined) !== (customerId === undefined),
    'visitorId or customerId',
  )

export interface ExplainAnswer {
  readonly holds: boolean
  readonly explanation: Explanation
}
