import type { Choice } from '../ui/pick-field-model.ts'

/** Those that most shops' members speak; the server takes any BCP 47 tag. */
const TAGS = (
  'ar bg bn ca cs da de el en es et eu fa fi fr gl gn he hi hr ht hu id it ja ko lt lv ms nb ' +
  'nl pl pt pt-BR qu ro ru sk sl sq sr sv sw ta th tr uk ur vi zh-Hans zh-Hant'
).split(' ')

/** What a language is called in another: “Spanish”, “Portuguese (Brazil)”. */
export function languageName(tag: string, language: string): string {
  const name = new Intl.DisplayNames(language, { type: 'language' }).of(tag) ?? tag
  return name.slice(0, 1).toLocaleUpperCase(language) + name.slice(1)
}

/** By name; found by their own name too. */
export function languageChoices(language: string, except: readonly string[]): readonly Choice[] {
  return TAGS.filter((tag) => !except.includes(tag))
    .map((tag) => {
      const own = languageName(tag, tag)
      const label = languageName(tag, language)
      return { value: tag, label, note: own === label ? '' : own, keywords: `${tag} ${own}` }
    })
    .toSorted((one, other) => one.label.localeCompare(other.label, language))
}
