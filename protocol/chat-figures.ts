import { z } from 'zod'
import { LEAD_STATES, POTENTIALS } from './chat-conversations.ts'
import { FIGURE_STEPS } from './figures.ts'

/** What came of conversations; docs/chat-reports.md defines each figure. */

/**
 * As far as it is known by now. `answered`: an operator said something. `no_answer`: operators were given it, and nobody
 * answered before it was closed. `no_operator`: nobody was given it: it was left as a form, or closed. `bot_only`: the
 * chatbot spoke, and nobody was given it. `waiting`: it runs, and somebody may still answer.
 */
export const OUTCOMES = ['answered', 'no_answer', 'no_operator', 'bot_only', 'waiting'] as const
export type Outcome = (typeof OUTCOMES)[number]

const count = z.int()
/** Milliseconds, by the nearest rank; null: there was none. */
const Spread = z.object({ median: z.int().nullable(), p90: z.int().nullable() })
export type Spread = Readonly<z.output<typeof Spread>>

const ratings = {
  ratings: count,
  /** 1 to 5; null: nobody rated. */
  averageStars: z.number().nullable(),
}

const fields = {
  /** That began in that time; spam is left out. */
  conversations: count,
  outcomes: z.record(z.enum(OUTCOMES), count),
  missed: count,
  queued: count,
  transferred: count,
  firstAnswer: Spread,
  duration: Spread,
  ...ratings,
}
const FiguresSchema = z.object(fields)
export type ConversationFigures = Readonly<z.output<typeof FiguresSchema>>

const PeriodSchema = z.object({
  /** Epoch ms; `end` itself is not in it. */
  start: z.int(),
  end: z.int(),
  totals: FiguresSchema,
  points: z.array(FiguresSchema.extend({ at: z.int() })),
})

const ChannelFiguresSchema = z.object({ id: z.string(), name: z.string(), ...fields })
export type ChannelFigures = Readonly<z.output<typeof ChannelFiguresSchema>>

const OperatorFiguresSchema = z.object({
  id: z.string(),
  name: z.string(),
  /** They were given at least once. */
  conversations: count,
  answered: count,
  missed: count,
  transferred: count,
  /** From being given it to their first message. */
  answerTime: Spread,
  /** Of conversations that they had last. */
  ...ratings,
})
export type OperatorFigures = Readonly<z.output<typeof OperatorFiguresSchema>>

/** `GET /api/v1/figures/conversations`. */
export const ConversationReportSchema = z
  .object({
    /** Calendar dates of the shop, both in it. */
    from: z.string(),
    to: z.string(),
    timeZone: z.string(),
    step: z.enum(FIGURE_STEPS),
    now: PeriodSchema,
    /** As long, and just before; as far as the time has gone where it is not over. */
    before: PeriodSchema,
    /** The most conversations first. */
    channels: z.array(ChannelFiguresSchema),
    operators: z.array(OperatorFiguresSchema),
    leadStates: z.array(z.object({ name: z.enum(LEAD_STATES), ...fields })),
    potentials: z.array(z.object({ name: z.enum(POTENTIALS), ...fields })),
  })
  .meta({ id: 'ConversationReport' })
export type ConversationReport = Readonly<z.output<typeof ConversationReportSchema>>

/** One conversation that was rated. */
export const RatedConversationSchema = z
  .object({
    conversationId: z.string(),
    channelName: z.string(),
    /** Who had it last; null: nobody, or they are gone. */
    operatorName: z.string().nullable(),
    stars: z.int(),
    comment: z.string().nullable(),
    beganAt: z.int(),
  })
  .meta({ id: 'RatedConversation' })
export type RatedConversation = Readonly<z.output<typeof RatedConversationSchema>>
