import type { ChatRule } from '#protocol/chat-rules.ts'
import type { RuleWords } from './rule-words.ts'

export interface NamedBot {
  readonly id: string
  readonly name: string
}

/** What a rule does, in plain words: “Pages with ^/help, visitors from Colombia: open the chat after 10 s”. */
export function ruleSentence(
  rule: ChatRule,
  { bots, ...words }: RuleWords & { readonly bots: readonly NamedBot[] },
): string {
  const { r, anyOf, country } = words
  const { pagePattern, countries, chatbotId, botCondition, action } = rule
  const where = pagePattern === '' ? r('every_page') : r('pages', { pattern: pagePattern })
  const who =
    countries.length === 0 ? '' : r('visitors', { countries: anyOf(countries.map(country)) })
  const answers =
    chatbotId === null || action === 'hide'
      ? ''
      : r(`bot.${botCondition}`, { bot: botName(chatbotId, bots) ?? r('bot.unknown') })
  return `${where}${who}${doing(rule, words)}${answers}`
}

export function botName(id: string, bots: readonly NamedBot[]): string | undefined {
  return bots.find((bot) => bot.id === id)?.name
}

function doing({ action, afterSeconds, texts }: ChatRule, { r, language }: RuleWords): string {
  if (action === 'open') return r('say.open', { n: afterSeconds })
  if (action !== 'notify') return r(`say.${action}`)
  const text = texts[language] ?? Object.values(texts)[0]
  return text === undefined ? r('say.notify.none') : r('say.notify', { text })
}
