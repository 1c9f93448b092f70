import { z } from 'zod'
import { LanguageSchema } from './account.ts'

export const CHATBOT_LIMITS = { chatbots: 50, steps: 100, answers: 10 } as const

/** By language. */
const SaidSchema = z.record(LanguageSchema, z.string().trim().min(1).max(2_000))

const StepId = z.string().regex(/^[\w-]{1,32}$/)
const AnswerId = z.string().regex(/^[\w-]{1,32}$/)

const step = {
  /** Its own within the script, and the same as long as the step is there. */
  id: StepId,
  text: SaidSchema,
  /**
   * Buttons of earlier questions, by step: the step comes where one of each of these questions was chosen. None: always.
   */
  when: z.record(StepId, z.array(AnswerId).min(1).max(CHATBOT_LIMITS.answers)).default({}),
} as const

/** What is asked for is kept as that attribute of the visitor. */
const attribute = z.string().trim().min(1).max(64).nullable().default(null)

/** One of a chatbot's script. */
export const ChatbotStepSchema = z.discriminatedUnion('kind', [
  z.strictObject({ ...step, kind: z.literal('text') }),
  z.strictObject({
    ...step,
    kind: z.literal('question'),
    attribute,
    answers: z
      .array(
        z.strictObject({
          id: AnswerId,
          text: SaidSchema,
          /** Opens when it is chosen. */
          url: z
            .url({ protocol: /^https?$/ })
            .max(2_048)
            .nullable()
            .default(null),
        }),
      )
      .min(1)
      .max(CHATBOT_LIMITS.answers),
  }),
  z.strictObject({ ...step, kind: z.enum(['email', 'phone']) }),
  z.strictObject({ ...step, kind: z.enum(['line', 'lines']), attribute }),
  /** To an operator; where nobody is there, the script goes on. */
  z.strictObject({ ...step, kind: z.literal('handover') }),
])
export type ChatbotStep = Readonly<z.output<typeof ChatbotStepSchema>>
