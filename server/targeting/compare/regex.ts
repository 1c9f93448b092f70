import { RE2JS, RE2JSException } from 're2js'
import { COMPARISON_LIMITS } from '#protocol/comparison.ts'
import { Refusal } from '../../core/errors.ts'

/** Steps of the compiled pattern: `a{1000}` is ten characters and a thousand steps, each taken at every character. */
const MAX_STEPS = 200
/** States of the automaton that are kept between texts, some kilobytes each at worst. */
const MAX_STATES = 256

/**
 * Whether a text has a match of `pattern` anywhere in it, in time proportional to the text. Refuses what is not RE2's
 * syntax and what is too large.
 */
export function compileRegex(pattern: string): (text: string) => boolean {
  if (pattern.length > COMPARISON_LIMITS.regexChars || repeatsTooOften(pattern)) throw tooLarge()
  const engine = parsed(pattern)
  if (engine.programSize() > MAX_STEPS) throw tooLarge()
  const program = engine.re2()
  return (text) => {
    const holds = engine.test(text)
    // What it learns from texts it keeps, and a visitor chooses the texts.
    if (program.dfa.stateCount > MAX_STATES) program.dfa.clearCache()
    return holds
  }
}

/** Told before the engine writes each repetition out. */
function repeatsTooOften(pattern: string): boolean {
  return [...pattern.matchAll(/\{(\d*),?(\d*)\}/g)].some(
    ([, least, most]) => Math.max(Number(least), Number(most)) > MAX_STEPS,
  )
}

function parsed(pattern: string): RE2JS {
  try {
    return RE2JS.compile(pattern)
  } catch (error) {
    if (!(error instanceof RE2JSException)) throw error
    throw new Refusal('bad_request', `Not a regular expression of RE2's syntax: ${error.message}`)
  }
}

function tooLarge(): Refusal {
  const chars = COMPARISON_LIMITS.regexChars
  return new Refusal(
    'bad_request',
    `The regular expression is too large: at most ${chars} characters and ${MAX_STEPS} steps, repetitions counted out`,
  )
}
