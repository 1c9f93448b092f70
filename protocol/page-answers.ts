import { z } from 'zod'
import { LauncherSchema } from './chat-answers.ts'
import type { EventsAnswer } from './events-answer.ts'
import {
  CLAIM_REFUSALS,
  EXPERIENCE_KINDS,
  ExperienceSchema,
  type ClaimAnswer,
  type Decisions,
  type DecisionsAnswer,
  type Preview,
  type SubmissionAnswer,
} from './experiences.ts'
import { DROP_REASONS } from './names.ts'
import { BlockSchema, type PopupContent } from './popup.ts'

/** What pages are answered, for whoever writes a tag of their own. Ours trusts the types. */
const DecisionsSchema = z
  .object({
    epoch: z.int(),
    reconsiderAt: z.int().exactOptional(),
    active: z.array(
      z.object({
        experienceId: z.string(),
        key: z.string(),
        kind: z.enum(EXPERIENCE_KINDS),
        variantId: z.string(),
        priority: z.int(),
        triggers: ExperienceSchema.shape.triggers,
        frequency: ExperienceSchema.shape.frequency,
        /** What the widget of this kind draws. */
        content: z.custom<PopupContent>().meta({ type: 'object' }),
      }),
    ),
    isPartial: z.literal(true).exactOptional(),
    watch: z.array(z.string()).exactOptional(),
    preview: z.custom<Preview>().meta({ type: 'object' }).exactOptional(),
    launcher: LauncherSchema.exactOptional(),
    known: z.custom<NonNullable<Decisions['known']>>().meta({ type: 'object' }).exactOptional(),
  })
  .meta({ id: 'Decisions' }) satisfies z.ZodType<Decisions>

export const EventsAnswerSchema = z.object({
  results: z.array(
    z.object({
      result: z.enum(['ok', 'duplicate', 'dropped', 'retry']),
      reason: z.enum(DROP_REASONS).exactOptional(),
      detail: z.string().exactOptional(),
    }),
  ),
  decisions: DecisionsSchema,
  now: z.int(),
}) satisfies z.ZodType<EventsAnswer>

export const DecisionsAnswerSchema = z.object({
  decisions: DecisionsSchema,
  now: z.int(),
}) satisfies z.ZodType<DecisionsAnswer>

export const ClaimAnswerSchema = z.discriminatedUnion('isGranted', [
  z.object({ isGranted: z.literal(true), claimId: z.string(), leaseMs: z.int() }),
  z.object({ isGranted: z.literal(false), reason: z.enum(CLAIM_REFUSALS) }),
]) satisfies z.ZodType<ClaimAnswer>

export const SubmissionAnswerSchema = z.object({
  thanks: z.array(BlockSchema),
}) satisfies z.ZodType<SubmissionAnswer>
