import { z } from 'zod'
import { LanguageSchema } from './account.ts'

/** Of the characters of a pattern as many as any other of the shop's patterns has (`COMPARISON_LIMITS`). */
const RULE_LIMITS = { rules: 100, patternChars: 200, afterSeconds: 3_600 } as const

/** `notify` shows the launcher with a floating text beside it, `open` opens the window by itself. */
export const RULE_ACTIONS = ['show', 'notify', 'open', 'hide'] as const
export type RuleAction = (typeof RULE_ACTIONS)[number]

/** When the rule's bot may run; where it may not, the rule is passed over. */
export const BOT_CONDITIONS = ['always', 'nobody_available', 'somebody_available'] as const
export type BotCondition = (typeof BOT_CONDITIONS)[number]

const CountrySchema = z.string().regex(/^[A-Z]{2}$/, 'A country code like CO')
/** By language. */
const RuleTextsSchema = z.record(LanguageSchema, z.string().trim().min(1).max(300))

/** One of a channel's ordered list: the first that matches says what its launcher does on a page. */
export const ChatRuleSchema = z.strictObject({
  action: z.enum(RULE_ACTIONS),
  /** RE2, on the page's path and query; unanchored, case-sensitive. Empty: every page. */
  pagePattern: z.string().max(RULE_LIMITS.patternChars).default(''),
  /** ISO 3166-1 alpha-2; none: every country, and the unknown one. */
  countries: z.array(CountrySchema).max(250).default([]),
  /** Null: no bot. */
  chatbotId: z.string().max(64).nullable().default(null),
  botCondition: z.enum(BOT_CONDITIONS).default('always'),
  /** Of `open` alone: seconds on the page. */
  afterSeconds: z.int().min(0).max(RULE_LIMITS.afterSeconds).default(10),
  /** Of `notify` alone, by language. */
  texts: RuleTextsSchema.default({}),
})
export type ChatRule = Readonly<z.output<typeof ChatRuleSchema>>

const RulesSchema = z.array(ChatRuleSchema).max(RULE_LIMITS.rules)

/** Where no rule matches; null: hidden if any rule names countries, else shown. */
const OtherwiseSchema = z.boolean().nullable()

/** Always the whole list, in order. */
export const ChannelRulesDraftSchema = z.strictObject({
  rules: RulesSchema,
  /** The channel's option of this name; left out it stays. */
  isLauncherShown: OtherwiseSchema.exactOptional(),
})
export type ChannelRulesDraft = Readonly<z.output<typeof ChannelRulesDraftSchema>>

export const ChannelRulesSchema = z
  .object({
    rules: z.array(ChatRuleSchema),
    isLauncherShown: OtherwiseSchema,
    /** Of the channel, whose next version each change of them is. */
    version: z.int(),
    /** The server can tell the country of an address. */
    knowsCountries: z.boolean(),
  })
  .meta({ id: 'ChannelRules' })
export type ChannelRules = Readonly<z.output<typeof ChannelRulesSchema>>

/** Somebody who comes to a page. */
export const RulesTrialSchema = z.strictObject({
  /** Absolute, or a path with its query. */
  url: z.string().min(1).max(8_192),
  /** Null: unknown. */
  country: CountrySchema.nullable().default(null),
  /** Epoch ms; null: now. */
  at: z.int().min(0).max(8_640_000_000_000_000).nullable().default(null),
  /** What is being written, unsaved; left out: those that hold. */
  rules: RulesSchema.exactOptional(),
  isLauncherShown: OtherwiseSchema.exactOptional(),
})
export type RulesTrial = Readonly<z.output<typeof RulesTrialSchema>>

/**
 * Why a rule is not the one that holds. `other_country`: it names others; `unknown_country`: it names some, and the visitor's
 * is unknown; `country_first`: one that names the visitor's country goes first; `page`: its pattern is nowhere in the address;
 * `bot`: its chatbot may not run now; `bot_gone`: it is archived; `earlier`: one before it holds.
 */
export const RULE_MISSES = [
  'other_country',
  'unknown_country',
  'country_first',
  'page',
  'bot',
  'bot_gone',
  'earlier',
] as const
export type RuleMiss = (typeof RULE_MISSES)[number]

export const RulesVerdictSchema = z
  .object({
    /** From 0; null: none matches. */
    matched: z.int().nullable(),
    /** One a rule, in their order; null: the one that holds. */
    misses: z.array(z.enum(RULE_MISSES).nullable()),
    action: z.enum(RULE_ACTIONS),
    chatbotId: z.string().nullable(),
    /** What the patterns were tried on. */
    path: z.string(),
    isSomebodyAvailable: z.boolean(),
    /** What the page draws: also by whether anybody can answer, and what the channel does where nobody can. */
    isLauncherShown: z.boolean(),
    opensItself: z.boolean(),
  })
  .meta({ id: 'ChatRulesVerdict' })
export type RulesVerdict = Readonly<z.output<typeof RulesVerdictSchema>>

/** What the page does beside drawing its launcher. */
export const PageRuleSchema = z.discriminatedUnion('action', [
  z.object({ action: z.literal('notify'), texts: RuleTextsSchema }),
  z.object({ action: z.literal('open'), afterSeconds: z.int() }),
])
export type PageRule = Readonly<z.output<typeof PageRuleSchema>>
