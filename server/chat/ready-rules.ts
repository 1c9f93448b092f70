import type { ChatRule } from '#protocol/chat-rules.ts'
import { Refusal } from '../core/errors.ts'
import { compileRegex } from '../targeting/service.ts'
import type { ReadyRule } from './match-rules.ts'
import type { RuleRow } from './rule-store.ts'

/** Refuses a pattern that is none, or too large, by the rule's place in the list, from 0. */
export function readyRules(
  rules: readonly ChatRule[],
  isGone: (chatbotId: string) => boolean,
): ReadyRule[] {
  return rules.map(({ pagePattern, chatbotId, botCondition, ...rule }, place) => ({
    action: rule.action,
    countries: rule.countries,
    afterSeconds: rule.afterSeconds,
    texts: rule.texts,
    isOnPage: compiled(pagePattern, place),
    bot:
      chatbotId === null
        ? undefined
        : { chatbotId, condition: botCondition, isGone: isGone(chatbotId) },
  }))
}

/** As they were stored. */
export function readyRows(rows: readonly RuleRow[]): ReadyRule[] {
  const gone = new Set(
    rows.flatMap((row) => (row.chatbotArchivedAt === null ? [] : [ruleOf(row).chatbotId])),
  )
  return readyRules(rows.map(ruleOf), (chatbotId) => gone.has(chatbotId))
}

export function ruleOf(row: RuleRow): ChatRule {
  const { action, pagePattern, countries, chatbotId, botCondition, afterSeconds, texts } = row
  return {
    action,
    pagePattern,
    countries: [...countries],
    chatbotId: chatbotId?.toString('base64url') ?? null,
    botCondition,
    afterSeconds,
    texts,
  }
}

/** Names the rule by its place, from 0. */
export function faultyRule(place: number, field: keyof ChatRule, why: string): Refusal {
  return new Refusal('bad_request', `rules.${place}.${field}: ${why}`)
}

type Matches = (path: string) => boolean

/** Pages ask every few milliseconds, and patterns change once a week. Each may keep a megabyte of what it learned. */
const MAX_KEPT = 500
const kept = new Map<string, Matches>()

function compiled(pattern: string, place: number): Matches {
  if (pattern === '') return () => true
  const known = kept.get(pattern)
  if (known !== undefined) return known
  try {
    const made = compileRegex(pattern)
    if (kept.size >= MAX_KEPT) kept.clear()
    kept.set(pattern, made)
    return made
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    throw faultyRule(place, 'pagePattern', error.message)
  }
}
