import { useMemo } from 'preact/hooks'
import { useWords, type Words } from '../words.ts'
import { ruleTextsEn } from './rule-words-en.ts'
import { ruleTextsEs } from './rule-words-es.ts'

type RuleTextKey = keyof typeof ruleTextsEn

export interface RuleWords extends Words {
  /** Of the page of rules alone. */
  readonly r: (key: RuleTextKey, places?: Readonly<Record<string, string | number>>) => string
  readonly country: (code: string) => string
}

/** They come with the page: the console's first load has no room for what few look at. */
export function useRuleWords(): RuleWords {
  const words = useWords()
  return useMemo(() => ruleWordsOf(words), [words])
}

export function ruleWordsOf(words: Words): RuleWords {
  const texts = words.language === 'es' ? ruleTextsEs : ruleTextsEn
  const regions = new Intl.DisplayNames([words.language], { type: 'region' })
  return {
    ...words,
    r: (key, places = {}) =>
      texts[key].replace(/\{(\w+)\}/g, (place, name: string) => String(places[name] ?? place)),
    country: (code) => regions.of(code) ?? code,
  }
}
