import { z } from 'zod'
import { ConditionSchema, ExplanationSchema } from './targeting.ts'

export const MAX_AUDIENCES = 500
/** Of whose members webhooks are told. */
export const MAX_TOLD_AUDIENCES = 20

/** What has a profile: a visitor, and the customer to whom visitors were joined. */
export const SUBJECT_KINDS = ['visitor', 'customer'] as const
export type SubjectKind = (typeof SUBJECT_KINDS)[number]

export const AudienceSchema = z.strictObject({
  name: z.string().trim().min(1).max(200),
  condition: ConditionSchema,
  /** Webhooks are told who enters and leaves: “audience.entered”, “audience.left”. */
  isTold: z.boolean().default(false),
})

/** `computing`: profiles from before the condition are still being looked at. */
export const AUDIENCE_STATES = ['computing', 'ready'] as const

export const SavedAudienceSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    condition: ConditionSchema,
    isTold: z.boolean(),
    state: z.enum(AUDIENCE_STATES),
    /** How many profiles have been looked at, of how many there were. */
    progress: z.object({ done: z.int(), total: z.int() }),
    /** Customers, and visitors who are nobody's yet. */
    members: z.int(),
    createdAt: z.int(),
    updatedAt: z.int(),
  })
  .meta({ id: 'Audience' })
export type Audience = Readonly<z.output<typeof SavedAudienceSchema>>

export const AudienceMemberSchema = z
  .object({
    kind: z.enum(SUBJECT_KINDS),
    /** As the visitor's or the customer's own routes name it. */
    id: z.string(),
    since: z.int(),
  })
  .meta({ id: 'AudienceMember' })
export type AudienceMember = Readonly<z.output<typeof AudienceMemberSchema>>

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

export const ExplainAnswerSchema = z.object({ holds: z.boolean(), explanation: ExplanationSchema })
export type ExplainAnswer = Readonly<z.output<typeof ExplainAnswerSchema>>
