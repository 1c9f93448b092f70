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

/** `PUT /api/v1/audiences/:id/archived`. */
export const AudienceArchivedSchema = z.strictObject({ isArchived: z.boolean() })

/** `computing`: profiles from before the condition are still being looked at. */
export const AUDIENCE_STATES = ['computing', 'ready'] as const

export const SavedAudienceSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    condition: ConditionSchema,
    isTold: z.boolean(),
    /** Put away: it is in no list but that of the archived, and nothing may ask for it. */
    isArchived: z.boolean(),
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
    /** A customer's, or whatever else they are known by; told to those alone who may read customers. */
    name: z.string().optional(),
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

export const EstimateSchema = z.strictObject({ condition: ConditionSchema })

/** How many a condition is true of now, among customers and visitors who are nobody's yet. */
export const EstimateAnswerSchema = z
  .object({
    /** By a sample where it is not exact. */
    matching: z.int(),
    /** Of so many in all. */
    of: z.int(),
    isExact: z.boolean(),
    /** Surely, in 19 cases of 20, not fewer and not more; both are `matching` where it is exact. */
    atLeast: z.int(),
    atMost: z.int(),
    /** How many were looked at. */
    lookedAt: z.int(),
  })
  .meta({ id: 'AudienceEstimate' })
export type AudienceEstimate = Readonly<z.output<typeof EstimateAnswerSchema>>

export const GROWTH_DAYS = 90

export const AudienceGrowthSchema = z
  .object({
    audienceId: z.string(),
    /** Earliest first, by the shop's calendar; a day on which nobody counted is left out. */
    days: z.array(z.object({ on: z.string(), members: z.int() })),
  })
  .meta({ id: 'AudienceGrowth' })
export type AudienceGrowth = Readonly<z.output<typeof AudienceGrowthSchema>>

export const MAX_SUGGESTIONS = 200

const Suggested = z.array(z.string()).max(MAX_SUGGESTIONS)

/** What the shop's newest events, sessions, products and customers say, the commonest first. Values of people are not among it. */
export const TargetingSuggestionsSchema = z
  .object({
    events: z.array(z.object({ name: z.string(), properties: Suggested })).max(MAX_SUGGESTIONS),
    paths: Suggested,
    sources: Suggested,
    mediums: Suggested,
    campaigns: Suggested,
    productIds: Suggested,
    productNames: Suggested,
    categories: Suggested,
    brands: Suggested,
    productAttributes: Suggested,
    customerAttributes: Suggested,
    tags: Suggested,
    regions: Suggested,
    cities: Suggested,
    browsers: Suggested,
    systems: Suggested,
    languages: Suggested,
    locales: Suggested,
  })
  .meta({ id: 'TargetingSuggestions' })
export type TargetingSuggestions = Readonly<z.output<typeof TargetingSuggestionsSchema>>
