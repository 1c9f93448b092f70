import { describe, expect, it } from 'vitest'
import { FAILURES, failureOf, failureText, type FailureCode } from '#protocol/failures.ts'
import { failureWords } from '#console/failures.ts'
import { wordsIn } from '../support/console-words.ts'

const codes = Object.keys(FAILURES) as FailureCode[]
const spanish = wordsIn(['es'])

describe('why something in the background failed', () => {
  it.each(codes)('is known again by its sentence: %s', (code) => {
    const names = [...FAILURES[code].matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)
    const places = Object.fromEntries(names.map((name, n) => [name, `a “${n}” {b} 4`]))

    expect(failureOf(failureText(code, places))).toEqual({ code, places })
  })

  it('is said in the reader’s language, with what was there', () => {
    expect(failureWords('It answered 503', spanish)).toBe('Respondió 503')
    expect(failureWords('It answered 410: it wants to be told no more', spanish)).toBe(
      'Respondió 410: no quiere que se le cuente más',
    )
    expect(failureWords('connect ECONNREFUSED 10.0.0.1:443', spanish)).toBe(
      'Nada responde en 10.0.0.1:443',
    )
  })

  it('stays as it is where another server has put it into words', () => {
    const said = '550 5.1.1 No such user here'

    expect(failureWords(said, spanish)).toBe(said)
  })
})
