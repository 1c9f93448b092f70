import type { BotCondition, ChatRule, RuleAction, RuleMiss } from '#protocol/chat-rules.ts'

/** A rule as it is asked of pages. */
export interface ReadyRule extends Pick<
  ChatRule,
  'action' | 'countries' | 'afterSeconds' | 'texts'
> {
  readonly isOnPage: (path: string) => boolean
  readonly bot: RuleBot | undefined
}

interface RuleBot {
  readonly chatbotId: string
  readonly condition: BotCondition
  /** Archived, it runs nowhere. */
  readonly isGone: boolean
}

export interface RuleFacts {
  /** Path and query, without fragment; before consent the path alone. */
  readonly path: string
  /** ISO 3166-1 alpha-2, upper case; undefined: unknown. */
  readonly country: string | undefined
  /** An operator could answer now. */
  readonly isSomebodyAvailable: boolean
}

export interface RuleMatch {
  /** From 0, in the channel's list. */
  readonly place: number
  readonly rule: ReadyRule
}

/**
 * The rule that holds: where the visitor's country is known, the first that names it; else the first that names none. A rule
 * whose bot may not run is passed over, unless it hides: then the bot is beside the point.
 */
export function matchRules(rules: readonly ReadyRule[], facts: RuleFacts): RuleMatch | undefined {
  const { country } = facts
  const holding = (isFirst: boolean) =>
    rules.findIndex((rule) => namesCountries(rule) === isFirst && missOf(rule, facts) === undefined)
  const named = country === undefined ? -1 : holding(true)
  const place = named < 0 ? holding(false) : named
  const rule = rules[place]
  return rule && { place, rule }
}

/** One a rule, in the order of the list: why it is not the one that holds; null: it is. */
export function missesOf(
  rules: readonly ReadyRule[],
  facts: RuleFacts,
): readonly (RuleMiss | null)[] {
  const match = matchRules(rules, facts)
  return rules.map((rule, place) => {
    if (place === match?.place) return null
    const miss = missOf(rule, facts)
    // Whoever would not have matched anyway is told so: another order would not help.
    if (miss !== undefined || match === undefined) return miss ?? 'earlier'
    const isOvertaken = place < match.place && namesCountries(match.rule) && !namesCountries(rule)
    return isOvertaken ? 'country_first' : 'earlier'
  })
}

/** What the launcher does where no rule says: the channel's own choice, else hidden once any rule names countries. */
export function otherwise(
  rules: readonly Pick<ReadyRule, 'countries'>[],
  isLauncherShown: boolean | null | undefined,
): RuleAction {
  return (isLauncherShown ?? !rules.some(namesCountries)) ? 'show' : 'hide'
}

/** Whether the bot talks on any page of the channel with somebody from there. */
export function mayTalk(
  rules: readonly ReadyRule[],
  { chatbotId, country }: { readonly chatbotId: string } & Pick<RuleFacts, 'country'>,
): boolean {
  return rules.some(
    ({ action, bot, countries }) =>
      action !== 'hide' &&
      bot?.chatbotId === chatbotId &&
      !bot.isGone &&
      (countries.length === 0 || (country !== undefined && countries.includes(country))),
  )
}

function namesCountries({ countries }: Pick<ReadyRule, 'countries'>): boolean {
  return countries.length > 0
}

/** Of the rule by itself, whatever stands before it. */
function missOf(rule: ReadyRule, { path, country, isSomebodyAvailable }: RuleFacts) {
  if (namesCountries(rule)) {
    if (country === undefined) return 'unknown_country'
    if (!rule.countries.includes(country)) return 'other_country'
  }
  if (!rule.isOnPage(path)) return 'page'
  if (rule.action === 'hide' || rule.bot === undefined) return undefined
  if (rule.bot.isGone) return 'bot_gone'
  return mayRun(rule.bot.condition, isSomebodyAvailable) ? undefined : 'bot'
}

function mayRun(condition: BotCondition, isSomebodyAvailable: boolean): boolean {
  if (condition === 'always') return true
  return isSomebodyAvailable === (condition === 'somebody_available')
}
