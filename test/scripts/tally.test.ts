import { describe, expect, it } from 'vitest'
import { lastLine, tally } from '../../scripts/testing/tally.mjs'

const file = (status: string, ...tests: string[]) => ({
  status,
  assertionResults: tests.map((it) => ({ status: it })),
})

describe('the count of tests', () => {
  it.each([
    {
      what: 'passed, failed and skipped ones',
      files: [
        file('failed', 'passed', 'failed', 'skipped', 'pending', 'todo'),
        file('passed', 'passed'),
      ],
      exitCode: 1,
      line: '2 passed, 1 failed, 3 skipped',
    },
    {
      what: 'a file that could not be loaded as a failure',
      files: [file('passed', 'passed'), file('failed')],
      exitCode: 1,
      line: '1 passed, 1 failed, 0 skipped',
    },
    {
      what: 'a failing hook as a failure',
      files: [file('failed', 'skipped', 'passed')],
      exitCode: 1,
      line: '1 passed, 1 failed, 1 skipped',
    },
    {
      what: 'an error outside of tests as a failure',
      files: [file('passed', 'passed')],
      exitCode: 1,
      line: '1 passed, 1 failed, 0 skipped',
    },
    {
      what: 'no test at all as a failure',
      files: [],
      exitCode: 0,
      line: '0 passed, 1 failed, 0 skipped',
    },
    {
      what: 'nothing but skipped ones as a failure',
      files: [file('passed', 'skipped')],
      exitCode: 0,
      line: '0 passed, 1 failed, 1 skipped',
    },
  ])('has $what', ({ files, exitCode, line }) => {
    expect(lastLine(tally({ testResults: files }, exitCode))).toBe(line)
  })

  it('has a run that crashed as a failure', () => {
    expect(lastLine(tally(undefined, 0))).toBe('0 passed, 1 failed, 0 skipped')
  })
})
