import { z } from 'zod'
import {
  EXPERIENCE_LIMITS,
  EXPERIENCE_STATES,
  experienceFigures,
  StoredExperienceSchema,
} from './experiences.ts'
import { MAX_ID_CHARS } from './names.ts'
import { BlockSchema, PopupSchema, type PopupContent } from './popup.ts'

/** Of one experience; the oldest go. */
export const MAX_EXPERIENCE_VERSIONS = 100
/** Of a shop at a time; the oldest end. */
export const MAX_PREVIEWS = 50

/** An experience as it was after a change. */
export const ExperienceVersionSchema = z
  .object({
    number: z.int(),
    at: z.int(),
    /** Null: by whom is not known. */
    by: z.object({ kind: z.enum(['key', 'member', 'command']), name: z.string() }).nullable(),
    /** Names of its fields that differ from the version before. */
    changed: z.array(z.string()),
    name: z.string(),
    state: z.enum(EXPERIENCE_STATES),
  })
  .meta({ id: 'ExperienceVersion' })
export type ExperienceVersion = Readonly<z.output<typeof ExperienceVersionSchema>>

export const WholeExperienceVersionSchema = ExperienceVersionSchema.extend({
  /** Ready to be sent as the experience. */
  experience: StoredExperienceSchema.omit({
    id: true,
    version: true,
    createdAt: true,
    updatedAt: true,
  }),
})
export type WholeExperienceVersion = Readonly<z.output<typeof WholeExperienceVersionSchema>>

/** What came of an experience, for lists of them. */
export const ExperienceFiguresSchema = z.object({
  experienceId: z.string(),
  ...experienceFigures,
  /** Minor units by currency, of conversions that are orders. */
  revenue: z.record(z.string(), z.number()),
})
export type ExperienceFigures = Readonly<z.output<typeof ExperienceFiguresSchema>>

/** Of several at once; those that are not named keep theirs. */
export const ExperiencePrioritiesSchema = z.strictObject({
  items: z
    .array(
      z.strictObject({
        id: z.string().min(1).max(MAX_ID_CHARS),
        priority: z.int().min(0).max(1_000),
      }),
    )
    .min(1)
    .max(EXPERIENCE_LIMITS.experiences),
})
export type ExperiencePriorities = z.output<typeof ExperiencePrioritiesSchema>

/** A pop-up as it is being written. */
export const DrawingRequestSchema = z.strictObject({ content: PopupSchema })

/** The same as pages would get it. */
export const DrawingSchema = z.object({
  content: z.custom<PopupContent>().meta({ type: 'object' }),
  thanks: z.array(BlockSchema).readonly(),
  /** What its own HTML may not have, so that pages get it without. */
  removed: z.array(z.string()).readonly(),
})
export type Drawing = Readonly<z.output<typeof DrawingSchema>>

/** Of which page of the shop's it is to be shown on, as it is now. */
export const PreviewRequestSchema = z.strictObject({
  url: z.string().trim().min(1).max(2_048),
  content: PopupSchema,
})
export type PreviewRequest = z.output<typeof PreviewRequestSchema>

export const PreviewLinkSchema = z.object({
  /** The page, with what shows the draft on it. */
  url: z.string(),
  endsAt: z.int(),
})
export type PreviewLink = Readonly<z.output<typeof PreviewLinkSchema>>
