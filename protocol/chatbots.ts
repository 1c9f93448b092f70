import { z } from 'zod'
import { LanguageSchema } from './account.ts'
import { LEAD_STATES, POTENTIALS } from './chat-conversations.ts'

export const CHATBOT_LIMITS = {
  chatbots: 50,
  steps: 100,
  answers: 10,
  nameChars: 60,
  textChars: 2_000,
  answerChars: 120,
  attributeChars: 64,
} as const

/** By language. */
const SaidSchema = z.record(LanguageSchema, z.string().trim().min(1).max(CHATBOT_LIMITS.textChars))

const StepId = z.string().regex(/^[\w-]{1,32}$/)
const AnswerId = z.string().regex(/^[\w-]{1,32}$/)

/** What is known of the visitor once a step is said, or an answer chosen; null: it says nothing of that. */
const qualification = {
  leadState: z.enum(LEAD_STATES).nullable().default(null),
  potential: z.enum(POTENTIALS).nullable().default(null),
} as const

const step = {
  /** Its own within the script, and the same as long as the step is there. */
  id: StepId,
  text: SaidSchema,
  /**
   * Buttons of earlier questions, by step: the step comes where one of each of these questions was chosen. None: always.
   */
  when: z.record(StepId, z.array(AnswerId).min(1).max(CHATBOT_LIMITS.answers)).default({}),
  ...qualification,
} as const

/** What is asked for is kept as that attribute of the visitor, and beside the conversation. */
const attribute = z
  .string()
  .trim()
  .min(1)
  .max(CHATBOT_LIMITS.attributeChars)
  .nullable()
  .default(null)

const ChatbotAnswerSchema = z.strictObject({
  id: AnswerId,
  text: z.record(LanguageSchema, z.string().trim().min(1).max(CHATBOT_LIMITS.answerChars)),
  /** Opens when it is chosen. */
  url: z
    .url({ protocol: /^https?$/, message: 'A link begins with https:// or http://' })
    .max(2_048)
    .nullable()
    .default(null),
  ...qualification,
})
export type ChatbotAnswer = Readonly<z.output<typeof ChatbotAnswerSchema>>

/** One of a chatbot's script. */
export const ChatbotStepSchema = z.discriminatedUnion('kind', [
  z.strictObject({ ...step, kind: z.literal('text') }),
  z.strictObject({
    ...step,
    kind: z.literal('question'),
    attribute,
    answers: z.array(ChatbotAnswerSchema).min(1).max(CHATBOT_LIMITS.answers),
  }),
  z.strictObject({ ...step, kind: z.enum(['email', 'phone']) }),
  z.strictObject({ ...step, kind: z.enum(['line', 'lines']), attribute }),
  /** To an operator; where nobody is there, the script goes on. */
  z.strictObject({ ...step, kind: z.literal('handover') }),
])
export type ChatbotStep = Readonly<z.output<typeof ChatbotStepSchema>>
export type StepKind = ChatbotStep['kind']

const name = z.string().trim().min(1).max(CHATBOT_LIMITS.nameChars)
const steps = z.array(ChatbotStepSchema).max(CHATBOT_LIMITS.steps)

/** What the steps must be beside that is told by `faultsOf`. */
export const ChatbotDraftSchema = z.strictObject({ name, steps })
export type ChatbotDraft = Readonly<z.output<typeof ChatbotDraftSchema>>

/** What is left out stays. */
export const ChatbotChangeSchema = z.strictObject({
  name: name.exactOptional(),
  steps: steps.exactOptional(),
  isArchived: z.boolean().exactOptional(),
})
export type ChatbotChange = Readonly<z.output<typeof ChatbotChangeSchema>>

const summary = {
  id: z.string(),
  name: z.string(),
  stepCount: z.int(),
  isArchived: z.boolean(),
  /** Grows with each change. A conversation goes on with the one that it began with. */
  version: z.int(),
  createdAt: z.int(),
  updatedAt: z.int(),
} as const

export const ChatbotSummarySchema = z.object(summary).meta({ id: 'ChatbotSummary' })
export type ChatbotSummary = Readonly<z.output<typeof ChatbotSummarySchema>>

export const ChatbotSchema = z
  .object({ ...summary, steps: z.array(ChatbotStepSchema) })
  .meta({ id: 'Chatbot' })
export type Chatbot = Readonly<z.output<typeof ChatbotSchema>>
