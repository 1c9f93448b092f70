import type { Known } from '#protocol/experiences.ts'
import type { LocalText } from '#protocol/popup.ts'
import { baseOf, messagesIn, type MessageKey } from './messages.ts'

export interface Money {
  /** Minor units. */
  readonly amount: number
  readonly currency: string
}

/** Texts, numbers and money, in one language. */
export interface Words {
  readonly language: string
  readonly direction: 'ltr' | 'rtl'
  /** A word of the widget's own. */
  readonly t: (key: MessageKey) => string
  /** A text of the shop's, in which `{{name|otherwise}}` stands for what is known; `left` for what a cart lacks. */
  readonly text: (text: LocalText, left?: Money) => string
  readonly money: (money: Money) => string
  /** The name of so many `unit`s: “hours”. */
  readonly unit: (value: number, unit: string) => string
}

const VARIABLE = /\{\{\s*(\w+)\s*(?:\|([^{}]*))?\}\}/g
const RIGHT_TO_LEFT = /^(ar|ckb|dv|fa|he|ps|sd|ug|ur|yi)\b|-(Arab|Hebr)\b/i
/** ISO 4217's exceptions from two decimals, in which the server counts; `Intl` goes by what shops show. */
const WHOLE = /^(BIF|CLP|DJF|GNF|ISK|JPY|KMF|KRW|PYG|RWF|UGX|UYI|VND|VUV|X[AOP]F)$/
const THOUSANDTHS = /^(BHD|IQD|JOD|KWD|LYD|OMR|TND)$/

/** `texts` tell the language of the whole: their first in several languages chooses the best of `languages` that it has. */
export function createWords(
  languages: readonly string[],
  texts: readonly (LocalText | undefined)[],
  known: Known | undefined,
): Words {
  const chosen = texts.map((text) => keyIn(text, languages)).find((key) => key !== undefined)
  const preferred = chosen === undefined ? languages : [chosen, ...languages]
  const spoken = preferred.filter(isLanguage)
  const [language = 'en'] = spoken
  // what a price looks like depends on the country, too: `es-CO` of `es`
  const regional =
    spoken.find((tag) => baseOf(tag) === baseOf(language) && /-[a-z]{2}$/i.test(tag)) ?? language
  const messages = messagesIn(preferred)

  function money({ amount, currency }: Money): string {
    const digits = WHOLE.test(currency) ? 0 : THOUSANDTHS.test(currency) ? 3 : 2
    const value = amount / 10 ** digits
    return new Intl.NumberFormat(regional, {
      style: 'currency',
      currency,
      minimumFractionDigits: value % 1 ? digits : 0,
      maximumFractionDigits: digits,
    }).format(value)
  }

  function valueOf(name: string, left: Money | undefined): string | undefined {
    const { firstName, cart } = known ?? {}
    if (name === 'firstName') return firstName
    if (name === 'cartQuantity') return cart?.quantity.toLocaleString(language)
    const amount = name === 'left' ? left : name === 'cartTotal' ? cart?.total : undefined
    return amount && money(amount)
  }

  return {
    language,
    direction: RIGHT_TO_LEFT.test(language) ? 'rtl' : 'ltr',
    t: (key) => messages[key],
    text: (text, left) =>
      inLanguage(text, preferred).replace(
        VARIABLE,
        (_, name: string, otherwise = '') => valueOf(name, left) ?? String(otherwise).trim(),
      ),
    money,
    unit: (value, unit) =>
      new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' })
        .formatToParts(value)
        .find(({ type }) => type === 'unit')?.value ?? '',
  }
}

function inLanguage(text: LocalText, languages: readonly string[]): string {
  if (typeof text === 'string') return text
  const [first = ''] = Object.values(text)
  return text[keyIn(text, languages) ?? ''] ?? first
}

/** The key of `text` that fits best: the very language, then one of the same base, then the first. */
function keyIn(text: LocalText | undefined, languages: readonly string[]): string | undefined {
  if (text === undefined || typeof text === 'string') return undefined
  const keys = Object.keys(text)
  for (const wanted of languages) {
    const found =
      keys.find((key) => key.toLowerCase() === wanted.toLowerCase()) ??
      keys.find((key) => baseOf(key) === baseOf(wanted))
    if (found !== undefined) return found
  }
  return keys[0]
}

/** Pages write all kinds of things into `lang`, and `Intl` throws at what is no language. */
function isLanguage(tag: string): boolean {
  try {
    return !!Intl.getCanonicalLocales(tag)
  } catch {
    return false
  }
}
