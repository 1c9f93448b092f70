import { describe, expect, it } from 'vitest'
import { inserted, moved, NEW_RULE, shadowOf, without } from '#console/chat/rule-list.ts'
import { ruleSentence } from '#console/chat/rule-sentence.ts'
import { ruleTextsEn } from '#console/chat/rule-words-en.ts'
import { ruleTextsEs } from '#console/chat/rule-words-es.ts'
import { ruleWordsOf } from '#console/chat/rule-words.ts'
import type { ChatRule } from '#protocol/chat-rules.ts'
import { wordsIn } from '../support/console-words.ts'

const rule = (given: Partial<ChatRule> = {}): ChatRule => ({ ...NEW_RULE, ...given })
const paths = (rules: readonly ChatRule[]) => rules.map(({ pagePattern }) => pagePattern)
const bots = [{ id: 'ana', name: 'Ana' }]

describe('a list of rules', () => {
  const abc = ['a', 'b', 'c'].map((pagePattern) => rule({ pagePattern }))

  it.each([
    { from: 0, to: 2, order: ['b', 'c', 'a'] },
    { from: 2, to: 0, order: ['c', 'a', 'b'] },
    { from: 1, to: 1, order: ['a', 'b', 'c'] },
    { from: 7, to: 0, order: ['a', 'b', 'c'] },
  ])('moves $from to $to', ({ from, to, order }) => {
    expect(paths(moved(abc, from, to))).toEqual(order)
  })

  it('has back what was removed, in its place', () => {
    expect(paths(inserted(without(abc, 1), 1, rule({ pagePattern: 'b' })))).toEqual(['a', 'b', 'c'])
  })

  it.each([
    { what: 'one for all pages', before: {}, one: { pagePattern: '^/a' }, by: 0 },
    {
      what: 'one of the same pages',
      before: { pagePattern: 'a' },
      one: { pagePattern: 'a' },
      by: 0,
    },
    { what: 'one of other pages', before: { pagePattern: 'b' }, one: { pagePattern: 'a' } },
    { what: 'one for all, and it names a country', before: {}, one: { countries: ['CO'] } },
    { what: 'its country', before: { countries: ['VN', 'CO'] }, one: { countries: ['CO'] }, by: 0 },
    {
      what: 'one of its countries',
      before: { countries: ['CO'] },
      one: { countries: ['CO', 'VN'] },
    },
    { what: 'a country, and it names none', before: { countries: ['CO'] }, one: {} },
    {
      what: 'one whose bot may be passed over',
      before: { chatbotId: 'ana', botCondition: 'nobody_available' },
      one: {},
    },
    {
      what: 'one whose bot is passed over whenever its own is',
      before: { chatbotId: 'ana', botCondition: 'nobody_available' },
      one: { chatbotId: 'leo', botCondition: 'nobody_available' },
      by: 0,
    },
    {
      what: 'one that hides, whatever its bot',
      before: { action: 'hide', chatbotId: 'ana', botCondition: 'nobody_available' },
      one: {},
      by: 0,
    },
  ] as const)('knows whether a rule never holds after $what', ({ before, one, ...rest }) => {
    const list = [rule(before as Partial<ChatRule>), rule(one as Partial<ChatRule>)]

    expect(shadowOf(list, 1)).toBe('by' in rest ? rest.by : undefined)
    expect(shadowOf(list, 0)).toBeUndefined()
  })
})

describe('a rule in words', () => {
  it.each([
    [{}, 'Every page: show the launcher'],
    [{ action: 'hide', pagePattern: '^/pay' }, 'Pages with ^/pay: hide the launcher'],
    [
      { action: 'notify', countries: ['CO', 'VN'], texts: { es: 'Hola', en: 'Hello' } },
      'Every page, visitors from Colombia or Vietnam: show the launcher with “Hello”',
    ],
    [
      { action: 'open', afterSeconds: 20, chatbotId: 'ana', botCondition: 'nobody_available' },
      'Every page: open the chat after 20 s; Ana answers, only if nobody is available',
    ],
    [{ action: 'hide', chatbotId: 'ana' }, 'Every page: hide the launcher'],
  ] as const)('%j', (given, said) => {
    const words = { ...ruleWordsOf(wordsIn(['en'])), bots }

    expect(ruleSentence(rule(given as Partial<ChatRule>), words)).toBe(said)
  })

  it('has the same places in both languages', () => {
    const placesOf = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(String).toSorted()
    const keys = Object.keys(ruleTextsEn) as (keyof typeof ruleTextsEn)[]

    for (const key of keys) expect(placesOf(ruleTextsEs[key])).toEqual(placesOf(ruleTextsEn[key]))
  })
})
