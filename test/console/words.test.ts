import { describe, expect, it } from 'vitest'
import { en } from '#console/messages/en.ts'
import { es } from '#console/messages/es.ts'
import { wordsIn } from '../support/console-words.ts'

const placesOf = (message: string | readonly string[]) =>
  [...String(message).matchAll(/\{\w+\}/g)].map(([place]) => place).toSorted()

describe('the words', () => {
  it.each([
    [['es-AR', 'en'], 'es'],
    [['fr', 'ES'], 'es'],
    [['de'], 'en'],
    [[], 'en'],
  ])('for %j are %s', (preferred, language) => {
    expect(wordsIn(preferred).language).toBe(language)
  })

  it('have the same places to fill in every language', () => {
    const keys = Object.keys(en) as (keyof typeof en)[]
    const differing = keys.filter((key) => String(placesOf(en[key])) !== String(placesOf(es[key])))

    expect(differing).toEqual([])
  })

  it('count in the right form and with the reader’s separators', () => {
    const words = wordsIn(['en'])

    expect(words.t('list.announce', { n: 1 })).toBe('1 new event')
    expect(words.t('list.announce', { n: 12_345 })).toBe('12,345 new events')
    expect(wordsIn(['es']).number(12_345)).toBe('12.345')
  })

  it.each([
    [0, 'now'],
    [9_000, 'now'],
    [-60_000, 'now'],
    [10_000, '10s ago'],
    [61_000, '1m ago'],
    [2 * 3_600_000, '2h ago'],
    [3 * 86_400_000, '3d ago'],
  ])('say of %i ms ago “%s”', (age, said) => {
    expect(wordsIn(['en']).ago(1e12 - age, 1e12)).toBe(said)
  })
})
