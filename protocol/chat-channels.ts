import { z } from 'zod'
import { EmailSchema, LanguageSchema } from './account.ts'
import { MAX_MESSAGE_CHARS } from './names.ts'

export const CHANNEL_LIMITS = {
  channels: 50,
  operators: 500,
  languages: 20,
  fields: 10,
  exceptions: 60,
  cannedReplies: 500,
} as const

/** What a shop may say in its own words; what it leaves out, the window says in its visitor's language. */
const textFields = {
  /** Beside or on the launcher. */
  launcher: z.string().trim().max(60),
  /** The window's heading. */
  title: z.string().trim().max(80),
  /** As if an operator had written it. */
  welcome: z.string().trim().max(1_000),
  placeholder: z.string().trim().max(120),
  /** Over the offline form. */
  offline: z.string().trim().max(1_000),
  /** Over the pre-chat form. */
  preChat: z.string().trim().max(1_000),
  /** Beside the box that the pre-chat form asks to tick. */
  consent: z.string().trim().max(1_000),
  queued: z.string().trim().max(300),
  joined: z.string().trim().max(300),
  left: z.string().trim().max(300),
  closed: z.string().trim().max(300),
  rating: z.string().trim().max(300),
} as const

export const ChannelTextsSchema = z.strictObject(textFields).partial()
export type ChannelTexts = Readonly<z.output<typeof ChannelTextsSchema>>

/** By language, each once. */
const TextsSchema = z
  .record(LanguageSchema, ChannelTextsSchema)
  .refine((texts) => Object.keys(texts).length <= CHANNEL_LIMITS.languages, {
    message: `At most ${CHANNEL_LIMITS.languages} languages`,
  })

const WallTime = z.string().regex(/^(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/, 'A time like 09:30')
const SpanSchema = z
  .strictObject({ from: WallTime, to: WallTime })
  .refine(({ from, to }) => from < to, { message: 'It ends before it begins' })
const SpansSchema = z.array(SpanSchema).max(6)
export const HOURS_DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const

/** When somebody answers. Days are those of the zone. */
export const BusinessHoursSchema = z.strictObject({
  /** IANA name. */
  timeZone: z.string().min(1).max(64),
  week: z.strictObject({
    mon: SpansSchema,
    tue: SpansSchema,
    wed: SpansSchema,
    thu: SpansSchema,
    fri: SpansSchema,
    sat: SpansSchema,
    sun: SpansSchema,
  }),
  /** Days that are not as their weekday: holidays have no span. */
  exceptions: z
    .array(z.strictObject({ on: z.iso.date(), spans: SpansSchema }))
    .max(CHANNEL_LIMITS.exceptions)
    .default([]),
})
export type BusinessHours = Readonly<z.output<typeof BusinessHoursSchema>>

const FieldKey = z.string().regex(/^[a-z][a-z\d_]{0,31}$/, 'Lower-case letters, digits and _')
const PRE_CHAT_FIELD_TYPES = ['text', 'email', 'phone', 'choice'] as const
export const PreChatFieldSchema = z.strictObject({
  key: FieldKey,
  type: z.enum(PRE_CHAT_FIELD_TYPES),
  isRequired: z.boolean().default(false),
  /** By language. */
  labels: z.record(LanguageSchema, z.string().trim().min(1).max(120)),
  /** Of a choice. */
  choices: z.array(z.string().trim().min(1).max(120)).max(20).default([]),
})
export type PreChatField = Readonly<z.output<typeof PreChatFieldSchema>>

const Colour = z.string().regex(/^#[\da-fA-F]{6}$/, 'A colour like #1a73e8')

export const ChannelOptionsSchema = z.strictObject({
  texts: TextsSchema.default({}),
  /** Of launcher and buttons; null: the shop's style sheet, or ours. */
  accent: Colour.nullable().default(null),
  headerColour: Colour.nullable().default(null),
  position: z.enum(['start', 'end']).default('end'),
  /** Pixels from the edges. */
  offset: z
    .strictObject({ inline: z.int().min(0).max(400), block: z.int().min(0).max(400) })
    .default({ inline: 20, block: 20 }),
  zIndex: z.int().min(1).max(2_147_483_647).default(2_147_483_000),
  /** Null: always. */
  hours: BusinessHoursSchema.nullable().default(null),
  /** What the launcher does while nobody can answer. */
  whenNobody: z.enum(['form', 'hidden']).default('form'),
  /** Is told of each offline form; null: nobody by mail. */
  offlineEmail: EmailSchema.nullable().default(null),
  preChat: z
    .strictObject({
      isOn: z.boolean(),
      fields: z.array(PreChatFieldSchema).max(CHANNEL_LIMITS.fields),
      /** A box to tick, with the text `consent`. */
      asksConsent: z.boolean(),
    })
    .default({ isOn: false, fields: [], asksConsent: false }),
  /** At most so many at once, for each operator. */
  chatsPerOperator: z.int().min(1).max(50).default(5),
  /** Somebody else gets what was not answered for so long; null: never. */
  offerAgainSeconds: z.int().min(15).max(3_600).nullable().default(120),
  /** Who comes back to the console takes their seat again by themselves. */
  rejoins: z.boolean().default(true),
  asksRating: z.boolean().default(true),
  takesFiles: z.boolean().default(true),
  /** Where no rule matches; null: hidden if any rule names countries, else shown. */
  isLauncherShown: z.boolean().nullable().default(null),
})
export type ChannelOptions = Readonly<z.output<typeof ChannelOptionsSchema>>

const ChannelNameSchema = z.string().trim().min(1).max(80)

export const ChannelDraftSchema = z.strictObject({ name: ChannelNameSchema })
/** A change of a channel; what is left out stays. Options are always the whole of them. */
export const ChannelChangeSchema = z.strictObject({
  name: ChannelNameSchema.exactOptional(),
  options: ChannelOptionsSchema.exactOptional(),
  isArchived: z.boolean().exactOptional(),
})
export type ChannelChange = Readonly<z.output<typeof ChannelChangeSchema>>

/** Somebody whom a channel has for its operator. */
export const ChannelOperatorSchema = z
  .object({
    memberId: z.string(),
    name: z.string(),
    alias: z.string().nullable(),
    hasPhoto: z.boolean(),
    /** Has taken a seat, and gets chats. */
    isSeated: z.boolean(),
    presence: z.enum(['online', 'away', 'offline']),
    activeChats: z.int(),
  })
  .meta({ id: 'ChannelOperator' })
export type ChannelOperator = Readonly<z.output<typeof ChannelOperatorSchema>>

export const ChannelSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    options: ChannelOptionsSchema,
    isArchived: z.boolean(),
    /** The shop's pages use it. */
    isSelected: z.boolean(),
    hasAvatar: z.boolean(),
    /** Whoever asks may sit there, and does. */
    isOperator: z.boolean(),
    isSeated: z.boolean(),
    /** Those with a seat who are online. */
    operatorsOnline: z.int(),
    /** Of those, the first who came; at most five. */
    operatorsHere: z.array(
      z.object({ memberId: z.string(), name: z.string(), hasPhoto: z.boolean() }),
    ),
    operatorCount: z.int(),
    queuedCount: z.int(),
    assignedCount: z.int(),
    version: z.int(),
    createdAt: z.int(),
    updatedAt: z.int(),
  })
  .meta({ id: 'Channel' })
export type Channel = Readonly<z.output<typeof ChannelSchema>>

export const ChatSettingsSchema = z.strictObject({
  isOn: z.boolean(),
  /** Null: the one it has, or the one that is made. */
  channelId: z.string().max(64).nullable().default(null),
})
export type ChatSettingsDraft = Readonly<z.output<typeof ChatSettingsSchema>>
export const ChatSettingsAnswerSchema = z
  .object({ isOn: z.boolean(), channelId: z.string().nullable() })
  .meta({ id: 'ChatSettings' })
export type ChatSettings = Readonly<z.output<typeof ChatSettingsAnswerSchema>>

export const OperatorsDraftSchema = z.strictObject({
  memberIds: z.array(z.string().min(1).max(64)).min(1).max(100),
})

/** Somebody who is to be an operator as soon as they accept the invitation into the shop. */
export const ChannelInvitationDraftSchema = z.strictObject({
  invitationId: z.string().min(1).max(64),
})
export const ChannelInvitationSchema = z
  .object({ id: z.string(), email: z.string(), expiresAt: z.int() })
  .meta({ id: 'ChannelInvitation' })
export type ChannelInvitation = Readonly<z.output<typeof ChannelInvitationSchema>>

/** Typed as `/shortcut`; `{visitor.name}` and the like are filled in by the composer. */
export const CannedReplyDraftSchema = z.strictObject({
  shortcut: z.string().regex(/^[\p{L}\d][\p{L}\d_-]{0,31}$/u, 'Letters, digits, - and _'),
  text: z.string().trim().min(1).max(MAX_MESSAGE_CHARS),
  /** Null: of all channels. */
  channelId: z.string().max(64).nullable().default(null),
})
export type CannedReplyDraft = Readonly<z.output<typeof CannedReplyDraftSchema>>
export const CannedReplySchema = z
  .object({
    id: z.string(),
    shortcut: z.string(),
    text: z.string(),
    channelId: z.string().nullable(),
    updatedAt: z.int(),
  })
  .meta({ id: 'CannedReply' })
export type CannedReply = Readonly<z.output<typeof CannedReplySchema>>

/** What a member says of themselves. */
const SET_PRESENCES = ['online', 'away'] as const
export const PRESENCES = ['online', 'away', 'offline'] as const
export type Presence = (typeof PRESENCES)[number]
export const PresenceDraftSchema = z.strictObject({
  presence: z.enum(SET_PRESENCES),
  /** At most so many chats at once; null: as each channel says. */
  maxChats: z.int().min(1).max(50).nullable().exactOptional(),
})
export type PresenceDraft = Readonly<z.output<typeof PresenceDraftSchema>>
export const OwnPresenceSchema = z
  .object({
    /** What holds now: offline after 30 minutes without activity. */
    presence: z.enum(PRESENCES),
    maxChats: z.int().nullable(),
    channels: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        isSeated: z.boolean(),
        /** Half an hour without activity took the seat: it can be joined again. */
        wasIdle: z.boolean(),
      }),
    ),
  })
  .meta({ id: 'OwnPresence' })
export type OwnPresence = Readonly<z.output<typeof OwnPresenceSchema>>
