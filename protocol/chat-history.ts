import { z } from 'zod'
import { EmailSchema } from './account.ts'
import {
  AUTHOR_KINDS,
  ChatTokenSchema,
  CONVERSATION_STATES,
  key,
  SpokenLanguagesSchema,
  visitor,
} from './chat.ts'
import { MAX_HISTORY_PAGE } from './names.ts'

/** What a visitor asks of earlier conversations; docs/chat-protocol.md tells how. */

/** `POST /v1/chat/history`: with the token, with the visitor of events, or both. */
export const HistoryRequestSchema = z.object({
  key,
  /** Absent: this browser has begun no chat. */
  token: ChatTokenSchema.exactOptional(),
  visitor,
  /** Those alone that have not ended. */
  isRunningOnly: z.boolean().default(false),
  /** The `nextCursor` of before. */
  cursor: z.string().max(60).exactOptional(),
  limit: z.int().min(1).max(MAX_HISTORY_PAGE).default(20),
})
export type HistoryRequest = Readonly<z.output<typeof HistoryRequestSchema>>

export const EarlierConversationSchema = z
  .object({
    id: z.string(),
    channelId: z.string(),
    state: z.enum(CONVERSATION_STATES),
    beganAt: z.int(),
    lastAt: z.int(),
    /** What was said last; null: it was taken back. */
    lastText: z.string().nullable(),
    lastAuthor: z.enum(AUTHOR_KINDS).nullable(),
    /** False: it is told because of a mailed code, and may be read alone. */
    mayWrite: z.boolean(),
  })
  .meta({ id: 'EarlierConversation' })
export type EarlierConversation = Readonly<z.output<typeof EarlierConversationSchema>>

export const HistorySchema = z.object({
  items: z.array(EarlierConversationSchema),
  /** Null: there are no more. */
  nextCursor: z.string().nullable(),
})
export type History = Readonly<z.output<typeof HistorySchema>>

/** `POST /v1/chat/codes`. */
export const CodeRequestSchema = z.object({
  key,
  token: ChatTokenSchema,
  email: EmailSchema,
  /** Of the mail. */
  languages: SpokenLanguagesSchema,
})

/** `POST /v1/chat/proven-addresses`. */
export const CodeProofSchema = z.object({
  key,
  token: ChatTokenSchema,
  email: EmailSchema,
  code: z
    .string()
    .trim()
    .regex(/^\d{6}$/, 'The six digits of the mail'),
})
