import type { Launcher } from '#protocol/chat-answers.ts'
import type { ChannelOptions } from '#protocol/chat-channels.ts'
import type { RuleAction } from '#protocol/chat-rules.ts'
import {
  matchRules,
  otherwise,
  type ReadyRule,
  type RuleFacts,
  type RuleMatch,
} from './match-rules.ts'

export interface RuledChannel {
  /** As it was stored: an older version's lacks what came since. */
  readonly options: Pick<ChannelOptions, 'whenNobody'> &
    Partial<Pick<ChannelOptions, 'isLauncherShown'>>
  readonly rules: readonly ReadyRule[]
}

export interface PageState extends Pick<Launcher, 'isShown' | 'rule' | 'chatbotId'> {
  readonly match: RuleMatch | undefined
  readonly action: RuleAction
}

/** What a channel does on a page: what its rule wants, as far as somebody or a bot can answer there. */
export function pageState({ options, rules }: RuledChannel, facts: RuleFacts): PageState {
  const match = matchRules(rules, facts)
  const action = match?.rule.action ?? otherwise(rules, options.isLauncherShown)
  const chatbotId = action === 'hide' ? undefined : match?.rule.bot?.chatbotId
  const canAnswer = facts.isSomebodyAvailable || chatbotId !== undefined
  const isShown = action !== 'hide' && (canAnswer || options.whenNobody === 'form')
  const rule = isShown ? pageRule(match, canAnswer) : undefined
  return {
    match,
    action,
    isShown,
    ...(chatbotId !== undefined && { chatbotId }),
    ...(rule !== undefined && { rule }),
  }
}

function pageRule(match: RuleMatch | undefined, canAnswer: boolean): Launcher['rule'] {
  if (match === undefined) return undefined
  const { action, texts, afterSeconds } = match.rule
  if (action === 'notify' && Object.keys(texts).length > 0) return { action, texts }
  // A window that opens by itself and has nobody behind it would be an insult.
  return action === 'open' && canAnswer ? { action, afterSeconds } : undefined
}

/** Path and query of an address, for patterns; what is none is the start page. `isWhole`: consent allows the query. */
export function pathOf(url: string, isWhole = true): string {
  const base = 'https://page.invalid'
  if (!URL.canParse(url, base)) return '/'
  const { pathname, search } = new URL(url, base)
  return (isWhole ? pathname + search : pathname).slice(0, MAX_PATH_CHARS)
}

/** As much as any text of an event may have. */
const MAX_PATH_CHARS = 8_192
