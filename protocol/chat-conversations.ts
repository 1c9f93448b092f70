import { z } from 'zod'
import { AssignmentReasonSchema, CONVERSATION_STATES, MessageSchema } from './chat.ts'
import { EmailSchema } from './account.ts'

/** Conversations, for the console and shops' servers. */

export const LEAD_STATES = ['none', 'open', 'qualified', 'unqualified', 'won', 'lost'] as const
export const POTENTIALS = ['none', 'low', 'medium', 'high'] as const

const TagSchema = z.string().trim().toLowerCase().min(1).max(40)
const TagsSchema = z
  .array(TagSchema)
  .max(20)
  .refine((tags) => new Set(tags).size === tags.length, { message: 'Name each tag once' })

const PersonSchema = z.object({ id: z.string(), name: z.string() })

export const ConversationSchema = z
  .object({
    id: z.string(),
    channelId: z.string(),
    channelName: z.string(),
    /** Grows with each change of it: the greater is the newer. */
    revision: z.int(),
    state: z.enum(CONVERSATION_STATES),
    /** Left while nobody was there: it is answered by mail. */
    isOffline: z.boolean(),
    isSpam: z.boolean(),
    isBlocked: z.boolean(),
    visitor: z.object({
      /** Of the visitor's profile, where consent allows one. */
      visitorId: z.string().nullable(),
      /** Of somebody who proved who they are. */
      customerId: z.string().nullable(),
      name: z.string().nullable(),
      /** As it was typed: nobody has verified it. */
      email: z.string().nullable(),
      language: z.string().nullable(),
      /** ISO 3166. */
      country: z.string().nullable(),
      /** Where they were when they wrote last; of who has no profile, when they began. */
      pageUrl: z.string().nullable(),
      pageTitle: z.string().nullable(),
      fields: z.record(z.string(), z.union([z.string(), z.boolean()])),
    }),
    operator: PersonSchema.nullable(),
    /** That it began with; it talks as long as `state` says so. */
    bot: PersonSchema.nullable(),
    /** Why they got it. */
    reason: AssignmentReasonSchema.nullable(),
    colleagues: z.array(PersonSchema),
    tags: z.array(z.string()),
    leadState: z.enum(LEAD_STATES),
    potential: z.enum(POTENTIALS),
    /** Calendar date. */
    followUpOn: z.string().nullable(),
    rating: z.int().nullable(),
    ratingComment: z.string().nullable(),
    lastNumber: z.int(),
    /** Numbers of the team's counting. */
    readByTeam: z.int(),
    readByVisitor: z.int(),
    /** Messages of the visitor that nobody of the team has read. */
    unread: z.int(),
    lastText: z.string().nullable(),
    lastAuthor: z.string().nullable(),
    lastAt: z.int(),
    beganAt: z.int(),
    firstAnsweredAt: z.int().nullable(),
    closedAt: z.int().nullable(),
  })
  .meta({ id: 'Conversation' })
export type Conversation = Readonly<z.output<typeof ConversationSchema>>

export const ConversationLogSchema = z.object({
  messages: z.array(MessageSchema),
  hasMore: z.boolean(),
  conversation: ConversationSchema,
})
export type ConversationLog = Readonly<z.output<typeof ConversationLogSchema>>

/** Tags in use, those used most first. */
export const UsedTagsSchema = z.object({
  items: z.array(z.object({ tag: z.string(), conversations: z.int() })),
})
export type UsedTags = Readonly<z.output<typeof UsedTagsSchema>>

/** Lists as the inbox narrows them. */
export const CONVERSATION_VIEWS = [
  'running',
  'mine',
  'unassigned',
  'closed',
  'spam',
  'follow_up',
  'all',
] as const
export const conversationFilters = {
  view: z
    .enum(CONVERSATION_VIEWS)
    .default('running')
    .describe('Which; all but spam leave spam out'),
  channel: z.string().max(64).optional().describe('Of this channel'),
  operator: z.string().max(64).optional().describe('Answered by this member'),
  tag: z.string().max(40).optional().describe('With this tag'),
  visitor: z
    .string()
    .max(64)
    .optional()
    .describe('Of this visitor, by their id, and of the customer that they have proven to be'),
  search: z.string().max(100).optional().describe('In names, addresses and what was said'),
}

/** A change of a conversation; what is left out stays. */
export const ConversationChangeSchema = z.strictObject({
  state: z.enum(['closed', 'reopened']).exactOptional(),
  tags: TagsSchema.exactOptional(),
  leadState: z.enum(LEAD_STATES).exactOptional(),
  potential: z.enum(POTENTIALS).exactOptional(),
  followUpOn: z.iso.date().nullable().exactOptional(),
  isSpam: z.boolean().exactOptional(),
  /** Whoever holds it can begin and say nothing more. */
  isBlocked: z.boolean().exactOptional(),
})
export type ConversationChange = Readonly<z.output<typeof ConversationChangeSchema>>

/** Who is to answer: a colleague, another channel's team, or (neither) nobody in particular. */
export const AssignmentDraftSchema = z.strictObject({
  memberId: z.string().max(64).exactOptional(),
  channelId: z.string().max(64).exactOptional(),
})
export type AssignmentDraft = Readonly<z.output<typeof AssignmentDraftSchema>>

export const ColleagueDraftSchema = z.strictObject({ memberId: z.string().min(1).max(64) })
export const TranscriptDraftSchema = z.strictObject({ email: EmailSchema })
