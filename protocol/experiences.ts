import { z } from 'zod'
import type { Launcher } from './chat-answers.ts'
import { BatchSchema, PageSchema } from './events.ts'
import { MAX_ID_CHARS, MAX_NAME_CHARS } from './names.ts'
import { PopupSchema, type Block, type PopupContent } from './popup.ts'
import { ConditionSchema } from './targeting.ts'

export const EXPERIENCE_LIMITS = {
  experiences: 500,
  /** Of one answer, by priority. */
  active: 10,
  triggers: 10,
  times: 100,
  goalDays: 90,
} as const

export const EXPERIENCE_KINDS = ['popup'] as const
export type ExperienceKind = (typeof EXPERIENCE_KINDS)[number]

/** As they are set; whatever lies before its start or after its end shows nothing all the same. */
export const EXPERIENCE_STATES = ['draft', 'active', 'paused', 'ended', 'archived'] as const
export type ExperienceState = (typeof EXPERIENCE_STATES)[number]

const Name = z.string().trim().min(1).max(MAX_NAME_CHARS)
const Seconds = z.number().min(0).max(86_400)
const Selector = z.string().min(1).max(500)
const Millis = z.int().min(0).max(8_640_000_000_000_000)

/** When on the page it appears. Of several any will do; each ends with the page view. */
const trigger = z.discriminatedUnion('on', [
  z.strictObject({ on: z.literal('load') }),
  z.strictObject({ on: z.literal('delay'), seconds: Seconds }),
  z.strictObject({ on: z.literal('scroll'), percent: z.number().min(1).max(100) }),
  /** An element is seen. */
  z.strictObject({ on: z.literal('visible'), selector: Selector }),
  /** The pointer leaves through the top; on touch a fast scroll up, or the tab left and looked at again. */
  z.strictObject({ on: z.literal('exit') }),
  z.strictObject({ on: z.literal('inactivity'), seconds: z.number().min(1).max(86_400) }),
  z.strictObject({ on: z.enum(['click', 'hover']), selector: Selector }),
  /** An event of the page, by the name it was called with. */
  z.strictObject({ on: z.literal('event'), name: Name }),
  /** So many pages of this session have been seen. */
  z.strictObject({ on: z.literal('pages'), count: z.int().min(1).max(1_000) }),
  /** The cart is worth so much, minor units. */
  z.strictObject({
    on: z.literal('cartValue'),
    amount: z.int().min(0),
    currency: z.string().regex(/^[A-Z]{3}$/, 'An ISO 4217 code'),
  }),
  /** `gp.show(key)` alone, which any other trigger allows as well. */
  z.strictObject({ on: z.literal('manual') }),
])
export type Trigger = z.infer<typeof trigger>

export const FREQUENCY_PERIODS = ['pageView', 'session', 'day', 'week', 'month', 'ever'] as const
export type FrequencyPeriod = (typeof FREQUENCY_PERIODS)[number]

/** What a visitor may do after which it is never shown to them again. */
export const STOP_REASONS = ['closing', 'converting', 'answering'] as const
export type StopReason = (typeof STOP_REASONS)[number]

/** How often at most. Days, weeks (from Monday) and months are the shop's. */
const frequency = z.strictObject({
  per: z.enum(FREQUENCY_PERIODS),
  times: z.int().min(1).max(EXPERIENCE_LIMITS.times).default(1),
  stopAfter: z.array(z.enum(STOP_REASONS)).max(STOP_REASONS.length).default([]),
  /** Not so soon after another experience was shown. */
  gapSeconds: z.int().min(0).max(31_536_000).default(0),
})
export type Frequency = z.output<typeof frequency>

/** What it is for: an event within so many days of an impression. Orders bring their revenue. */
const goal = z.strictObject({
  event: Name.default('Order Completed'),
  withinDays: z.int().min(1).max(EXPERIENCE_LIMITS.goalDays).default(7),
})
export type Goal = z.output<typeof goal>

/** An experience as it is saved. */
const experienceFields = {
  /** What `gp.show(key)` calls it by. */
  key: z.string().regex(/^[a-z\d][a-z\d-]{0,62}$/, 'Lower-case letters, digits and -'),
  name: Name,
  kind: z.enum(EXPERIENCE_KINDS),
  state: z.enum(EXPERIENCE_STATES).default('draft'),
  /** The greater goes first. */
  priority: z.int().min(0).max(1_000).default(0),
  targeting: ConditionSchema,
  triggers: z.array(trigger).min(1).max(EXPERIENCE_LIMITS.triggers),
  frequency,
  goal: goal.default({ event: 'Order Completed', withinDays: 7 }),
  startsAt: Millis.nullable().default(null),
  endsAt: Millis.nullable().default(null),
  content: PopupSchema,
}

export const ExperienceSchema = z
  .strictObject(experienceFields)
  .refine(
    ({ startsAt, endsAt }) => startsAt === null || endsAt === null || startsAt < endsAt,
    'startsAt must be before endsAt',
  )
export type ExperienceDraft = z.output<typeof ExperienceSchema>
export type ExperienceInput = z.input<typeof ExperienceSchema>

export const StoredExperienceSchema = z
  .object({
    id: z.string(),
    ...experienceFields,
    /** Grows with each change of it. */
    version: z.int(),
    createdAt: z.int(),
    updatedAt: z.int(),
  })
  .meta({ id: 'Experience' })
export type Experience = Readonly<z.output<typeof StoredExperienceSchema>>

/** As a change is answered. */
export const ChangedExperienceSchema = z.object({
  ...StoredExperienceSchema.shape,
  /** What its own HTML may not have, so that pages get it without. */
  removed: z.array(z.string()).readonly(),
})
export type ChangedExperience = Readonly<z.output<typeof ChangedExperienceSchema>>

export const experienceFigures = {
  impressions: z.int(),
  clicks: z.int(),
  closes: z.int(),
  submissions: z.int(),
  conversions: z.int(),
}

/** Figures of an experience. A conversion counts once for each goal reached by one who had seen it. */
export const ExperienceResultsSchema = z.object({
  ...experienceFigures,
  /** Minor units by currency, of conversions that are orders. */
  revenue: z.record(z.string(), z.number()),
  days: z.array(
    z.object({
      /** Calendar date in the shop's time zone. */
      dayOn: z.string(),
      ...experienceFigures,
    }),
  ),
})
export type ExperienceResults = Readonly<z.output<typeof ExperienceResultsSchema>>

/** A design to start from. Its words are true of any shop, or say what to put in their place. */
export const TemplateSchema = z.object({
  key: z.string(),
  name: z.string(),
  /** What it does, and what to change before it is active. */
  description: z.string(),
  /** Ready to be sent as a new experience. */
  experience: z.record(z.string(), z.unknown()),
})

/** For the whole shop. */
export const ExperienceSettingsSchema = z.strictObject({
  /** False: no experience of the shop is shown, whatever its state. */
  isOn: z.boolean(),
  /** Modals and slide-ins of one session at most; null: as many as there are. */
  perSession: z.int().min(1).max(100).nullable(),
  /** Between two modals or slide-ins. */
  gapSeconds: z.int().min(0).max(86_400),
})
export type ExperienceSettings = z.infer<typeof ExperienceSettingsSchema>

/** What the page may say of the visitor, and compare with its triggers; left out where nothing may be told. */
export interface Known {
  /** Pages of this session, this one included. */
  readonly pages: number
  readonly firstName?: string
  readonly cart?: {
    readonly quantity: number
    /** Minor units. */
    readonly total?: { readonly amount: number; readonly currency: string }
    readonly items: readonly {
      readonly id: string
      readonly quantity: number
      readonly name?: string
      readonly url?: string
      readonly imageUrl?: string
      readonly price?: { readonly amount: number; readonly currency: string }
    }[]
  }
}

export interface Decision {
  readonly experienceId: string
  readonly key: string
  readonly kind: ExperienceKind
  readonly variantId: string
  readonly priority: number
  readonly triggers: readonly Trigger[]
  readonly frequency: Frequency
  readonly content: PopupContent
}

export interface Preview {
  readonly content: PopupContent
  /** What its form is answered, though nothing is stored. */
  readonly thanks: readonly Block[]
  readonly endsAt: number
}

/** The whole of what may be shown now, the greatest priority first; what is missing may not be shown any more. */
export interface Decisions {
  /** Grows with each change of the shop's experiences. 0: the shop has none that could be shown. */
  readonly epoch: number
  /** When time alone may change the answer, epoch ms of the server: ask once then. */
  readonly reconsiderAt?: number
  readonly active: readonly Decision[]
  /** It goes by the request alone, as without consent: of what an earlier answer said it knows nothing. */
  readonly isPartial?: true
  /** Names of events that may change the answer, so that they are sent at once. */
  readonly watch?: readonly string[]
  readonly known?: Known
  /** A draft, for whoever opened the page by a link to it: it is drawn at once, and nothing of it is told. */
  readonly preview?: Preview
  /** The shop has chat on: whether to draw its launcher. */
  readonly launcher?: Launcher
}

/** Who asks: as in `POST /v1/events`. */
const asking = BatchSchema.pick({ key: true, visitor: true, session: true, consent: true })

/** `POST /v1/decisions`, for a page without events of its own. */
export const DecisionsRequestSchema = asking.extend({
  sentAt: BatchSchema.shape.sentAt,
  context: BatchSchema.shape.context,
  page: PageSchema,
})
export type DecisionsRequest = z.infer<typeof DecisionsRequestSchema>
export interface DecisionsAnswer {
  readonly decisions: Decisions
  readonly now: number
}

const ExperienceId = z.string().min(1).max(MAX_ID_CHARS)

/** `POST /v1/claims`, before drawing. */
export const ClaimSchema = asking.extend({
  experienceId: ExperienceId,
  variantId: ExperienceId,
  /** Random, a new one at each page view. */
  pageViewId: z.string().regex(/^[\w-]{8,40}$/),
})
export type Claim = z.infer<typeof ClaimSchema>

/** Why nothing may be drawn: shown as often as it may be, closed or answered before, too soon after another, not running. */
export const CLAIM_REFUSALS = ['frequency', 'stopped', 'too_soon', 'not_active'] as const
export type ClaimRefusal = (typeof CLAIM_REFUSALS)[number]
export type ClaimAnswer =
  | {
      readonly isGranted: true
      /** Goes with the impression, which spends it; unspent it is free again after `leaseMs`. */
      readonly claimId: string
      readonly leaseMs: number
    }
  | { readonly isGranted: false; readonly reason: ClaimRefusal }

/** `POST /v1/submissions`: a form of an experience. Stored once however often it is sent. */
export const SubmissionSchema = asking.extend({
  submissionId: z.uuid(),
  experienceId: ExperienceId,
  variantId: ExperienceId,
  /** By the fields' names. */
  fields: z.record(z.string().max(64), z.union([z.string().max(1_000), z.boolean()])),
  page: PageSchema,
})
export type SubmissionRequest = z.infer<typeof SubmissionSchema>
export interface SubmissionAnswer {
  /** What to show now. */
  readonly thanks: readonly Block[]
}

/** A stored submission, for the shop. */
export const StoredSubmissionSchema = z.object({
  id: z.string(),
  fields: z.record(z.string(), z.union([z.string(), z.boolean()])),
  visitorId: z.string().nullable(),
  customerId: z.string().nullable(),
  url: z.string(),
  at: z.int(),
})
export type Submission = Readonly<z.output<typeof StoredSubmissionSchema>>
