import { z } from 'zod'

/** How often a feed is fetched. */
export const FEED_SCHEDULES = ['hourly', 'six_hours', 'daily'] as const

/** `unchanged`: the same file as before, of which nothing was read again. */
export const FEED_RESULTS = ['imported', 'unchanged', 'failed'] as const

export const MAX_FEEDS = 5

/** A file of products at an address: Google Merchant XML (RSS or Atom) or CSV. */
export const FeedSchema = z.strictObject({
  url: z.string().trim().min(8).max(2_000),
  schedule: z.enum(FEED_SCHEDULES).default('daily'),
  /** Of `daily`: when, on the shop's clock. */
  at: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, { message: 'Write a time like 04:30' })
    .default('04:00'),
  /** Products that the feed told of before and tells of no more become hidden. */
  hidesMissing: z.boolean().default(false),
  isOn: z.boolean().default(true),
})
export type FeedDraft = z.infer<typeof FeedSchema>

export const FeedFetchSchema = z.strictObject({
  /** The feed has really shrunk by more than half: what is missing may be hidden. */
  acceptsShrinking: z.boolean().default(false),
})

export const FeedAnswerSchema = z
  .object({
    id: z.string(),
    url: z.string(),
    schedule: z.enum(FEED_SCHEDULES),
    at: z.string(),
    hidesMissing: z.boolean(),
    isOn: z.boolean(),
    isRunning: z.boolean(),
    /** Null: it is off. */
    nextRunAt: z.int().nullable(),
    lastRunAt: z.int().nullable(),
    lastResult: z.enum(FEED_RESULTS).nullable(),
    /** Why the last run failed, in a sentence. */
    lastError: z.string().nullable(),
    /** The newest import that it began, with its progress and the lines left out: see “product-imports”. */
    importId: z.string().nullable(),
    /** Products that it told of when it was last read. */
    products: z.int(),
    /** Products that the last reading has hidden. */
    hidden: z.int(),
    /** It had less than half as many products as before: nothing was hidden. */
    hasShrunk: z.boolean(),
    createdAt: z.int(),
  })
  .meta({ id: 'Feed' })
export type Feed = Readonly<z.output<typeof FeedAnswerSchema>>
