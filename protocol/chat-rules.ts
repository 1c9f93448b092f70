import { z } from 'zod'
import { LanguageSchema } from './account.ts'

export const RULE_LIMITS = { rules: 100, patternChars: 500, afterSeconds: 3_600 } as const

/** `notify` shows the launcher with a floating text beside it, `open` opens the window by itself. */
export const RULE_ACTIONS = ['show', 'notify', 'open', 'hide'] as const
export type RuleAction = (typeof RULE_ACTIONS)[number]

/** When the rule's bot may run; where it may not, the rule is passed over. */
export const BOT_CONDITIONS = ['always', 'nobody_available', 'somebody_available'] as const
export type BotCondition = (typeof BOT_CONDITIONS)[number]

/** One of a channel's ordered list: the first that matches says what its launcher does on a page. */
export const ChatRuleSchema = z.strictObject({
  action: z.enum(RULE_ACTIONS),
  /** RE2, on the page's path and query; unanchored, case-sensitive. Empty: every page. */
  pagePattern: z.string().max(RULE_LIMITS.patternChars).default(''),
  /** ISO 3166-1 alpha-2; none: every country, and the unknown one. */
  countries: z
    .array(z.string().regex(/^[A-Z]{2}$/, 'A country code like CO'))
    .max(250)
    .default([]),
  /** Null: no bot. */
  chatbotId: z.string().max(64).nullable().default(null),
  botCondition: z.enum(BOT_CONDITIONS).default('always'),
  /** Of `open` alone: seconds on the page. */
  afterSeconds: z.int().min(0).max(RULE_LIMITS.afterSeconds).default(10),
  /** Of `notify` alone, by language. */
  texts: z.record(LanguageSchema, z.string().trim().min(1).max(300)).default({}),
})
export type ChatRule = Readonly<z.output<typeof ChatRuleSchema>>
