import type { ChatRule } from '#protocol/chat-rules.ts'

type Rules = readonly ChatRule[]

/** As the server has them, which this page does not load: it comes with the schemas. */
export const MAX_RULES = 100
export const MAX_PATTERN_CHARS = 200
export const MAX_TEXT_CHARS = 300
export const MAX_AFTER_SECONDS = 3_600

export const NEW_RULE: ChatRule = {
  action: 'show',
  pagePattern: '',
  countries: [],
  chatbotId: null,
  botCondition: 'always',
  afterSeconds: 10,
  texts: {},
}

export function moved(rules: Rules, from: number, to: number): Rules {
  const rule = rules[from]
  if (rule === undefined) return rules
  return inserted(without(rules, from), to, rule)
}

export function without(rules: Rules, at: number): Rules {
  return rules.filter((_, place) => place !== at)
}

export function inserted(rules: Rules, at: number, rule: ChatRule): Rules {
  return [...rules.slice(0, at), rule, ...rules.slice(at)]
}

export function replaced(rules: Rules, at: number, rule: ChatRule): Rules {
  return rules.map((one, place) => (place === at ? rule : one))
}

/** The place of an earlier rule that fits whatever this one fits; undefined: none surely does. */
export function shadowOf(rules: Rules, at: number): number | undefined {
  const rule = rules[at]
  if (rule === undefined) return undefined
  const place = rules.slice(0, at).findIndex((earlier) => covers(earlier, rule))
  return place < 0 ? undefined : place
}

/** Of two patterns nothing is known but that they are the same, or that one is empty. */
function covers(earlier: ChatRule, rule: ChatRule): boolean {
  const isAnyPage = earlier.pagePattern === '' || earlier.pagePattern === rule.pagePattern
  return isAnyPage && coversBot(earlier, rule) && coversCountries(earlier, rule)
}

/** Those that name countries go before those that name none, wherever they stand. */
function coversCountries({ countries }: ChatRule, rule: ChatRule): boolean {
  if (countries.length === 0) return rule.countries.length === 0
  return rule.countries.length > 0 && rule.countries.every((one) => countries.includes(one))
}

function coversBot({ action, chatbotId, botCondition }: ChatRule, rule: ChatRule): boolean {
  if (action === 'hide' || chatbotId === null || botCondition === 'always') return true
  const isPassedOverAlike = rule.action !== 'hide' && rule.chatbotId !== null
  return isPassedOverAlike && rule.botCondition === botCondition
}
