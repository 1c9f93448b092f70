import { z } from 'zod'
import { EmailSchema, LanguageSchema } from './account.ts'
import {
  ATTACHMENT_TYPES,
  LOG_PAGE,
  MAX_ID_CHARS,
  MAX_MESSAGE_CHARS,
  MAX_STRING_CHARS,
} from './names.ts'

/** What crosses the wire of a chat; docs/chat-protocol.md tells how. */

/** `bot`: a chatbot talks. `queued`: nobody answers yet. `assigned`: an operator does. All run; `closed` does not. */
export const CONVERSATION_STATES = ['bot', 'queued', 'assigned', 'closed'] as const

export const AUTHOR_KINDS = ['visitor', 'operator', 'bot', 'system'] as const
export type AuthorKind = (typeof AUTHOR_KINDS)[number]

/** What happened to a conversation, told in its log. */
export const NOTICES = [
  'joined',
  'left',
  'transferred',
  'closed',
  'reopened',
  'rated',
  /** From here on for the team alone. */
  'assigned',
  'unassigned',
  'tagged',
  'qualified',
  'follow_up',
  'blocked',
  'unblocked',
  'spam',
  'not_spam',
] as const
export type Notice = (typeof NOTICES)[number]

/** Why somebody got a conversation. */
const ASSIGNMENT_RULES = [
  /** Answered this visitor within the last seven days. */
  'previous_operator',
  'language',
  'country',
  'fewest_chats',
  /** By hand. */
  'taken',
  'transferred',
] as const

export const AssignmentReasonSchema = z.object({
  rule: z.enum(ASSIGNMENT_RULES),
  /** Those that were free and of the same group, themselves among them. */
  candidates: z.int().exactOptional(),
  /** Their chats, before this one. */
  activeChats: z.int().exactOptional(),
  language: z.string().exactOptional(),
  country: z.string().exactOptional(),
  /** It had waited too long for somebody else. */
  isOfferedAgain: z.literal(true).exactOptional(),
})
export type AssignmentReason = Readonly<z.output<typeof AssignmentReasonSchema>>

/** 128 random bits or a UUID, by the client: the server stores a message with it once. */
const ClientIdSchema = z.string().regex(/^[\w-]{16,64}$/, 'An id of 16 to 64 characters')
/** 256 random bits, by the browser; the server keeps its SHA-256. Opens the conversations begun with it. */
export const ChatTokenSchema = z.string().regex(/^[\w-]{43}$/, 'A token of 43 characters')
const ConversationIdSchema = z.string().min(1).max(MAX_ID_CHARS)
const ChannelIdSchema = z.string().min(1).max(MAX_ID_CHARS)
const Text = z.string().trim().min(1).max(MAX_MESSAGE_CHARS)
const WebAddress = z.url({ protocol: /^https?$/ }).max(2_000)
const FileKeySchema = z.string().regex(/^[\w-]{43}$/, 'The file’s key')

const productCard = {
  productId: z.string().min(1).max(MAX_ID_CHARS),
  name: z.string().min(1).max(200),
  url: WebAddress,
  imageUrl: WebAddress.exactOptional(),
  price: z
    .object({ amount: z.int().min(0), currency: z.string().regex(/^[A-Z]{3}$/) })
    .exactOptional(),
}
export const ProductCardSchema = z.object(productCard)
export type ProductCard = Readonly<z.output<typeof ProductCardSchema>>

/** A file as a conversation shows it. */
const AttachmentSchema = z
  .object({
    /** Ends `CHAT_ATTACHMENT_PATH`. */
    fileKey: FileKeySchema,
    name: z.string(),
    type: z.enum(ATTACHMENT_TYPES),
    bytes: z.int(),
    /** Of an image. */
    width: z.int().exactOptional(),
    height: z.int().exactOptional(),
  })
  .meta({ id: 'ChatAttachment' })
export type Attachment = Readonly<z.output<typeof AttachmentSchema>>

/** What a bot asks for, in the visitor's language. */
export const BotAskSchema = z
  .object({
    /** Of its script. */
    step: z.string(),
    kind: z.enum(['question', 'email', 'phone', 'line', 'lines']),
    /** Of a question: its buttons. */
    answers: z
      .array(z.object({ id: z.string(), text: z.string(), url: z.string().exactOptional() }))
      .exactOptional(),
  })
  .meta({ id: 'ChatBotAsk' })
export type BotAsk = Readonly<z.output<typeof BotAskSchema>>

const textFields = { kind: z.literal('text'), id: ClientIdSchema, text: Text }
const toBot = {
  /** The button of a bot's question that was pressed. Where something else is asked by now, it answers nothing. */
  chosen: z.object({ step: z.string().max(32), answer: z.string().max(32) }).exactOptional(),
  /** The bot is to begin its script anew. */
  restarts: z.literal(true).exactOptional(),
}
const fileFields = { kind: z.literal('attachment'), id: ClientIdSchema, fileKey: FileKeySchema }

/** What visitors may say. A file is sent first (`POST /v1/chat/attachments`), and then meant by its key. */
export const VisitorDraftSchema = z.discriminatedUnion('kind', [
  z.object({ ...textFields, ...toBot }),
  z.object(fileFields),
])
export type VisitorDraft = Readonly<z.output<typeof VisitorDraftSchema>>

/** What members may say; notes are for the team alone. */
export const MemberDraftSchema = z.discriminatedUnion('kind', [
  z.strictObject(textFields),
  z.strictObject(fileFields),
  z.strictObject({ kind: z.literal('note'), id: ClientIdSchema, text: Text }),
  z.strictObject({
    kind: z.literal('product'),
    id: ClientIdSchema,
    product: z.strictObject(productCard),
  }),
])
export type MemberDraft = Readonly<z.output<typeof MemberDraftSchema>>

const AuthorSchema = z.object({
  kind: z.enum(AUTHOR_KINDS),
  /** Of a member. */
  id: z.string().exactOptional(),
  /** What visitors are shown of a member; for the team, what the visitor is called. */
  name: z.string().exactOptional(),
})

/**
 * One entry of a conversation's log. Numbers begin at 1 and have no holes: a visitor's and the team's are two countings
 * of one log, for notes are for the team alone.
 */
export const MessageSchema = z
  .object({
    number: z.int(),
    /** As its sender made it; the server's own for what it says itself. */
    id: z.string(),
    author: AuthorSchema,
    at: z.int(),
    kind: z.enum(['text', 'attachment', 'product', 'note', 'notice', 'redaction']),
    text: z.string().exactOptional(),
    attachment: AttachmentSchema.exactOptional(),
    product: ProductCardSchema.exactOptional(),
    notice: z.enum(NOTICES).exactOptional(),
    /** Of a bot: what is to be answered, as long as nothing was said since. */
    ask: BotAskSchema.exactOptional(),
    /** What a notice tells beside: who was assigned, why; a rating; tags. */
    detail: z.record(z.string(), z.unknown()).exactOptional(),
    /** Of a redaction: the number of what is told no more. */
    of: z.int().exactOptional(),
    /** It was redacted since: nothing of it is left. */
    isRedacted: z.literal(true).exactOptional(),
  })
  .meta({ id: 'ChatMessage' })
export type Message = Readonly<z.output<typeof MessageSchema>>

/** What a conversation is, beside its log, for its visitor. Replaces what was known unless its `revision` is smaller. */
export const VisitorConversationSchema = z
  .object({
    id: z.string(),
    channelId: z.string(),
    revision: z.int(),
    state: z.enum(CONVERSATION_STATES),
    /** How many wait before, this one included; null: it does not wait, or nobody is there to wait for. */
    queuePosition: z.int().nullable(),
    /** Somebody may answer soon. */
    isAnyoneThere: z.boolean(),
    /** Who answers, by the name that visitors are shown. */
    operators: z.array(z.object({ id: z.string(), name: z.string() })),
    lastNumber: z.int(),
    /** Up to which of the visitor's numbers the team has read, and the visitor. */
    readByTeam: z.int(),
    readByVisitor: z.int(),
    /** What was said to the visitor since, whatever of it a page has asked for. */
    unread: z.int(),
    rating: z.int().nullable(),
    /** An address was left, so that an answer by mail is possible. */
    hasEmail: z.boolean(),
    beganAt: z.int(),
  })
  .meta({ id: 'VisitorConversation' })
export type VisitorConversation = Readonly<z.output<typeof VisitorConversationSchema>>

/** Entries after this number; below zero, the newest so many, as `slice` counts. */
export const AfterSchema = z.int().min(-LOG_PAGE)

/** Where in the log an answer ends, and what the conversation then is. */
export const LogAnswerSchema = z.object({
  messages: z.array(MessageSchema),
  /** There is more: ask again after the last number. */
  hasMore: z.boolean(),
  conversation: VisitorConversationSchema,
})
export type LogAnswer = Readonly<z.output<typeof LogAnswerSchema>>

const FieldsSchema = z
  .record(z.string().max(64), z.union([z.string().max(1_000), z.boolean()]))
  .refine((fields) => Object.keys(fields).length <= 20, { message: 'At most 20 fields' })

export const key = z.string().min(1).max(MAX_ID_CHARS)
/** The visitor of events, where consent allows one; proven by its own token. */
export const visitor = z
  .object({ id: z.string().max(MAX_ID_CHARS), token: ChatTokenSchema })
  .nullable()
  .default(null)
/** Whose conversation it is: in the body of every request. It opens by the token, or by who the visitor has proven to be. */
export const holding = {
  key,
  token: ChatTokenSchema,
  conversationId: ConversationIdSchema,
  visitor,
}

const page = z.object({
  url: z.string().max(MAX_STRING_CHARS),
  title: z.string().max(500).default(''),
})

/**
 * BCP 47, best first: as page and browser name them. Pages say `es_MX`, and browsers may know a dozen, so that what is no
 * language is left out.
 */
export const SpokenLanguagesSchema = z
  .array(z.string().max(100))
  .max(100)
  .default([])
  .transform((named) =>
    named
      .map((one) => one.replace(/_/g, '-'))
      .filter((one) => LanguageSchema.safeParse(one).success)
      .slice(0, 10),
  )

/** `POST /v1/chat/launcher`: what to draw and whether anybody is there. Stores nothing. */
export const LauncherRequestSchema = z.object({
  key,
  /** The shop's choice, unless said. */
  channelId: ChannelIdSchema.exactOptional(),
  languages: SpokenLanguagesSchema,
  /** Before consent the path alone. */
  url: z.string().max(MAX_STRING_CHARS).exactOptional(),
})
export type LauncherRequest = Readonly<z.output<typeof LauncherRequestSchema>>

/** `POST /v1/chat/conversations`. Sending it again, from any tab that has the token, means the same conversation. */
export const BeginSchema = z.object({
  key,
  token: ChatTokenSchema,
  channelId: ChannelIdSchema.exactOptional(),
  message: VisitorDraftSchema,
  visitor,
  languages: SpokenLanguagesSchema,
  page: page.exactOptional(),
  /** Of the pre-chat form, by the fields' keys. */
  fields: FieldsSchema.default({}),
  /** The bot whose welcome the visitor answers, as the launcher told of it. */
  bot: z.object({ id: z.string().max(MAX_ID_CHARS), version: z.int().min(1) }).exactOptional(),
})
export type Begin = Readonly<z.output<typeof BeginSchema>>

export const PostMessageSchema = z.object({ ...holding, message: VisitorDraftSchema })
export const ReadLogSchema = z.object({ ...holding, after: AfterSchema.default(0) })
export const RatingSchema = z.object({
  ...holding,
  rating: z.int().min(1).max(5),
  comment: z.string().trim().max(1_000).default(''),
})
export const EndingSchema = z.object(holding)
export const ContinuationSchema = z.object(holding)
export const TranscriptRequestSchema = z.object({ ...holding, email: EmailSchema })
/** `POST /v1/chat/attachments`: this as JSON, a line break, and the file's bytes. */
export const UploadSchema = z.object({ ...holding, name: z.string().trim().min(1).max(200) })

/** `POST /v1/chat/offline-forms`: nobody is there. Begins a conversation, or joins the running one of that token. */
export const OfflineFormSchema = z.object({
  ...BeginSchema.omit({ message: true, bot: true }).shape,
  id: ClientIdSchema,
  email: EmailSchema,
  name: z.string().trim().max(100).default(''),
  text: Text,
})
export type OfflineForm = Readonly<z.output<typeof OfflineFormSchema>>
