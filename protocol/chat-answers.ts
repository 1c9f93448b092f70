import { z } from 'zod'
import { BotAskSchema, MessageSchema, VisitorConversationSchema } from './chat.ts'
import { ChannelOptionsSchema, ChannelTextsSchema } from './chat-channels.ts'
import { PageRuleSchema } from './chat-rules.ts'

/** What pages are answered. */

const options = ChannelOptionsSchema.shape

/** In the answer to events, where the shop has chat on: whether to draw the launcher, and how. */
export const LauncherSchema = z.object({
  channelId: z.string(),
  isShown: z.boolean(),
  /** Somebody may answer soon. */
  isAnyoneThere: z.boolean(),
  /** That answers on this page, by its rule. */
  chatbotId: z.string().exactOptional(),
  /** What else the page's rule wants. */
  rule: PageRuleSchema.exactOptional(),
})
export type Launcher = Readonly<z.output<typeof LauncherSchema>>

/** A bot that talks here, and its welcome: nothing of it is kept until the visitor answers. */
const BotOpeningSchema = z.object({
  /** What answering it names. */
  script: z.object({ id: z.string(), version: z.int() }),
  /** As visitors are shown it, always with the mark of a bot. */
  name: z.string(),
  /** `id`: of the message that it becomes. */
  said: z.array(z.object({ id: z.string(), text: z.string(), ask: BotAskSchema.exactOptional() })),
})

export const LauncherAnswerSchema = z
  .object({
    ...LauncherSchema.shape,
    /** Of the language that fits best, and of the shop's first one where that has none. */
    texts: ChannelTextsSchema,
    /** BCP 47: of the texts; null: the shop has written none. */
    language: z.string().nullable(),
    accent: options.accent,
    headerColour: options.headerColour,
    position: options.position,
    offset: options.offset,
    zIndex: options.zIndex,
    hasAvatar: z.boolean(),
    whenNobody: options.whenNobody,
    preChat: z.object({
      isOn: z.boolean(),
      asksConsent: z.boolean(),
      fields: z.array(
        z.object({
          key: z.string(),
          type: z.string(),
          isRequired: z.boolean(),
          label: z.string(),
          choices: z.array(z.string()),
        }),
      ),
    }),
    /** Opens again; null: it is open, or nobody knows. */
    opensAt: z.int().nullable(),
    asksRating: z.boolean(),
    takesFiles: z.boolean(),
    shopName: z.string(),
    /** Who is there, by the names that visitors are shown; at most three. */
    operators: z.array(z.object({ id: z.string(), name: z.string() })),
    /** Missing: an operator answers. */
    bot: BotOpeningSchema.exactOptional(),
  })
  .meta({ id: 'ChatLauncher' })
export type LauncherAnswer = Readonly<z.output<typeof LauncherAnswerSchema>>

/** What was stored, under its number. */
export const PostedSchema = z.object({ message: MessageSchema })
export type Posted = Readonly<z.output<typeof PostedSchema>>

export const BegunSchema = z.object({
  conversation: VisitorConversationSchema,
  message: MessageSchema,
})
export type Begun = Readonly<z.output<typeof BegunSchema>>

export const UploadedSchema = z.object({ fileKey: z.string() })
