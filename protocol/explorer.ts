import { z } from 'zod'
import { DROP_REASONS, EVENT_TYPES, MAX_KEY_CHARS, MAX_NAME_CHARS } from './names.ts'
import { StoredEventSchema } from './visitors.ts'

const at = (what: string) => z.coerce.number().int().min(0).max(8.64e15).optional().describe(what)

/** What a list of events can be narrowed by. */
export const EventSoughtSchema = z.object({
  visitorId: z
    .string()
    .regex(/^[\w-]{22,23}$/)
    .optional()
    .describe('Only events of this visitor'),
  name: z.string().max(MAX_NAME_CHARS).optional().describe('Only of this name'),
  type: z.enum(EVENT_TYPES).optional().describe('Only of this type'),
  page: z.string().max(200).optional().describe('A part of the page’s address'),
  property: z
    .string()
    .max(MAX_KEY_CHARS)
    .regex(/^[^"\\$]+$/, 'A property’s name, without quotes')
    .optional()
    .describe('Only events that tell this property'),
  value: z.string().max(200).optional().describe('What the property is, written as text'),
  from: at('Arrived not before, epoch ms'),
  to: at('Arrived before, epoch ms'),
})
export type EventSought = z.output<typeof EventSoughtSchema>

export const EventPageSchema = z.object({
  items: z.array(StoredEventSchema),
  nextCursor: z.string().nullable(),
  /** How many places were looked at: a page may have fewer events than asked for, and yet a next one. */
  lookedAt: z.int(),
})
export type EventPage = Readonly<z.output<typeof EventPageSchema>>

/** How often what arrived in the last days. */
export const EventNamesSchema = z.object({
  items: z.array(
    z.object({
      /** Of page views without a name: null. */
      name: z.string().nullable(),
      type: z.enum(EVENT_TYPES),
      count: z.int(),
      /** The last of these days (UTC) on which one arrived, days since the epoch. */
      lastDay: z.int(),
      /** From the first of the days to today. */
      days: z.array(z.int()),
    }),
  ),
  /** The first of the days, UTC, days since the epoch. */
  firstDay: z.int(),
  /** Names that came when a day had too many of them are counted together. */
  hasMore: z.boolean(),
  nextCursor: z.null(),
})
export type EventNames = Readonly<z.output<typeof EventNamesSchema>>

export const EventPropertiesSchema = z.object({
  /** So many of the newest were looked at. */
  lookedAt: z.int(),
  items: z.array(
    z.object({
      name: z.string(),
      /** In how many of them it was told. */
      count: z.int(),
      /** JSON types that were seen. */
      types: z.array(z.string()),
      /** At most five, as text. */
      examples: z.array(z.string()),
    }),
  ),
})
export type EventProperties = Readonly<z.output<typeof EventPropertiesSchema>>

/** What was left out, or stored with a remark, by reason. */
export const IngestionWarningsSchema = z.object({
  items: z.array(
    z.object({
      reason: z.enum(DROP_REASONS),
      count: z.int(),
      lastAt: z.int(),
      /** What the last one of it said, without anybody's data. */
      lastDetail: z.string().nullable(),
      days: z.array(z.int()),
    }),
  ),
  firstDay: z.int(),
  /** Stored on each day. */
  stored: z.array(z.int()),
  nextCursor: z.null(),
})
export type IngestionWarnings = Readonly<z.output<typeof IngestionWarningsSchema>>
