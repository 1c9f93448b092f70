import type {
  NumberComparison,
  TextComparison,
  TimeComparison,
  ValueComparison,
} from '#protocol/comparison.ts'
import type { ItemFilter, PropertyFilter } from '#protocol/leaf.ts'
import type { Words } from '../words.ts'
import { formatAmount } from './money.ts'
import type { NumberSlot, Slot, Suggested, Unit, When } from './slots.ts'
import { filledSentence } from './sentence.ts'
import { valueWords } from './value-words.ts'

/** What audiences and lists are called, by their ids; one that is not among them is shown by its id. */
export interface TargetingNames {
  readonly audiences: ReadonlyMap<string, string>
  readonly lists: ReadonlyMap<string, string>
}

export const NO_NAMES: TargetingNames = { audiences: new Map(), lists: new Map() }

/** Of a long list so many are named. */
const MOST_NAMED = 4

/** What stands at a slot's place in the sentence; '' where nothing does. */
export function slotWords(slot: Slot, words: Words, names: TargetingNames): string {
  const { t } = words
  switch (slot.type) {
    case 'choice': {
      const text = slot.options[slot.value]
      return text === undefined ? slot.value : t(text)
    }
    case 'many':
      return words.anyOf(
        slot.value.map((it) => {
          const text = slot.options[it]
          return text === undefined ? it : t(text)
        }),
      )
    case 'number':
      return numberWords(slot.value, words, slot)
    case 'money': {
      const { currency, amount } = slot.value
      const format = (value: number) => formatAmount({ amount: value, currency }, words)
      return comparedWords(amount, words, slot.isClaim ? 'is' : 'num', format)
    }
    case 'plainNumber':
      return amountOf(slot.value, slot.unit, words)
    case 'text':
      return textWords(slot.value, words, slot.suggested)
    case 'value':
      return valueTestWords(slot.value, words, slot.suggested)
    case 'time':
      return timeWords(slot.value, words)
    case 'when':
      return whenWords(slot.value, words)
    case 'items':
      return words.list(slot.value.map((filter) => itemWords(filter, words)))
    case 'properties':
      return words.list(slot.value.map((filter) => propertyWords(filter, words)))
    case 'name':
      return valueWords(slot.value, words, slot.suggested)
    case 'names':
      return namedOf(slot.value, words)
    case 'reference':
      return valueWords(names[slot.to].get(slot.value) ?? slot.value, words)
    case 'wall':
      return wallWords(slot.value, words)
    case 'optional':
      if (slot.inner === undefined) return ''
      return `${t(slot.lead)} ${slotWords(slot.inner, words, names)}`
  }
}

function numberWords(
  test: NumberComparison,
  words: Words,
  { unit, isClaim }: Pick<NumberSlot, 'unit' | 'isClaim'>,
): string {
  const format = (value: number) => amountOf(value, unit, words)
  return comparedWords(test, words, isClaim ? 'is' : 'num', format)
}

function comparedWords(
  test: NumberComparison,
  { t, number }: Words,
  way: 'num' | 'is',
  format: (value: number) => string,
): string {
  if (test.op === 'isSet' || test.op === 'isNotSet') return t(`is.${test.op}`)
  const op = t(`${way}.${test.op}`)
  if (test.op !== 'between') return `${op} ${format(test.value)}`
  return `${op} ${number(test.from)} ${t('num.and')} ${format(test.to)}`
}

function amountOf(n: number, unit: Unit, { t }: Words): string {
  return t(`unit.${unit}`, { n })
}

/** What stands behind the number: “times”; '' where there is no number. */
export function unitWords(test: NumberComparison, unit: Unit, words: Words): string {
  if (test.op === 'isSet' || test.op === 'isNotSet') return ''
  const n = test.op === 'between' ? test.to : test.value
  return amountOf(n, unit, words).replace(words.number(n), '').trim()
}

function textWords(test: TextComparison, words: Words, suggested?: Suggested): string {
  const { t } = words
  if (test.op === 'isSet' || test.op === 'isNotSet') return t(`is.${test.op}`)
  if (test.op === 'oneOf') return `${t('text.equals')} ${namedOf(test.values, words, suggested)}`
  const value = test.op === 'glob' || test.op === 'regex' ? test.pattern : test.value
  return `${t(`text.${test.op}`)} ${valueWords(value, words, test.op === 'equals' ? suggested : undefined)}`
}

function valueTestWords(test: ValueComparison, words: Words, suggested?: Suggested): string {
  const { t } = words
  switch (test.op) {
    case 'isSet':
    case 'isNotSet':
      return t(`is.${test.op}`)
    case 'equals':
    case 'includes':
      return `${t(`text.${test.op}`)} ${valueWords(test.value, words, suggested)}`
    case 'oneOf':
      return `${t('text.equals')} ${namedOf(test.values, words, suggested)}`
    case 'contains':
    case 'starts':
    case 'ends':
    case 'glob':
    case 'regex':
      return textWords(test, words)
    case 'greater':
    case 'atLeast':
    case 'less':
    case 'atMost':
    case 'between':
      return comparedWords(test, words, 'is', words.number)
    case 'before':
    case 'after':
      return `${t(`value.${test.op}`)} ${words.exactly(test.at)}`
    case 'last':
      return t('value.is', { when: windowWords(test.window, words) })
  }
}

function timeWords(test: TimeComparison, words: Words): string {
  const { t } = words
  if (test.op === 'isSet' || test.op === 'isNotSet') return t(`is.${test.op}`)
  if (test.op === 'last') return t('time.was', { when: windowWords(test.window, words) })
  return `${t(`time.${test.op}`)} ${words.exactly(test.at)}`
}

function whenWords({ scope, within }: When, words: Words): string {
  const parts = [
    ...(scope === 'session' ? [words.t('when.session')] : []),
    ...(within === undefined ? [] : [windowWords(within, words)]),
  ]
  return parts.join(', ')
}

function windowWords({ last, unit }: NonNullable<When['within']>, { t }: Words): string {
  return t(`within.${unit}`, { n: last })
}

function itemWords(filter: ItemFilter, words: Words): string {
  const { t } = words
  if (filter.field === 'price') {
    const format = (amount: number) => formatAmount({ amount, currency: filter.currency }, words)
    return `${t('item.price')} ${comparedWords(filter.test, words, 'is', format)}`
  }
  if (filter.field === 'attribute') {
    const name = valueWords(filter.name, words)
    return t('filter.attribute', { name, test: valueTestWords(filter.test, words) })
  }
  return `${t(`item.${filter.field}`)} ${textWords(filter.test, words)}`
}

function propertyWords({ property, test }: PropertyFilter, words: Words): string {
  const places = { property: valueWords(property, words), test: valueTestWords(test, words) }
  return words.t('filter.property', places)
}

function namedOf(
  values: readonly (string | number | boolean)[],
  words: Words,
  suggested?: Suggested,
): string {
  const isLong = values.length > MOST_NAMED
  const shown = isLong ? values.slice(0, MOST_NAMED - 1) : values
  const named = shown.map((it) => valueWords(it, words, suggested))
  const others = words.t('target.others', { n: values.length - shown.length })
  return words.anyOf(isLong ? [...named, others] : named)
}

function wallWords(wall: string, words: Words): string {
  if (wall === '') return words.t('target.missing')
  const at = Date.parse(`${wall}Z`)
  if (Number.isNaN(at)) return wall
  const format = { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' } as const
  return new Intl.DateTimeFormat(words.locale, format).format(at)
}

/** The sentence of a leaf, its slots filled with words. */
export function leafWords(
  text: string,
  slots: Readonly<Record<string, Slot>>,
  words: Words,
  names: TargetingNames,
): string {
  return filledSentence(text, (place) => {
    const slot = slots[place]
    return slot === undefined ? '' : slotWords(slot, words, names)
  })
}
